import { concatBytes, type Bytes } from "../core/bytes.ts";
import { BER_LENGTH } from "./reader.ts";

const LONGEST = 0xffff;

/** The bytes of one TLV; its value is `parts` in order. Throws `RangeError` when tag or length do not fit. */
export function encodeTlv(tag: number, ...parts: readonly Bytes[]): Bytes {
  if (!Number.isInteger(tag) || tag < 0 || tag > 0xff) throw new RangeError(`${tag} is no one-byte tag`);
  const length = parts.reduce((total, part) => total + part.length, 0);
  return concatBytes(Uint8Array.of(tag, ...encodeLength(length)), ...parts);
}

/** Tokens read a single length byte below 80, which is all their fields need; longer ones are BER. */
function encodeLength(length: number): readonly number[] {
  if (length < BER_LENGTH.LONG) return [length];
  if (length <= 0xff) return [BER_LENGTH.ONE_BYTE, length];
  if (length <= LONGEST) return [BER_LENGTH.TWO_BYTES, length >> 8, length & 0xff];
  throw new RangeError(`A field of ${length} bytes is too long: ${LONGEST} is the most`);
}
