import type { CommandApdu } from "../apdu/command.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { Bytes } from "../core/bytes.ts";
import { readTlvs } from "../tlv/reader.ts";
import { encodeTlv } from "../tlv/writer.ts";
import { decodeTruncated } from "./calculate.ts";
import type { OathDialect } from "./dialect.ts";
import { TAG } from "./instructions.ts";

/** What CALCULATE ALL tells of one credential. */
export type CalculateAllEntry =
  | {
      readonly kind: "code";
      readonly name: Bytes;
      readonly digits: number;
      readonly truncated: number;
    }
  | {
      /** HOTP, or a touch is needed: to be asked for singly. Old Pico firmware leaves the digits out. */
      readonly kind: "counter" | "touch";
      readonly name: Bytes;
      readonly digits: number | null;
    };

/** CALCULATE ALL with one challenge for every credential: right for those whose period it was computed with. */
export function encodeCalculateAll(dialect: OathDialect, ins: number, challenge: Bytes): CommandApdu {
  return {
    ins,
    p2: dialect.truncatedP2,
    data: encodeTlv(TAG.CHALLENGE, challenge),
    le: dialect.pageLe,
  };
}

/** Reads CALCULATE ALL's answer, all pages joined: `71 name`, then one of 76, 77 and 7C. */
export function decodeCalculateAll(data: Bytes): CalculateAllEntry[] {
  const entries: CalculateAllEntry[] = [];
  let name: Bytes | null = null;
  for (const { tag, value } of readTlvs(data)) {
    if (tag === TAG.NAME) {
      if (name) throw missingResult();
      name = value;
    } else if (name) {
      entries.push(decodeEntry(name, tag, value));
      name = null;
    }
  }
  if (name) throw missingResult();
  return entries;
}

function decodeEntry(name: Bytes, tag: number, value: Bytes): CalculateAllEntry {
  switch (tag) {
    case TAG.TRUNCATED_RESPONSE:
      return { kind: "code", name, ...decodeTruncated(value) };
    case TAG.NO_RESPONSE:
      return { kind: "counter", name, digits: value[0] ?? null };
    case TAG.TOUCH:
      return { kind: "touch", name, digits: value[0] ?? null };
    default:
      throw missingResult();
  }
}

function missingResult(): BridgeError {
  return new BridgeError("malformed-answer", "The token lists a credential without a result.");
}
