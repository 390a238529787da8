import { BridgeError } from "../core/bridge-error.ts";
import { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";

/** One tag-length-value field with a tag of one byte. */
export interface Tlv {
  readonly tag: number;
  readonly value: Bytes;
}

/** BER length fields, X.690 section 8.1.3: below 80 the length itself, 81 and 82 announce one and two bytes of it. */
export const BER_LENGTH = { LONG: 0x80, ONE_BYTE: 0x81, TWO_BYTES: 0x82 } as const;

/**
 * Reads one-byte-tag TLVs in order. A list, not a map: CALCULATE ALL repeats its tags. Throws `malformed-answer` at the
 * first field that runs past the end.
 */
export function* readTlvs(bytes: Bytes): Generator<Tlv, void> {
  const reader = new ByteReader(bytes);
  while (reader.remaining > 0) {
    const tag = reader.u8();
    yield { tag, value: reader.take(readLength(reader)) };
  }
}

function readLength(reader: ByteReader): number {
  const first = reader.u8();
  if (first < BER_LENGTH.LONG) return first;
  if (first === BER_LENGTH.ONE_BYTE) return reader.u8();
  if (first === BER_LENGTH.TWO_BYTES) return reader.u16be();
  throw new BridgeError("malformed-answer", "The token's answer has a field of impossible length.");
}
