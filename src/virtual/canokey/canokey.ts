import type { Bytes } from "../../core/bytes.ts";
import { formatHex, parseHex } from "../../core/text-forms.ts";
import { CcidFunction } from "../ccid/ccid-function.ts";
import type { VirtualAccount } from "../oath/account.ts";
import { answer, encodeAnswer } from "../oath/answer.ts";
import { DIALECTS } from "../oath/dialect.ts";
import { OathApplet } from "../oath/oath-applet.ts";
import { SW } from "../oath/tables.ts";
import type { TokenTimer } from "../oath/token-timer.ts";
import { CompositeDevice } from "../usb/composite-device.ts";
import { SILENT_FUNCTION } from "../usb/silent-function.ts";
import { AdminApplet } from "./admin-applet.ts";
import { ApduBuffer, HOLD_MS } from "./apdu-buffer.ts";
import { CanoKeyCard } from "./card.ts";
import { describeCanoKey } from "./description.ts";
import { WebUsbFunction } from "./webusb-function.ts";

/** Firmware lines with different OATH applets. */
export type CanoKeyFirmware = "6.0.0" | "5.5.5" | "legacy";

/** What a virtual CanoKey needs; with equal input it behaves equally. */
export interface VirtualCanoKeyOptions {
  readonly timer: TokenTimer;
  readonly random: (length: number) => Bytes;
  readonly firmware?: CanoKeyFirmware;
  /** Four bytes. */
  readonly serialNumber?: Bytes;
}

const DEFAULT_SERIAL = Uint8Array.of(0x20, 0x26, 0x00, 0x01);
/** As the recorded firmware says of itself. */
const BUILD = { version: "26dc6e8", hardware: "CanoKey native runner" } as const;
const ANSWER_TO_RESET = parseHex("3bf71100008131fe6543616e6f6b657999");
/** Byte 8 of its CCID answers, whatever happened. */
const CCID_ERROR = 0x81;
const CCID_EXTENSION_MS = 1000;

/** A CanoKey at the level of its USB requests. */
export class VirtualCanoKey {
  /** What a host sees. */
  readonly usb: CompositeDevice;
  readonly #oath: OathApplet;
  readonly #card: CanoKeyCard;
  /** The card does one command at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ timer, random, firmware = "6.0.0", serialNumber = DEFAULT_SERIAL }: VirtualCanoKeyOptions) {
    this.#oath = new OathApplet({
      dialect: DIALECTS[`canokey-${firmware}`],
      timer,
      random,
      makeId: () => random(8),
    });
    const admin = new AdminApplet({ ...BUILD, serialNumber }, () => this.#oath.erase());
    this.#oath.onSetDefault = (slot, name, withEnter) => admin.pass.setOath(slot, name, withEnter);
    this.#card = new CanoKeyCard(this.#oath, admin);
    const buffer = new ApduBuffer(timer, firmware === "6.0.0" ? HOLD_MS : 0);
    const description = describeCanoKey(formatHex(serialNumber).toUpperCase());
    const webUsb = new WebUsbFunction(buffer, (command) => this.transmit(command));
    const ccid = this.#makeCcid(timer, buffer);
    const functions = [SILENT_FUNCTION, webUsb, ccid, SILENT_FUNCTION];
    this.usb = new CompositeDevice(description, functions, () => this.#card.powerOff());
  }

  /** Touches the key. */
  touch(): void {
    this.#oath.touchSensor.touch();
  }

  /** True while the key waits for a touch. */
  get waitsForTouch(): boolean {
    return this.#oath.touchSensor.isWaiting;
  }

  /** Calls `listener` whenever the key begins or ends to wait for a touch; gives back what stops that. */
  onTouchChange(listener: () => void): () => void {
    return this.#oath.touchSensor.onChange(listener);
  }

  /** Puts an account into the memory, past the protocol. */
  store(account: VirtualAccount): void {
    this.#oath.store(account);
  }

  /** One APDU straight to the card, past all USB. */
  transmit(command: Bytes): Promise<Bytes> {
    const done = this.#last.then(() => this.#card.transmit(command));
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Resolves when the commands sent so far have been answered. */
  async transmitted(): Promise<void> {
    await this.#last;
  }

  #makeCcid(timer: TokenTimer, buffer: ApduBuffer): CcidFunction {
    return new CcidFunction({
      timer,
      answerToReset: ANSWER_TO_RESET,
      packetSize: 64,
      fullPacketEnd: "zero-length-packet",
      error: CCID_ERROR,
      longest: null,
      extensionMs: CCID_EXTENSION_MS,
      // While a page owns the buffer, the reader says so instead of waiting.
      transmit: (command) =>
        buffer.take("ccid") ? this.transmit(command) : Promise.resolve(encodeAnswer(answer([], SW.BUSY))),
      onRead: () => {
        if (buffer.owner === "ccid") buffer.release();
      },
      onPowerOff: () => this.#card.powerOff(),
    });
  }
}
