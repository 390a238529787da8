import { type Bytes, concatBytes } from "../../core/bytes.ts";
import { type Answer, answer, encodeAnswer } from "../oath/answer.ts";
import { parseCommand, type ReceivedCommand } from "../oath/command.ts";
import { sameBytes } from "../oath/hmac.ts";
import type { OathApplet } from "../oath/oath-applet.ts";
import { BY_NAME, INS_SELECT, OATH_AID, SW } from "../oath/tables.ts";
import { ADMIN_AID, type AdminApplet } from "./admin-applet.ts";

const CHAINING = 0x10;
const GET_RESPONSE = 0xc0;
/** GET RESPONSE without anything to get: the recorded firmware answers a status word of zero. */
const SW_NOTHING = 0x0000;
/** A host that sends data but no Le takes this much; one that sends neither takes nothing. */
const SILENT_LE = 256;
/** APDU buffer, canokey-core include/common.h. */
export const BUFFER_SIZE = 1340;

/** The card inside a CanoKey: it chooses the applet, joins chained commands and cuts what is too long. */
export class CanoKeyCard {
  readonly #oath: OathApplet;
  readonly #admin: AdminApplet;
  #selected: "oath" | "admin" | null = null;
  #chained: Bytes = new Uint8Array(0);

  constructor(oath: OathApplet, admin: AdminApplet) {
    this.#oath = oath;
    this.#admin = admin;
  }

  /** Loss of power, or the card reader's: no applet is selected, everything is locked. */
  powerOff(): void {
    this.#select(null);
    this.#oath.powerOff();
    this.#chained = new Uint8Array(0);
  }

  /** Answers one command APDU. */
  async transmit(bytes: Bytes): Promise<Bytes> {
    const command = parseCommand(bytes);
    return encodeAnswer(command === null ? answer([], SW.WRONG_LENGTH) : await this.#process(command));
  }

  async #process(received: ReceivedCommand): Promise<Answer> {
    const data = concatBytes(this.#chained, received.data);
    const isPart = (received.cla & CHAINING) !== 0;
    this.#chained = isPart ? data : new Uint8Array(0);
    if (data.length > BUFFER_SIZE) return answer([], SW.WRONG_LENGTH);
    if (isPart) return answer();
    if (received.ins === INS_SELECT && received.p1 === BY_NAME) return this.#selectByName(received, data);
    if (received.ins === GET_RESPONSE) return answer([], SW_NOTHING);
    const le = Math.min(received.le ?? (data.length > 0 ? SILENT_LE : 0), BUFFER_SIZE);
    const command = { ...received, data, le };
    if (this.#selected === "oath") return this.#oath.process(command);
    return this.#selected === "admin" ? this.#admin.process(command) : answer([], SW.NOT_FOUND);
  }

  #selectByName({ p2 }: ReceivedCommand, name: Bytes): Answer {
    if (p2 !== 0) return answer([], SW.WRONG_P1P2);
    if (sameBytes(name, Uint8Array.from(OATH_AID))) {
      this.#select("oath");
      return this.#oath.select();
    }
    // The other applets of a CanoKey (FIDO, PIV, OpenPGP) are not modelled. What was selected stays so.
    if (!sameBytes(name, Uint8Array.from(ADMIN_AID))) return answer([], SW.NOT_FOUND);
    this.#select("admin");
    return answer();
  }

  #select(applet: "oath" | "admin" | null): void {
    if (applet !== "oath") this.#oath.deselect();
    if (applet !== "admin") this.#admin.lock();
    this.#selected = applet;
  }
}
