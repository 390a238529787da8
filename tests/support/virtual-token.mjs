// Exports a virtual token over USB/IP, so that a machine with a USB/IP client can plug it into its own Chrome:
//   node tests/support/virtual-token.mjs canokey|pico|nitrokey [port]
// It listens on loopback only, for USB/IP has no authentication. Vite reads the TypeScript, which Node 20 does not.
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const [kind = "", port] = process.argv.slice(2);

const vite = await createServer({
  root: ROOT,
  configFile: false,
  logLevel: "error",
  appType: "custom",
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, watch: null },
});
const { exportVirtualToken, TOKEN_KINDS } = await vite.ssrLoadModule("/tests/support/virtual-token.ts");

if (!TOKEN_KINDS.includes(kind)) {
  console.error(`Say which token: ${TOKEN_KINDS.join(", ")}.`);
  await vite.close();
  process.exit(1);
}

const { server, actions } = await exportVirtualToken(kind, port === undefined ? undefined : Number(port));
console.log(
  `${kind} is exported at 127.0.0.1:${server.port} as ${server.busId}. Plug it in with a USB/IP client:`,
);
console.log(`  Linux, as root:  modprobe vhci-hcd && usbip attach -r 127.0.0.1 -b ${server.busId}`);
console.log(`  Windows:         usbip attach -r 127.0.0.1 -b ${server.busId}   (usbip-win2)`);
console.log(`Type ${Object.keys(actions).join(" or ")} and Enter. Ctrl+C ends it.`);

createInterface({ input: process.stdin }).on("line", (line) => actions[line.trim()]?.());

async function end() {
  await server.close();
  await vite.close();
  process.exit(0);
}
process.once("SIGINT", () => void end());
process.once("SIGTERM", () => void end());
