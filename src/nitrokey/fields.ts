import type { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";
import { FIELD, SLOT, SLOT_CONFIG } from "./commands.ts";

const WORD = 2 ** 32;
const UNUSED_LETTER = /[^\u0021-\u007e]/u;

/** A whole, non-negative number as 8 bytes, little-endian. */
export function u64le(value: number): Bytes {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a 64-bit number.`);
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, value % WORD, true);
  view.setUint32(4, Math.floor(value / WORD), true);
  return bytes;
}

/** An 8-byte number; null when it is too large to count with (old Storage firmware writes text there). */
export function readU64le(reader: ByteReader): number | null {
  const low = reader.u32le();
  const value = reader.u32le() * WORD + low;
  return Number.isSafeInteger(value) ? value : null;
}

/** A name: at most 15 bytes of UTF-8, the rest zeros. */
export function readName(reader: ByteReader): string {
  const bytes = reader.take(FIELD.NAME);
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)).trim();
}

/** The OATH token identifier, where the slot's configuration says that it is in use. */
export function readTokenId(reader: ByteReader, config: number): string | null {
  const text = String.fromCharCode(...reader.take(FIELD.TOKEN_ID));
  if ((config & SLOT_CONFIG.TOKEN_ID) === 0) return null;
  const end = text.search(UNUSED_LETTER);
  return (end < 0 ? text : text.slice(0, end)) || null;
}

/** Digits of a slot's codes. */
export function digitsOf(config: number): 6 | 8 {
  return (config & SLOT_CONFIG.EIGHT_DIGITS) === 0 ? 6 : 8;
}

/** Throws a RangeError for a number that is no slot. */
export function requireSlot(slot: number): void {
  if (slotType(slot) === null) throw new RangeError(`${slot} is not the number of a slot.`);
}

/** What a slot number stands for; null when it is none. */
export function slotType(slot: number): "hotp" | "totp" | null {
  if (!Number.isInteger(slot)) return null;
  if (slot >= SLOT.HOTP_FIRST && slot < SLOT.HOTP_FIRST + SLOT.HOTP_COUNT) return "hotp";
  return slot >= SLOT.TOTP_FIRST && slot < SLOT.TOTP_FIRST + SLOT.TOTP_COUNT ? "totp" : null;
}
