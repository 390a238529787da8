import type { ApduConnection, TransmitOptions } from "../apdu/connection.ts";
import { raceWithSignal, withDeadline } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";

/** A virtual token that answers APDUs: a CanoKey or a Pico. */
export interface ApduToken {
  /** Null when the token has no answer at all. */
  transmit(command: Bytes): Promise<Bytes | null>;
  readonly waitsForTouch?: boolean;
  onTouchChange?(listener: () => void): () => void;
}

/** A touch may take 30 s; the token itself gives up then. */
const DEFAULT_TIMEOUT_MS = 35_000;

/** Talks to a virtual token in the same page, without USB between: for the console. */
export class VirtualApduConnection implements ApduConnection {
  readonly deviceName: string;
  readonly #token: ApduToken;
  readonly #unplugged: AbortSignal;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  /** `unplugged` is aborted when the token is taken out. */
  constructor(deviceName: string, token: ApduToken, unplugged: AbortSignal) {
    this.deviceName = deviceName;
    this.#token = token;
    this.#unplugged = unplugged;
  }

  transmit(command: Bytes, options: TransmitOptions = {}): Promise<Bytes> {
    const exchange = this.#last.then(() => this.#exchange(command, options));
    this.#last = exchange.catch(() => undefined);
    return exchange;
  }

  async close(): Promise<void> {
    await this.#last;
    this.#isClosed = true;
  }

  async #exchange(command: Bytes, { signal, timeoutMs = DEFAULT_TIMEOUT_MS, onWaiting }: TransmitOptions) {
    signal?.throwIfAborted();
    if (this.#isClosed || this.#unplugged.aborted) throw takenOut();
    const stop = this.#token.onTouchChange?.(() => {
      if (this.#token.waitsForTouch === true) onWaiting?.();
    });
    try {
      const answered = withDeadline(this.#untilUnplugged(this.#token.transmit(command)), timeoutMs, timedOut);
      const answer = await raceWithSignal(answered, signal);
      if (answer === null) throw timedOut();
      return answer;
    } finally {
      stop?.();
    }
  }

  async #untilUnplugged<T>(promise: Promise<T>): Promise<T> {
    try {
      return await raceWithSignal(promise, this.#unplugged);
    } catch (error) {
      throw this.#unplugged.aborted ? takenOut(error) : error;
    }
  }
}

function takenOut(cause?: unknown): BridgeError {
  return new BridgeError("unplugged", "The virtual token was taken out. Plug it in again.", { cause });
}

function timedOut(): BridgeError {
  return new BridgeError("timeout", "The virtual token did not answer in time. Plug it in again.");
}
