import { type Bytes, utf8Bytes } from "../../core/bytes.ts";
import { CcidFunction } from "../ccid/ccid-function.ts";
import type { FullPacketEnd } from "../ccid/in-pipe.ts";
import { HEADER_LENGTH } from "../ccid/messages.ts";
import type { VirtualAccount } from "../oath/account.ts";
import { answer, encodeAnswer } from "../oath/answer.ts";
import { DIALECTS } from "../oath/dialect.ts";
import { OathApplet } from "../oath/oath-applet.ts";
import { SW } from "../oath/tables.ts";
import type { TokenTimer } from "../oath/token-timer.ts";
import { CompositeDevice } from "../usb/composite-device.ts";
import { SILENT_FUNCTION } from "../usb/silent-function.ts";
import { type LeRule, PicoCard } from "./card.ts";
import { describePico, PICO_MESSAGE_MOST } from "./description.ts";

/** What a virtual Pico FIDO needs; with equal input it behaves equally. */
export interface VirtualPicoOptions {
  readonly timer: TokenTimer;
  readonly random: (length: number) => Bytes;
  /** 16 hex digits; the first eight are the salt of the password. */
  readonly serialNumber?: string;
  readonly le?: LeRule;
  /** How an answer ends that fills its last packet: held back in part, or sent whole with or without an empty packet. */
  readonly fullPacketEnd?: FullPacketEnd | "split";
  /** Milliseconds the card works on each command: above {@link EXTENSION_MS} it asks for more time. */
  readonly workMs?: number;
}

/** How often the reader asks for more time, pico-keys-sdk src/usb/ccid/ccid.c. */
export const EXTENSION_MS = 1500;

const DEFAULT_SERIAL = "E660583883265039";
const PACKET_SIZE = 64;
/** A plain T=1 card named "Pico"; no host of ours reads it. */
const ANSWER_TO_RESET = Uint8Array.of(0x3b, 0x84, 0x80, 0x01, 0x50, 0x69, 0x63, 0x6f, 0x30);

/** A Pico FIDO at the level of its USB requests. */
export class VirtualPico {
  /** What a host sees. */
  readonly usb: CompositeDevice;
  readonly #oath: OathApplet;
  readonly #card: PicoCard;
  readonly #timer: TokenTimer;
  readonly #workMs: number;
  /** The card does one command at a time, whichever interface it came from. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: VirtualPicoOptions) {
    const { timer, random, serialNumber = DEFAULT_SERIAL, le = "ignored", fullPacketEnd = "split" } = options;
    this.#timer = timer;
    this.#workMs = options.workMs ?? 0;
    const makeId = () => utf8Bytes(serialNumber.slice(0, 8));
    this.#oath = new OathApplet({ dialect: DIALECTS.pico, timer, random, makeId });
    this.#card = new PicoCard(this.#oath, {
      le,
      room: PICO_MESSAGE_MOST - HEADER_LENGTH - 2,
      header: HEADER_LENGTH,
      splitsFullPackets: fullPacketEnd === "split",
    });
    const makeCcid = () => this.#makeCcid(fullPacketEnd === "split" ? "nothing" : fullPacketEnd);
    const functions = [SILENT_FUNCTION, SILENT_FUNCTION, makeCcid(), makeCcid()];
    this.usb = new CompositeDevice(describePico(serialNumber), functions, () => this.#card.powerOff());
  }

  /** Puts an account into the memory, past the protocol. */
  store(account: VirtualAccount): void {
    this.#oath.store(account);
  }

  /** One APDU straight to the card, past all USB; null when it has no answer. */
  transmit(command: Bytes): Promise<Bytes | null> {
    const done = this.#last.then(async () => {
      if (this.#workMs > 0) await new Promise<void>((resolve) => this.#timer.after(this.#workMs, resolve));
      return this.#card.transmit(command);
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  #makeCcid(fullPacketEnd: FullPacketEnd): CcidFunction {
    return new CcidFunction({
      timer: this.#timer,
      answerToReset: ANSWER_TO_RESET,
      packetSize: PACKET_SIZE,
      fullPacketEnd,
      error: 0,
      longest: { bytes: PICO_MESSAGE_MOST, answer: encodeAnswer(answer([], SW.EXECUTION)) },
      extensionMs: EXTENSION_MS,
      transmit: (command) => this.transmit(command),
      // Powering off one reader ends the one application both share.
      onPowerOff: () => this.#card.powerOff(),
    });
  }
}
