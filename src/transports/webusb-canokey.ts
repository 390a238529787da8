import type { ApduConnection, TransmitOptions } from "../apdu/connection.ts";
import { raceWithSignal } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";
import { ExchangeQueue } from "./exchange-queue.ts";
import { answerLimitMs, answerTimeout, PATIENCE, pause, withPatience } from "./patience.ts";
import { bytesOf, UsbLink, type UsbOpenOptions } from "./usb-link.ts";

/** Vendor requests. Source: canokey-core, interfaces/USB/class/webusb/webusb.h. */
const REQUEST = { COMMAND: 0, RESPONSE: 1, STATUS: 2 } as const;

/** States of the exchange, as STATUS tells them. Source: as {@link REQUEST}. */
const STATE = { READY: 0x00, WORKING: 0x01, SENT: 0x02, RECEIVING: 0x03, HELD: 0x04, IDLE: 0xff } as const;

/** The whole device: class, subclass and protocol “vendor”, no endpoints. Source: canokey-core, usbd_desc.c. */
const VENDOR = 0xff;

/** The firmware's APDU buffer; a longer command stalls. Source: canokey-core, include/common.h, APDU_BUFFER_SIZE. */
const COMMAND_MAX = 1340;
/** A RESPONSE shorter than the answer loses the rest, so more is asked for than there can be. */
const RESPONSE_MAX = 1500;
const RESPONSE_MIN = 2;

/** Most commands are done in a few milliseconds, a touch takes seconds. The first look is at once. */
const POLLS_MS = [1, 2, 4, 8, 16, 32] as const;
const POLL_MS = 50;
/** Another program's command ends soon; then the key takes ours. */
const RETRY_MS = 100;
const BUSY_LIMIT_MS = 2_500;

/** A CanoKey over WebUSB: APDUs in vendor control transfers, the answer fetched by polling. */
export class CanokeyConnection implements ApduConnection {
  readonly #link: UsbLink<USBAlternateInterface>;
  readonly #queue = new ExchangeQueue();
  /** True while an earlier exchange may not have been brought to its end. */
  #unsettled = true;
  #closed: Promise<void> | null = null;

  private constructor(link: UsbLink<USBAlternateInterface>) {
    this.#link = link;
  }

  /**
   * Opens the key and drops the answer an earlier page has left behind. Rejects as `UsbLink.open` does, and with
   * `device-in-use` when the key stays busy. It owns the device from then on: {@link close} it.
   */
  static async open(device: USBDevice, options: UsbOpenOptions): Promise<CanokeyConnection> {
    const link = await UsbLink.open(device, pickCanokey, options);
    const connection = new CanokeyConnection(link);
    try {
      await connection.#queue.run(
        () => connection.#settle(PATIENCE.ANSWER_MS, options.signal),
        options.signal,
      );
      connection.#unsettled = false;
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  get deviceName(): string {
    return this.#link.deviceName;
  }

  transmit(command: Bytes, options: TransmitOptions = {}): Promise<Bytes> {
    // An empty command locks the interface until the next reset.
    if (command.length === 0 || command.length > COMMAND_MAX) {
      return Promise.reject(
        new RangeError(`A command has 1 to ${COMMAND_MAX} bytes, this one has ${command.length}.`),
      );
    }
    return this.#queue.run(() => this.#exchange(command, options), options.signal);
  }

  close(): Promise<void> {
    this.#closed ??= this.#queue.close().then(() => this.#link.close());
    return this.#closed;
  }

  async #exchange(command: Bytes, options: TransmitOptions): Promise<Bytes> {
    if (this.#unsettled) await this.#settle(answerLimitMs(options), options.signal);
    this.#unsettled = true;
    await this.#send(command, options.signal);
    await this.#awaitAnswer(options);
    const answer = await this.#read();
    this.#unsettled = false;
    if (answer === null || answer.length < RESPONSE_MIN) {
      throw new BridgeError("malformed-answer", "The token's answer is incomplete. Try again.");
    }
    return answer;
  }

  /** Brings the key to a state in which it takes a command. */
  async #settle(limitMs: number, signal: AbortSignal | undefined): Promise<void> {
    let wasReset = false;
    for (const started = performance.now(); ;) {
      signal?.throwIfAborted();
      const state = await this.#state();
      if (state === STATE.IDLE || state === STATE.HELD) return;
      if (performance.now() - started >= limitMs) throw stillBusy();
      if (state === STATE.READY && (await this.#read()) !== null) continue;
      if (state === STATE.RECEIVING && !wasReset) {
        // It waits for the rest of a command that has none, without a time-out.
        wasReset = true;
        await this.#request(this.#link.reset());
        continue;
      }
      await raceWithSignal(pause(POLL_MS), signal);
    }
  }

  /** A stall says that the key does not take commands now: an old answer waits, or another program has the key. */
  async #send(command: Bytes, signal: AbortSignal | undefined): Promise<void> {
    for (const started = performance.now(); ;) {
      signal?.throwIfAborted();
      const { status, bytesWritten } = await this.#request(this.#link.controlOut(REQUEST.COMMAND, command));
      if (status === "ok" && bytesWritten === command.length) return;
      if (performance.now() - started >= BUSY_LIMIT_MS) {
        throw new BridgeError(
          "device-in-use",
          "Another program is using the token. Close it there, then try again.",
        );
      }
      await raceWithSignal(pause(RETRY_MS), signal);
      await this.#settle(BUSY_LIMIT_MS, signal);
    }
  }

  async #awaitAnswer(options: TransmitOptions): Promise<void> {
    const { signal, onWaiting } = options;
    const started = performance.now();
    let noticed = false;
    for (let round = 0; ; round += 1) {
      signal?.throwIfAborted();
      const state = await this.#state();
      if (state === STATE.READY) return;
      if (state === STATE.IDLE || state === STATE.HELD) {
        throw new BridgeError("malformed-answer", "The token lost its answer. Try again.");
      }
      const elapsedMs = performance.now() - started;
      if (elapsedMs >= answerLimitMs(options)) throw answerTimeout();
      if (!noticed && state === STATE.WORKING && elapsedMs >= PATIENCE.NOTICE_MS) {
        noticed = true;
        onWaiting?.();
      }
      await raceWithSignal(pause(POLLS_MS[round] ?? POLL_MS), signal);
    }
  }

  /** Null when the request stalls. */
  async #state(): Promise<number | null> {
    const result = await this.#request(this.#link.controlIn(REQUEST.STATUS, 1));
    return result.status === "ok" ? (bytesOf(result)[0] ?? null) : null;
  }

  /** Null when the request stalls, or brings more than was asked for. */
  async #read(): Promise<Bytes | null> {
    const result = await this.#request(this.#link.controlIn(REQUEST.RESPONSE, RESPONSE_MAX));
    return result.status === "ok" ? bytesOf(result) : null;
  }

  /** No single transfer takes long: a touch is waited for by polling. */
  #request<T>(transfer: Promise<T>): Promise<T> {
    return withPatience(transfer, PATIENCE.ANSWER_MS);
  }
}

/** The interface for web pages: vendor class, everything over the control endpoint. */
function pickCanokey(alternate: USBAlternateInterface): USBAlternateInterface | null {
  return alternate.interfaceClass === VENDOR && alternate.endpoints.length === 0 ? alternate : null;
}

function stillBusy(): BridgeError {
  return new BridgeError(
    "device-in-use",
    "The token is busy, and may wait for a touch asked for before. Touch it or wait 30 seconds, then try again.",
  );
}
