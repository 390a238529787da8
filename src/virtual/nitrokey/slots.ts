import { type Bytes, utf8Bytes } from "../../core/bytes.ts";
import { hmac, truncate } from "../oath/hmac.ts";
import { LAYOUT, SECRET_MOST, SLOT, SLOT_CONFIG } from "./tables.ts";

/** What is written into a slot; SHA-1 is all the key knows. */
export interface SlotContent {
  /** At most 15 bytes in UTF-8. */
  readonly name: string;
  readonly secret: Bytes;
  readonly digits: 6 | 8;
  /** TOTP: the period; 30 unless told. */
  readonly periodSeconds?: number;
  /** HOTP: the next counter. */
  readonly counter?: number;
  /** An OATH token identifier of 12 characters. */
  readonly tokenId?: string;
}

interface Slot {
  readonly name: Bytes;
  readonly secret: Bytes;
  readonly config: number;
  readonly tokenId: Bytes;
  readonly periodSeconds: number;
  counter: number;
}

const SHA1 = 1;

/** The slots of a Nitrokey: codes it can compute, by number. */
export class NitrokeySlots {
  readonly #slots = new Map<number, Slot>();

  /** Writes a slot, as the Nitrokey App would. */
  program(number: number, content: SlotContent): void {
    if (!isSlot(number)) throw new RangeError("no such slot");
    const name = utf8Bytes(content.name);
    if (name.length === 0 || name.length > LAYOUT.NAME_LENGTH || content.secret.length > SECRET_MOST) {
      throw new RangeError("the name or the secret does not fit into the slot");
    }
    const tokenId = utf8Bytes(content.tokenId ?? "");
    this.#slots.set(number, {
      name: padded(name, LAYOUT.NAME_LENGTH),
      secret: padded(content.secret, SECRET_MOST),
      config:
        (content.digits === 8 ? SLOT_CONFIG.EIGHT_DIGITS : 0) |
        (tokenId.length > 0 ? SLOT_CONFIG.TOKEN_ID : 0),
      tokenId: padded(tokenId, LAYOUT.TOKEN_ID_LENGTH),
      periodSeconds: content.periodSeconds ?? 30,
      counter: content.counter ?? 0,
    });
  }

  erase(number: number): void {
    this.#slots.delete(number);
  }

  /** Null when the slot is not programmed. */
  find(number: number): Slot | null {
    return this.#slots.get(number) ?? null;
  }

  /** The code of a slot at a time; an HOTP slot counts on. */
  async code(number: number, unixSeconds: number): Promise<number> {
    const slot = this.#slots.get(number);
    if (!slot) throw new RangeError("the slot is not programmed");
    const factor = isTotp(number) ? Math.floor(unixSeconds / slot.periodSeconds) : slot.counter;
    if (!isTotp(number)) slot.counter += 1;
    const message = new Uint8Array(8);
    new DataView(message.buffer).setBigUint64(0, BigInt(factor));
    const code = new DataView(truncate(await hmac(SHA1, slot.secret, message)).buffer).getUint32(0);
    return code % (slot.config & SLOT_CONFIG.EIGHT_DIGITS ? 1e8 : 1e6);
  }
}

/** True for the numbers that exist. */
export function isSlot(number: number): boolean {
  return isTotp(number) || (number >= SLOT.HOTP && number < SLOT.HOTP + SLOT.HOTP_COUNT);
}

/** True for the numbers of TOTP slots. */
export function isTotp(number: number): boolean {
  return number >= SLOT.TOTP && number < SLOT.TOTP + SLOT.TOTP_COUNT;
}

function padded(bytes: Bytes, length: number): Bytes {
  const whole = new Uint8Array(length);
  whole.set(bytes);
  return whole;
}
