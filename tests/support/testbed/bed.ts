import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { UsbIpServer } from "../usbip-server.ts";
import { PYTHON } from "./packages.ts";

const SCRIPT = fileURLToPath(new URL("umockdev_bed.py", import.meta.url));

/** Programs started with {@link Bed.env} see the USB devices plugged here as if they were real. */
export class Bed {
  /** The environment of the programs in the bed, besides the usual one. */
  readonly env: Readonly<Record<string, string>>;
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(
    env: Readonly<Record<string, string>>,
    process: ChildProcessByStdio<Writable, Readable, null>,
    lines: AsyncIterator<string>,
  ) {
    this.env = env;
    this.#process = process;
    this.#lines = lines;
  }

  /** Makes an empty bed; `log` names a file for every request it passes on. */
  static async start({ log }: { readonly log?: string } = {}): Promise<Bed> {
    const args = log === undefined ? [SCRIPT] : [SCRIPT, "--log", log];
    const child = spawn(PYTHON, ["-B", ...args], { stdio: ["pipe", "pipe", "inherit"] });
    const reader: Interface = createInterface({ input: child.stdout });
    const lines = reader[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.done === true) throw new Error("The test bed did not start: its own message stands above.");
    return new Bed(JSON.parse(first.value) as Record<string, string>, child, lines);
  }

  /** Plugs in what `server` exports. `busy` names interfaces that another program holds. */
  async plug(server: UsbIpServer, { busy = [] }: { readonly busy?: readonly number[] } = {}): Promise<void> {
    await this.#tell(["plug", server.port, server.busId, busy.join(",")].join(" "));
  }

  /** Takes the device out; harmless when it is out already. */
  async unplug(server: UsbIpServer): Promise<void> {
    await this.#tell(`unplug ${server.busId}`);
  }

  async close(): Promise<void> {
    const exited = once(this.#process, "exit");
    this.#process.stdin.end();
    await exited;
  }

  #tell(command: string): Promise<void> {
    const told = this.#queue.then(() => this.#ask(command));
    this.#queue = told.catch(() => undefined);
    return told;
  }

  async #ask(command: string): Promise<void> {
    this.#process.stdin.write(`${command}\n`);
    const { value, done } = await this.#lines.next();
    if (done === true || value !== "ok")
      throw new Error(`test bed: ${command}: ${done ? "it has ended" : value}`);
  }
}
