import { wipe, type Bytes } from "../../core/bytes.ts";
import { parseWholeNumber } from "../whole-number.ts";
import type { XmlElement } from "../xml/element.ts";
import { findChild, findText } from "./elements.ts";
import { decodeBase64 } from "./encrypted-data.ts";
import { findAny } from "./foreign.ts";
import type { Protection } from "./protection.ts";

/** RFC 6030 has decimal numbers; files in the field also hold bytes, of digits or big-endian, in base64 or encrypted. */
const MOST_BYTES = 8;

/**
 * A number of Data such as Counter, as decimal text; null when it is absent. What is no number comes back as it is, for the
 * caller knows what was expected. Throws `RowProblem` and `SeedFileError` as {@link Protection.open}.
 */
export function readInteger(
  data: XmlElement | null,
  name: string,
  protection: Protection,
  range: "signed" | "unsigned" = "unsigned",
): string | null {
  const item = findChild(data, name);
  const encrypted = findAny(item, "EncryptedValue");
  if (item && encrypted) {
    const bytes = protection.open(item, encrypted);
    try {
      return decodeInteger(bytes, range) ?? "";
    } finally {
      wipe(bytes);
    }
  }
  const text = findText(item, "PlainValue");
  if (text === null || parseWholeNumber(text) !== null) return text;
  const bytes = decodeBase64(text);
  if (!bytes) return text;
  // Words such as “soon” are base64, too: bytes that are no digits need the padding that no word has.
  if (!text.endsWith("=") && asDigits(bytes) === null) return text;
  return decodeInteger(bytes, range) ?? text;
}

/** Null for what cannot be a number, or one whose sign would be a guess. */
function decodeInteger(bytes: Bytes, range: "signed" | "unsigned"): string | null {
  const digits = asDigits(bytes);
  if (digits !== null) return digits;
  const [first = 0] = bytes;
  if (bytes.length === 0 || bytes.length > MOST_BYTES || (range === "signed" && first >= 0x80)) return null;
  return String(bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n));
}

function asDigits(bytes: Bytes): string | null {
  const text = String.fromCodePoint(...bytes.subarray(0, 32));
  return bytes.length <= 32 && parseWholeNumber(text) !== null ? text : null;
}
