// The benchmark: `npm run bench`, options after `--` (`-- --help` lists them). Builds the scenario twice from the same
// sources, for a page and for Node, and runs it in both.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const BENCH = fileURLToPath(new URL(".", import.meta.url));
// Under node_modules: from there the built driver finds the packages it leaves outside, as any program would.
const CACHE = fileURLToPath(new URL("../../node_modules/.cache", import.meta.url));
/** @param {string} site */
function buildSite(site) {
  return build({
    configFile: false,
    logLevel: "warn",
    root: path.join(BENCH, "browser"),
    base: "./",
    worker: { format: "es" },
    build: { outDir: site, emptyOutDir: true, target: "es2022" },
  });
}

/** @param {string} folder */
function buildDriver(folder) {
  return build({
    configFile: false,
    logLevel: "warn",
    root: BENCH,
    publicDir: false,
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: "node20",
      rolldownOptions: {
        input: { main: path.join(BENCH, "main.ts") },
        output: { entryFileNames: "[name].mjs" },
      },
    },
  });
}

/** @param {string} scratch */
async function run(scratch) {
  const site = path.join(scratch, "site");
  const driver = path.join(scratch, "driver");
  await Promise.all([buildSite(site), buildDriver(driver)]);
  const { main, USAGE } = await import(pathToFileURL(path.join(driver, "main.mjs")).href);
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(USAGE);
    return 0;
  }
  return await main(args, { bench: BENCH, site, scratch });
}

mkdirSync(CACHE, { recursive: true });
const scratch = mkdtempSync(path.join(CACHE, "oath-bench-"));
process.once("exit", () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
try {
  process.exitCode = await run(scratch);
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
