import type { ApduConnection, TransmitOptions } from "../apdu/connection.ts";
import { raceWithSignal } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";
import {
  CCID_ERROR,
  CCID_MESSAGE,
  CcidAssembler,
  encodePowerOn,
  encodeXfrBlock,
  type CcidAnswer,
} from "./ccid.ts";
import { ExchangeQueue } from "./exchange-queue.ts";
import { answerLimitMs, answerTimeout, PATIENCE, withPatience, withWaitingNotice } from "./patience.ts";
import { bytesOf, UsbLink, type UsbOpenOptions } from "./usb-link.ts";

/** Vendor class. Source: pico-keys-sdk, src/usb/usb_descriptors.c (“WebCCID”). */
const VENDOR = 0xff;

/** Only the power-on has this number: an old answer is never taken for its own, nor the other way round. */
const POWER_ON_SEQUENCE = 0;
const SEQUENCE_MAX = 0xff;

/** Answers to earlier commands that are skipped before it is clear that something is wrong. */
const STALE_MAX = 16;
const STATUS_WORD_LENGTH = 2;

/** A token that speaks CCID over a vendor-class bulk interface (Pico FIDO): APDUs in XfrBlock messages. */
export class CcidConnection implements ApduConnection {
  readonly #link: UsbLink<BulkEndpoints>;
  readonly #queue = new ExchangeQueue();
  readonly #assembler = new CcidAssembler();
  /** A read that an abort or a time-out has left behind: what it brings is for the next. It never rejects. */
  #reading: Promise<() => USBInTransferResult> | null = null;
  /** The command an abort has left behind: the token is still at it. */
  #owed: number | null = null;
  #sequence = POWER_ON_SEQUENCE;
  #powered = false;
  #closed: Promise<void> | null = null;

  private constructor(link: UsbLink<BulkEndpoints>) {
    this.#link = link;
  }

  /**
   * Opens the token and switches its card on. Rejects as `UsbLink.open` does, and with `timeout` or `malformed-answer`. It
   * owns the device from then on: {@link close} it.
   */
  static async open(device: USBDevice, options: UsbOpenOptions): Promise<CcidConnection> {
    const connection = new CcidConnection(await UsbLink.open(device, pickBulkEndpoints, options));
    try {
      await connection.#queue.run(() => connection.#powerOn(options.signal), options.signal);
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  get deviceName(): string {
    return this.#link.deviceName;
  }

  async transmit(command: Bytes, options: TransmitOptions = {}): Promise<Bytes> {
    encodeXfrBlock(0, command); // A command that is too long is refused before it waits its turn.
    return this.#queue.run(() => this.#exchange(command, options), options.signal);
  }

  close(): Promise<void> {
    this.#closed ??= this.#queue.close().then(() => this.#link.close());
    return this.#closed;
  }

  async #exchange(command: Bytes, options: TransmitOptions): Promise<Bytes> {
    const { signal, onWaiting } = options;
    await this.#settle(answerLimitMs(options), signal);
    if (!this.#powered) await this.#powerOn(signal);
    const sequence = this.#nextSequence();
    await this.#write(encodeXfrBlock(sequence, command));
    const answer = this.#requireOk(await withWaitingNotice(this.#answer(sequence, options), onWaiting));
    if (answer.type !== CCID_MESSAGE.DATA_BLOCK || answer.data.length < STATUS_WORD_LENGTH) {
      throw new BridgeError("malformed-answer", "The token's answer is incomplete. Try again.");
    }
    return answer.data;
  }

  async #powerOn(signal: AbortSignal | undefined): Promise<void> {
    await this.#write(encodePowerOn(POWER_ON_SEQUENCE));
    this.#requireOk(await this.#answer(POWER_ON_SEQUENCE, { signal }));
    this.#powered = true;
  }

  /** Waits for the end of a command that was given up: the token does one at a time. */
  async #settle(limitMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#owed === null) return;
    try {
      await this.#answer(this.#owed, { signal, timeoutMs: limitMs });
    } catch (error) {
      if (!(error instanceof BridgeError) || error.code !== "timeout") throw error;
      throw new BridgeError(
        "device-in-use",
        "The token is busy, and may wait for a touch asked for before. Touch it or wait 30 seconds, then try again.",
        { cause: error },
      );
    }
  }

