import { APDU_LIMITS, type CommandApdu } from "../apdu/command.ts";
import { BridgeError } from "../core/bridge-error.ts";
import { ByteReader } from "../core/byte-reader.ts";
import { concatBytes, type Bytes } from "../core/bytes.ts";
import { readTlvs } from "../tlv/reader.ts";
import { encodeTlv } from "../tlv/writer.ts";
import { maskHighBit, truncate } from "./code.ts";
import type { OathDialect } from "./dialect.ts";
import { PARAMETER, TAG } from "./instructions.ts";

/** A calculated value before it becomes a code: 31 bits of dynamic truncation, and how many digits to show. */
export interface Calculated {
  readonly truncated: number;
  readonly digits: number;
}

export interface CalculateRequest {
  readonly name: Bytes;
  /** Null sends no challenge at all, which only HOTP allows, and not everywhere. */
  readonly challenge: Bytes | null;
  /** The whole HMAC instead of the truncated one. */
  readonly full?: boolean;
}

/** CALCULATE of one credential. */
export function encodeCalculate(dialect: OathDialect, request: CalculateRequest): CommandApdu {
  const { name, challenge, full = false } = request;
  const fields = challenge === null ? [] : [encodeTlv(TAG.CHALLENGE, challenge)];
  return {
    ins: dialect.instructions.calculate,
    p2: full ? PARAMETER.P2_FULL : dialect.truncatedP2,
    data: concatBytes(encodeTlv(TAG.NAME, name), ...fields),
    le: APDU_LIMITS.SHORT_LE,
  };
}

/** Reads CALCULATE's answer, truncated (76) or whole (75). */
export function decodeCalculate(data: Bytes): Calculated {
  for (const { tag, value } of readTlvs(data)) {
    if (tag === TAG.TRUNCATED_RESPONSE) return decodeTruncated(value);
    if (tag === TAG.RESPONSE) {
      const reader = new ByteReader(value);
      return { digits: reader.u8(), truncated: truncate(reader.rest()) };
    }
  }
  throw new BridgeError("malformed-answer", "The token answered without a code.");
}

/** The value of tag 76: digits, then the four bytes of dynamic truncation. */
export function decodeTruncated(value: Bytes): Calculated {
  const reader = new ByteReader(value);
  const calculated = { digits: reader.u8(), truncated: maskHighBit(reader.u32be()) };
  reader.requireEnd();
  return calculated;
}
