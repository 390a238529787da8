import { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";
import { COMMAND } from "./commands.ts";
import { digitsOf, readName, readTokenId, readU64le, requireSlot } from "./fields.ts";
import { encodeRequest } from "./report.ts";

/** Asks the Storage (firmware 0.54 and later) for a number instead of text; other firmware does not look at it. */
const BINARY_COUNTER = 1;

/** What a slot holds, besides its secret. */
export interface SlotContent {
  readonly name: string;
  readonly digits: 6 | 8;
  readonly tokenId: string | null;
  /** HOTP: the next counter. TOTP: the period in seconds. Null when the token gives no number. */
  readonly counterOrPeriod: number | null;
}

/** READ_SLOT. */
export function encodeReadSlot(slot: number, options: { readonly binaryCounter?: boolean } = {}): Bytes {
  requireSlot(slot);
  return encodeRequest(COMMAND.READ_SLOT, Uint8Array.of(slot, options.binaryCounter ? BINARY_COUNTER : 0));
}

/** The result of READ_SLOT. */
export function decodeReadSlot(result: Bytes): SlotContent {
  const reader = new ByteReader(result);
  const name = readName(reader);
  const config = reader.u8();
  const tokenId = readTokenId(reader, config);
  return { name, digits: digitsOf(config), tokenId, counterOrPeriod: readU64le(reader) };
}
