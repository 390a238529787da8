import type { CommandApdu } from "../apdu/command.ts";
import { BridgeError } from "../core/bridge-error.ts";
import { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";
import type { Algorithm } from "../otp/seed.ts";
import { readTlvs } from "../tlv/reader.ts";
import type { CredentialType } from "./credential.ts";
import type { OathDialect } from "./dialect.ts";
import { TAG } from "./instructions.ts";
import { decodeTypeByte } from "./type-byte.ts";

/** One credential as LIST tells it. */
export interface ListEntry {
  readonly name: Bytes;
  readonly type: CredentialType;
  readonly algorithm: Algorithm;
  /** Only old CanoKeys list it. */
  readonly digits: number | null;
}

/** LIST. Always with Le: a CanoKey takes a missing one for 0 here, and says "there is more" for ever. */
export function encodeList({ instructions, pageLe }: OathDialect): CommandApdu {
  return { ins: instructions.list, le: pageLe };
}

/**
 * Reads LIST's answer, all pages joined: `72 [type, name…]`, or `71 name` `75 [type, digits]` from old CanoKeys. Entries
 * of other kinds are left out.
 */
export function decodeList(data: Bytes): ListEntry[] {
  const entries: ListEntry[] = [];
  let legacyName: Bytes | null = null;
  for (const { tag, value } of readTlvs(data)) {
    const reader = new ByteReader(value);
    if (tag === TAG.NAME_LIST) add(entries, reader.u8(), reader.rest(), null);
    if (tag === TAG.NAME) legacyName = value;
    if (tag === TAG.RESPONSE && legacyName) {
      add(entries, reader.u8(), legacyName, reader.u8());
      legacyName = null;
    }
  }
  return entries;
}

function add(entries: ListEntry[], typeByte: number, name: Bytes, digits: number | null): void {
  if (name.length === 0) {
    throw new BridgeError("malformed-answer", "The token lists a credential without a name.");
  }
  const kind = decodeTypeByte(typeByte);
  if (kind) entries.push({ name, ...kind, digits });
}
