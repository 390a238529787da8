import { type Bytes, concatBytes } from "../../core/bytes.ts";
import type { TokenTimer } from "../oath/token-timer.ts";
import type { UsbFunction } from "../usb/device.ts";
import {
  CARD_STATUS,
  type CcidMessage,
  encodeMessage,
  HEADER_LENGTH,
  MESSAGE,
  takeMessage,
} from "./messages.ts";
import { type FullPacketEnd, InPipe } from "./in-pipe.ts";

/** T=1 parameters, CCID 1.1 section 6.2.3. */
const PARAMETERS = Uint8Array.of(0x11, 0x10, 0x00, 0x15, 0x00, 0xfe, 0x00);

/** A card reader's card, and the reader's habits. */
export interface CcidOptions {
  readonly timer: TokenTimer;
  readonly answerToReset: Bytes;
  readonly packetSize: number;
  readonly fullPacketEnd: FullPacketEnd;
  /** Byte 8 of every answer. */
  readonly error: number;
  /** Longest message the reader takes, header included; longer ones get this answer. */
  readonly longest: { readonly bytes: number; readonly answer: Bytes } | null;
  /** The card's answer; null when it gives none at all. */
  readonly transmit: (command: Bytes) => Promise<Bytes | null>;
  readonly onPowerOff: () => void;
  /** Called when the host has read all there was. */
  readonly onRead?: () => void;
  /** How often the reader asks for more time while the card works. */
  readonly extensionMs: number;
}

/** An interface that speaks CCID over two bulk endpoints, as a smart-card reader or in a vendor's disguise. */
export class CcidFunction implements UsbFunction {
  readonly #options: CcidOptions;
  readonly #pipe: InPipe;
  #received: Bytes = new Uint8Array(0);
  #isPowered = false;
  #isWorking = false;
  #epoch = 0;

  constructor(options: CcidOptions) {
    this.#options = options;
    this.#pipe = new InPipe(options.packetSize, options.fullPacketEnd);
  }

  async transferIn(length: number, signal: AbortSignal): Promise<Bytes> {
    const bytes = await this.#pipe.transfer(length, signal);
    if (this.#pipe.isEmpty && !this.#isWorking) this.#options.onRead?.();
    return bytes;
  }

  // oxlint-disable-next-line require-await -- the host's transfer ends when the bytes are in, not when they are answered
  async transferOut(data: Bytes): Promise<void> {
    this.#received = concatBytes(this.#received, data);
    for (let taken = takeMessage(this.#received); taken; taken = takeMessage(this.#received)) {
      this.#received = taken.rest;
      void this.#answer(taken.message);
    }
  }

  reset(): void {
    this.#epoch += 1;
    this.#received = new Uint8Array(0);
    this.#pipe.clear();
  }

  powerOff(): void {
    this.reset();
    this.#isPowered = false;
  }

  async #answer(message: CcidMessage): Promise<void> {
    const { type, sequence } = message;
    switch (type) {
      case MESSAGE.POWER_ON:
        this.#isPowered = true;
        return this.#send(MESSAGE.DATA_BLOCK, sequence, this.#options.answerToReset);
      case MESSAGE.POWER_OFF:
        this.#isPowered = false;
        this.#options.onPowerOff();
        return this.#send(MESSAGE.SLOT_STATUS_ANSWER, sequence);
      case MESSAGE.SLOT_STATUS:
        return this.#send(MESSAGE.SLOT_STATUS_ANSWER, sequence);
      case MESSAGE.GET_PARAMETERS:
      case MESSAGE.SET_PARAMETERS:
      case MESSAGE.RESET_PARAMETERS:
        return this.#send(MESSAGE.PARAMETERS, sequence, PARAMETERS);
      case MESSAGE.TRANSFER_BLOCK:
        return this.#transfer(message);
      default:
        return undefined;
    }
  }

  async #transfer({ sequence, data }: CcidMessage): Promise<void> {
    const { longest } = this.#options;
    if (longest && data.length + HEADER_LENGTH > longest.bytes) {
      return this.#send(MESSAGE.DATA_BLOCK, sequence, longest.answer);
    }
    // A card without power has nobody to answer.
    if (!this.#isPowered) return undefined;
    const epoch = this.#epoch;
    const stop = this.#extendTime(sequence);
    this.#isWorking = true;
    const response = await this.#options.transmit(data);
    this.#isWorking = false;
    stop();
    return response && epoch === this.#epoch ? this.#send(MESSAGE.DATA_BLOCK, sequence, response) : undefined;
  }

  #extendTime(sequence: number): () => void {
    let stop: (() => void) | null = null;
    const arm = () => {
      stop = this.#options.timer.after(this.#options.extensionMs, () => {
        const status = CARD_STATUS.TIME_EXTENSION;
        this.#pipe.push(encodeMessage(MESSAGE.DATA_BLOCK, sequence, { status, error: this.#options.error }));
        arm();
      });
    };
    arm();
    return () => stop?.();
  }

  #send(type: number, sequence: number, data: Bytes = new Uint8Array(0)): void {
    const status = this.#isPowered ? CARD_STATUS.ACTIVE : CARD_STATUS.INACTIVE;
    this.#pipe.push(encodeMessage(type, sequence, { status, error: this.#options.error, data }));
  }
}
