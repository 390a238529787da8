import { type Bytes, utf8Bytes } from "../../core/bytes.ts";
import { type Answer, answer, settleAnswer, StatusError } from "../oath/answer.ts";
import type { ReceivedCommand } from "../oath/command.ts";
import { sameBytes } from "../oath/hmac.ts";
import { SW } from "../oath/tables.ts";
import { PassConfig } from "./pass-config.ts";

/** The admin applet's application identifier, canokey-core src/apdu.c. */
export const ADMIN_AID = [0xf0, 0x00, 0x00, 0x00, 0x00] as const;

/** Instructions, canokey-core applets/admin/admin.c. */
const INS = {
  RESET_OATH: 0x05,
  VERIFY: 0x20,
  READ_VERSION: 0x31,
  READ_SERIAL: 0x32,
  CONFIG: 0x40,
  FLASH_USAGE: 0x41,
  READ_CONFIG: 0x42,
  READ_PASS: 0x43,
  WRITE_PASS: 0x44,
  FACTORY_RESET: 0x50,
} as const;

const DEFAULT_PIN = utf8Bytes("123456");
const PIN_TRIES = 3;
/** The low digit is the number of tries left. */
const SW_TRIES = 0x63c0;
/** Kibibytes used and in all, as the recorded firmware says. */
const FLASH = [0x16, 0x80] as const;
/** LED, -, NDEF read-only, NDEF on, WebUSB landing page on, - */
const CONFIG_DEFAULT = [1, 0, 0, 1, 1, 0] as const;
const CONFIG_LANDING_PAGE = { P1: 5, AT: 4 } as const;

/** What the applet says of the key. */
export interface AdminFacts {
  readonly version: string;
  readonly hardware: string;
  readonly serialNumber: Bytes;
}

/** The applet behind a PIN that configures a CanoKey; it is also where OATH is reset. */
export class AdminApplet {
  readonly pass = new PassConfig();
  readonly #facts: AdminFacts;
  readonly #eraseOath: () => void;
  readonly #config: number[] = [...CONFIG_DEFAULT];
  #tries = PIN_TRIES;
  #isVerified = false;

  constructor(facts: AdminFacts, eraseOath: () => void) {
    this.#facts = facts;
    this.#eraseOath = eraseOath;
  }

  /** Another applet was selected, or the power went: the PIN is needed again. */
  lock(): void {
    this.#isVerified = false;
  }

  /** Answers one command. */
  process(command: ReceivedCommand): Promise<Answer> {
    return settleAnswer(() => Promise.resolve(this.#open(command) ?? this.#guarded(command)));
  }

  /** What needs no PIN; null for anything else. */
  #open({ ins, p1, data }: ReceivedCommand): Answer | null {
    const { version, hardware, serialNumber } = this.#facts;
    if (ins === INS.READ_VERSION) return answer(utf8Bytes(p1 === 0 ? version : hardware));
    if (ins === INS.READ_SERIAL) return answer(serialNumber);
    return ins === INS.VERIFY ? this.#verify(data) : null;
  }

  #guarded({ ins, p1, p2, data }: ReceivedCommand): Answer {
    if (!this.#isVerified) throw new StatusError(SW.SECURITY_STATUS);
    switch (ins) {
      case INS.RESET_OATH:
        this.#eraseOath();
        this.pass.clear();
        return answer();
      case INS.CONFIG:
        if (p1 === CONFIG_LANDING_PAGE.P1) this.#config[CONFIG_LANDING_PAGE.AT] = p2;
        return answer();
      case INS.FLASH_USAGE:
        return answer(FLASH);
      case INS.READ_CONFIG:
        return answer(this.#config);
      case INS.READ_PASS:
        return answer(this.pass.encode());
      case INS.WRITE_PASS:
        this.pass.write(p1, data);
        return answer();
      case INS.FACTORY_RESET:
        // Only once the PIN is blocked.
        throw new StatusError(SW.CONDITIONS);
      default:
        throw new StatusError(SW.UNKNOWN_INSTRUCTION);
    }
  }

  #verify(pin: Bytes): Answer {
    if (this.#tries === 0) throw new StatusError(SW.PIN_BLOCKED);
    if (pin.length === 0) return answer([], this.#isVerified ? SW.OK : SW_TRIES + this.#tries);
    this.#isVerified = sameBytes(pin, DEFAULT_PIN);
    this.#tries = this.#isVerified ? PIN_TRIES : this.#tries - 1;
    return answer([], this.#isVerified ? SW.OK : SW_TRIES + this.#tries);
  }
}