  /** The answer to one command; those to earlier ones are dropped. */
  async #answer(sequence: number, options: TransmitOptions): Promise<CcidAnswer> {
    const started = performance.now();
    let limitMs = answerLimitMs(options);
    let stale = 0;
    for (;;) {
      const answer = this.#assembler.take();
      if (answer === null) {
        await this.#read(sequence, limitMs - (performance.now() - started), options.signal);
      } else if (answer.sequence !== sequence) {
        stale += 1;
        if (stale > STALE_MAX) throw outOfOrder();
      } else if (answer.outcome === "time-extension") {
        // The token works on, or waits for a touch: it says so itself, so it gets the longer time.
        limitMs = options.timeoutMs ?? PATIENCE.TOUCH_MS;
      } else {
        this.#owed = null;
        return answer;
      }
    }
  }

  async #read(sequence: number, limitMs: number, signal: AbortSignal | undefined): Promise<void> {
    const { input } = this.#link.picked;
    this.#reading ??= this.#link.bulkIn(input.endpointNumber, this.#wanted()).then(
      (result) => () => result,
      (error: unknown) => () => {
        throw error;
      },
    );
    if (limitMs <= 0) throw answerTimeout();
    let finish: () => USBInTransferResult;
    try {
      finish = await raceWithSignal(withPatience(this.#reading, limitMs), signal);
    } catch (error) {
      if (signal?.aborted) this.#owed = sequence;
      throw error;
    }
    this.#reading = null;
    const result = finish();
    if (result.status === "ok") {
      this.#assembler.push(bytesOf(result));
      return;
    }
    this.#assembler.clear();
    await this.#link.clearHalt("in", input.endpointNumber);
    throw new BridgeError("malformed-answer", "The token broke off its answer. Try again.");
  }

  /**
   * Whole packets, and never more than the answer has: a transfer ends with a short packet or with the last byte asked for,
   * and an answer of whole packets need not be followed by an empty one.
   */
  #wanted(): number {
    const { packetSize } = this.#link.picked.input;
    return Math.max(1, Math.ceil(this.#assembler.missing / packetSize)) * packetSize;
  }

  async #write(message: Bytes): Promise<void> {
    const endpoint = this.#link.picked.output.endpointNumber;
    const send = () => withPatience(this.#link.bulkOut(endpoint, message), PATIENCE.ANSWER_MS);
    let result = await send();
    if (result.status === "stall") {
      await this.#link.clearHalt("out", endpoint);
      result = await send();
    }
    if (result.status !== "ok" || result.bytesWritten !== message.length) throw inUse();
  }

  #requireOk(answer: CcidAnswer): CcidAnswer {
    if (answer.outcome === "ok") return answer;
    // Another program may have switched the card off.
    this.#powered = false;
    if (answer.error === CCID_ERROR.SLOT_BUSY) throw inUse();
    throw new BridgeError("malformed-answer", "The token could not carry out the command. Try again.");
  }

  #nextSequence(): number {
    this.#sequence = (this.#sequence % SEQUENCE_MAX) + 1;
    return this.#sequence;
  }
}

interface BulkEndpoints {
  readonly input: USBEndpoint;
  readonly output: USBEndpoint;
}

/** The interface for web pages: vendor class, one bulk endpoint each way. */
function pickBulkEndpoints({ interfaceClass, endpoints }: USBAlternateInterface): BulkEndpoints | null {
  const bulk = (direction: USBDirection) =>
    endpoints.find((endpoint) => endpoint.type === "bulk" && endpoint.direction === direction);
  const [input, output] = [bulk("in"), bulk("out")];
  return interfaceClass === VENDOR && input && output ? { input, output } : null;
}

function outOfOrder(): BridgeError {
  return new BridgeError(
    "malformed-answer",
    "The token's answers are out of order. Unplug it, plug it in again.",
  );
}

function inUse(): BridgeError {
  return new BridgeError(
    "device-in-use",
    "Another program is using the token. Close it there, then try again.",
  );
}
