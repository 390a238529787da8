import type { ApduConnection, TransmitOptions } from "../apdu/connection.ts";
import { raceWithSignal } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";
import { toBridgeError } from "./dom-exceptions.ts";
import { ExchangeQueue } from "./exchange-queue.ts";
import { answerLimitMs, withPatience, withWaitingNotice } from "./patience.ts";

/** The parts of the Web Smart Card API that are used here (WICG/web-smart-card, section SmartCardConnection). */
export interface SmartCardChannel {
  transmit(command: Bytes): Promise<ArrayBuffer>;
  disconnect(disposition?: "leave" | "reset" | "unpower" | "eject"): Promise<void>;
}

/** As {@link SmartCardChannel}, section SmartCardContext. One operation at a time in a context. */
export interface SmartCardContext {
  listReaders(): Promise<readonly string[]>;
  connect(
    readerName: string,
    accessMode: "shared" | "exclusive" | "direct",
    options?: { readonly preferredProtocols?: readonly ("raw" | "t0" | "t1")[] },
  ): Promise<{ readonly connection: SmartCardChannel }>;
}

/** `navigator.smartCard`, which isolated web apps on ChromeOS have. */
export interface SmartCardManager {
  establishContext(): Promise<SmartCardContext>;
}

const STATUS_WORD_LENGTH = 2;
/** How long an operation that was given up may hold up closing. */
const CLOSE_PATIENCE_MS = 1_000;

/** A token in a reader of the system's smart card service. Other programs share it, so SELECT before every operation. */
export class SmartCardApduConnection implements ApduConnection {
  readonly deviceName: string;
  readonly #card: SmartCardChannel;
  readonly #queue = new ExchangeQueue();
  /** The API cannot cancel: an operation given up goes on, and another one before its end would be refused. */
  #pending: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | null = null;

  private constructor(deviceName: string, card: SmartCardChannel) {
    this.deviceName = deviceName;
    this.#card = card;
  }

  /** Connects to the card in a reader. Rejects with `not-granted`, `device-in-use`, `unplugged`, `not-supported`. */
  static async open(
    context: SmartCardContext,
    readerName: string,
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<SmartCardApduConnection> {
    options.signal?.throwIfAborted();
    const connecting = context.connect(readerName, "shared", { preferredProtocols: ["t1", "t0"] });
    try {
      const { connection } = await raceWithSignal(connecting, options.signal);
      return new SmartCardApduConnection(readerName, connection);
    } catch (error) {
      connecting.then(({ connection }) => connection.disconnect("leave")).catch(() => null);
      throw toBridgeError(error, "smart-card");
    }
  }

  async transmit(command: Bytes, options: TransmitOptions = {}): Promise<Bytes> {
    if (command.length === 0) throw new RangeError("An empty command cannot be sent.");
    return this.#queue.run(() => this.#exchange(command, options), options.signal);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #exchange(command: Bytes, options: TransmitOptions): Promise<Bytes> {
    const limitMs = answerLimitMs(options);
    await withPatience(raceWithSignal(this.#pending, options.signal), limitMs);
    const operation = this.#card.transmit(command);
    this.#pending = operation.catch(() => null);
    try {
      const waiting = withWaitingNotice(operation, options.onWaiting);
      const answer = await raceWithSignal(withPatience(waiting, limitMs), options.signal);
      if (answer.byteLength >= STATUS_WORD_LENGTH) return new Uint8Array(answer);
    } catch (error) {
      throw toBridgeError(error, "smart-card");
    }
    throw new BridgeError("malformed-answer", "The token's answer is incomplete. Try again.");
  }

  async #close(): Promise<void> {
    await this.#queue.close();
    await withPatience(this.#pending, CLOSE_PATIENCE_MS).catch(() => null);
    // The card stays as it is: another program may be in the middle of something with it.
    await this.#card.disconnect("leave").catch(() => null);
  }
}

/** The names of the readers there are. Rejects with `not-supported` when there is no smart card service. */
export async function listSmartCardReaders(manager: SmartCardManager): Promise<{
  readonly context: SmartCardContext;
  readonly readerNames: readonly string[];
}> {
  try {
    const context = await manager.establishContext();
    return { context, readerNames: await context.listReaders() };
  } catch (error) {
    throw toBridgeError(error, "smart-card");
  }
}
