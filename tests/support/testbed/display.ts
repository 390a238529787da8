import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { countPixels, type Rgb } from "./xwd.ts";

const run = promisify(execFile);
const SCREEN = "1280x800x24";

/** A screen and a keyboard of its own, for a browser that shows its windows, with the window manager that gives them focus. */
export class Display {
  /** The environment of the programs on the screen, besides the usual one. */
  readonly env: Readonly<Record<string, string>>;
  readonly #folder: string;
  readonly #server: ChildProcess;
  readonly #manager: ChildProcess;

  private constructor(name: string, server: ChildProcess, folder: string) {
    this.env = { DISPLAY: name };
    this.#folder = folder;
    this.#server = server;
    this.#manager = spawn("openbox", [], { env: { ...process.env, ...this.env }, stdio: "ignore" });
  }

  /** Takes the first display number that is free. */
  static async start(): Promise<Display> {
    const folder = await mkdtemp(path.join(tmpdir(), "oath-bridge-screen-"));
    const args = ["-displayfd", "1", "-screen", "0", SCREEN, "-fbdir", folder, "-nolisten", "tcp"];
    const server = spawn("Xvfb", args, { stdio: ["ignore", "pipe", "ignore"] });
    // The number comes when the server is ready.
    const first = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next();
    if (first.done === true) throw new Error("Xvfb did not start: run it by hand to see why.");
    return new Display(`:${first.value}`, server, folder);
  }

  /** Presses keys one after the other, by X's names for them, wherever the focus is. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#xdotool("key", ...keys);
  }

  /** The title of the window that has the keyboard; empty when none has. */
  async focusedTitle(): Promise<string> {
    return await this.#xdotool("getwindowfocus", "getwindowname").catch(() => "");
  }

  /** The screen as it is now, in X's own format for window dumps. */
  async frame(): Promise<Buffer> {
    return await readFile(path.join(this.#folder, "Xvfb_screen0"));
  }

  /** How many pixels of the screen have exactly this colour. */
  async count(colour: Rgb): Promise<number> {
    return countPixels(await this.frame(), colour);
  }

  async close(): Promise<void> {
    await end(this.#manager);
    await end(this.#server);
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #xdotool(...args: readonly string[]): Promise<string> {
    const { stdout } = await run("xdotool", args, { env: { ...process.env, ...this.env } });
    return stdout.trim();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill();
  await exited;
}
