import { type Bytes, concatBytes } from "../../core/bytes.ts";
import { type Answer, answer, encodeAnswer } from "../oath/answer.ts";
import { parseCommand, type ReceivedCommand } from "../oath/command.ts";
import { sameBytes } from "../oath/hmac.ts";
import type { OathApplet } from "../oath/oath-applet.ts";
import { BY_NAME, INS_SELECT, OATH_AID, SW } from "../oath/tables.ts";

const CHAINING = 0x10;
const GET_RESPONSE = 0xc0;
const CHAIN_BUFFER = 4096;
const COMMAND_LEAST = 4;
const SHORT_MAXIMUM = 256;
/** The status word 61xx: xx bytes are left, 00 when it is 256 or more. */
const SW_LEFT = 0x6100;

/** How a Pico treats Le: newer builds answer all they have whatever Le says, older ones stop there. */
export type LeRule = "ignored" | "kept";

/** What differs between builds of the Pico's card. */
export interface PicoCardOptions {
  readonly le: LeRule;
  /** Most bytes of data in one answer; the rest waits for GET RESPONSE. */
  readonly room: number;
  /** Length of the header around an answer, for {@link splitsFullPackets}. */
  readonly header: number;
  /** Holds back two bytes of an answer that would end with a full packet of 64 bytes (pico-keys-sdk src/apdu.c). */
  readonly splitsFullPackets: boolean;
}

/** The card inside a Pico FIDO: it chooses the applet, joins chained commands and hands out long answers in parts. */
export class PicoCard {
  readonly #oath: OathApplet;
  readonly #options: PicoCardOptions;
  #isSelected = false;
  #chained: Bytes = new Uint8Array(0);
  #left: Answer = answer();

  constructor(oath: OathApplet, options: PicoCardOptions) {
    this.#oath = oath;
    this.#options = options;
  }

  powerOff(): void {
    this.#isSelected = false;
    this.#oath.powerOff();
    this.#chained = new Uint8Array(0);
    this.#left = answer();
  }

  /** Answers one command APDU; null when its lengths do not add up, for the Pico then says nothing at all. */
  async transmit(bytes: Bytes): Promise<Bytes | null> {
    const command = parseCommand(bytes);
    if (bytes.length < COMMAND_LEAST || command === null) return null;
    if (command.ins === GET_RESPONSE) return encodeAnswer(this.#part(command.le ?? SHORT_MAXIMUM));
    this.#left = await this.#process(command);
    // Only a command with data and no Le leaves the room at nothing; a SELECT is answered whole in any case.
    const le = command.le ?? (command.data.length > 0 ? 0 : SHORT_MAXIMUM);
    const isWhole = this.#options.le === "ignored" || command.ins === INS_SELECT;
    return encodeAnswer(this.#part(isWhole ? this.#left.data.length : le));
  }

  async #process(received: ReceivedCommand): Promise<Answer> {
    const data = concatBytes(this.#chained, received.data);
    const isPart = (received.cla & CHAINING) !== 0;
    this.#chained = isPart ? data : new Uint8Array(0);
    if (data.length > CHAIN_BUFFER) return answer([], SW.WRONG_CLASS);
    if (isPart) return answer();
    if (received.ins === INS_SELECT && received.p1 === BY_NAME) return this.#select(data);
    return this.#isSelected ? this.#oath.process({ ...received, data }) : answer([], SW.NOT_FOUND);
  }

  #select(name: Bytes): Answer {
    // A shortened name is enough, and so is a longer one.
    const known = Uint8Array.from(OATH_AID).slice(0, name.length);
    if (name.length === 0 || !sameBytes(name.slice(0, known.length), known)) return answer([], SW.NOT_FOUND);
    this.#isSelected = true;
    return this.#oath.select();
  }

  #part(most: number): Answer {
    const { room, header, splitsFullPackets } = this.#options;
    const { data, sw } = this.#left;
    const isFullPacket = (Math.min(data.length, most, room) + 2 + header) % 64 === 0;
    const size = Math.min(most, room, splitsFullPackets && isFullPacket ? data.length - 2 : data.length);
    if (data.length <= size) {
      this.#left = answer();
      return { data, sw };
    }
    this.#left = { data: data.slice(size), sw };
    const rest = data.length - size;
    return { data: data.slice(0, size), sw: SW_LEFT + (rest >= 256 ? 0 : rest) };
  }
}
