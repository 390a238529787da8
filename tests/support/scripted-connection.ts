import { readFileSync } from "node:fs";
import type { ApduConnection, TransmitOptions } from "../../src/apdu/connection.ts";
import { raceWithSignal } from "../../src/core/abort.ts";
import { BridgeError, type BridgeErrorCode } from "../../src/core/bridge-error.ts";
import type { Bytes } from "../../src/core/bytes.ts";
import { formatHex, parseHex } from "../../src/core/text-forms.ts";

/** One command of a transcript with its answer. */
export interface Exchange {
  /** Line of the command, from 1. */
  readonly line: number;
  readonly command: Bytes;
  /** Null: the token never answers. */
  readonly answer: Bytes | null;
  /** The connection fails with this instead of answering. */
  readonly failure: BridgeErrorCode | null;
  /** The token seems to wait for a touch before it answers. */
  readonly waits: boolean;
  /** The comment above the command. */
  readonly comment: string;
}

/**
 * Reads a transcript: `>` command, `<` answer, both hex with blanks anywhere and `#` comments. Instead of an answer, `< …`
 * never answers and `! code` fails with a `BridgeError`; `~` before it stands for a wait for touch. Recordings of real
 * firmware (tests/fixtures/apdu) have the same form.
 */
export function readTranscript(text: string): Exchange[] {
  const exchanges: Exchange[] = [];
  let comment = "";
  let pending: Pick<Exchange, "line" | "command"> | null = null;
  let waits = false;
  for (const [index, whole] of text.split("\n").entries()) {
    const line = whole.trim();
    const [mark, body] = [line.slice(0, 1), line.slice(1).replace(/#.*/u, "").trim()];
    if (mark === "#") comment = line.slice(1).trim();
    if (mark === ">") pending = { line: index + 1, command: parseHex(body) };
    if (mark === "~") waits = true;
    if (mark !== "<" && mark !== "!") continue;
    if (!pending) throw new Error(`line ${index + 1} answers no command`);
    const answer = mark === "!" || body === "…" ? null : parseHex(body);
    const failure = mark === "!" ? (body as BridgeErrorCode) : null;
    exchanges.push({ ...pending, answer, failure, waits, comment });
    [pending, waits] = [null, false];
  }
  if (pending) throw new Error(`line ${pending.line} has no answer`);
  return exchanges;
}

/** The text of a recording of real firmware, by the beginning of its name, from one line that matches to another. */
export function recording(name: string, from = /^/u, to = /(?!)/u): string {
  const lines = readFileSync(new URL(`../fixtures/apdu/${name}.txt`, import.meta.url), "utf8").split("\n");
  const first = lines.findIndex((line) => from.test(line));
  const length = lines.slice(first + 1).findIndex((line) => to.test(line));
  if (first < 0) throw new Error(`nothing in ${name} matches ${String(from)}`);
  return lines.slice(first, length < 0 ? undefined : first + 1 + length).join("\n");
}

export interface ScriptOptions {
  readonly deviceName?: string;
  /** Answers every SELECT of the OATH applet that the transcript does not expect next, outside of it. */
  readonly select?: string;
}

/** `00 A4 04 00 07`, the identifier of the OATH applet, Le. */
const SELECT = "00a4040007a000000527210100";

/** A transcript that stands for a token: it answers the commands it expects, in their order, and refuses any other. */
export class ScriptedConnection implements ApduConnection {
  readonly deviceName: string;
  /** Every command that came, in hex. */
  readonly sent: string[] = [];
  /** The options of every command that came. */
  readonly options: (TransmitOptions | undefined)[] = [];
  closed = 0;
  readonly #exchanges: Exchange[];
  readonly #select: Bytes | null;
  #busy = false;

  constructor(transcript: string, { deviceName = "scripted token", select }: ScriptOptions = {}) {
    this.deviceName = deviceName;
    this.#exchanges = readTranscript(transcript);
    this.#select = select === undefined ? null : parseHex(select);
  }

  async transmit(command: Bytes, options?: TransmitOptions): Promise<Bytes> {
    options?.signal?.throwIfAborted();
    if (this.closed > 0) throw new Error("a command after close()");
    if (this.#busy) throw new Error("a second command at the same time");
    const hex = formatHex(command);
    this.sent.push(hex);
    this.options.push(options);
    const next = this.#exchanges[0];
    const isNext = next && formatHex(next.command) === hex;
    if (!isNext && this.#select && hex === SELECT) return this.#select.slice();
    if (!isNext) {
      throw new Error(next ? `line ${next.line} does not expect ${hex}` : `nothing expects ${hex}`);
    }
    this.#exchanges.shift();
    this.#busy = true;
    try {
      return await settle(next, options);
    } finally {
      this.#busy = false;
    }
  }

  async close(): Promise<void> {
    this.closed += 1;
  }

  /** Throws when a command of the transcript did not come. */
  assertFinished(): void {
    const [next] = this.#exchanges;
    if (next) throw new Error(`line ${next.line} was never sent: ${formatHex(next.command)}`);
  }
}

async function settle(
  { waits, failure, answer: bytes }: Exchange,
  options?: TransmitOptions,
): Promise<Bytes> {
  await Promise.resolve();
  if (waits) options?.onWaiting?.();
  if (failure) throw new BridgeError(failure, "The script says so.");
  if (bytes) return bytes.slice();
  return raceWithSignal(new Promise<Bytes>(() => {}), options?.signal);
}
