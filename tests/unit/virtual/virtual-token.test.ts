import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { SocketReader } from "../../support/usbip/socket-reader.ts";

const PROGRAM = fileURLToPath(new URL("../../support/virtual-token.mjs", import.meta.url));

function run(...args: string[]) {
  return spawn(process.execPath, [PROGRAM, ...args], { stdio: ["pipe", "pipe", "pipe"] });
}

describe("the command that exports a virtual token", () => {
  it.each([
    ["canokey", "20a042d4"],
    ["pico", "2e8a10fe"],
    ["nitrokey", "20a04108"],
  ])("exports a %s on loopback until it is told to end", async (kind, ids) => {
    const program = run(kind, "0");
    const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();
    const first = String((await lines.next()).value);
    expect(first).toMatch(new RegExp(`^${kind} is exported at 127\\.0\\.0\\.1:\\d+ as 1-1\\.`, "u"));
    const socket = connect(Number(/:(\d+)/u.exec(first)?.[1]), "127.0.0.1");
    socket.write(Buffer.from("0111800500000000", "hex"));
    const reader = new SocketReader(socket);
    await reader.read(12);
    expect((await reader.read(312))?.subarray(300, 304).toString("hex")).toBe(ids);
    socket.destroy();
    const exited = once(program, "exit");
    program.kill("SIGTERM");
    expect(await exited).toEqual([0, null]);
  });

  it("names the tokens when it does not know one", async () => {
    const program = run("yubikey");
    let said = "";
    program.stderr.on("data", (text) => (said += String(text)));
    expect((await once(program, "close"))[0]).toBe(1);
    expect(said).toBe("Say which token: canokey, pico, nitrokey.\n");
  });
});
