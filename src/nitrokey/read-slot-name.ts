import { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";
import { COMMAND } from "./commands.ts";
import { readName, requireSlot } from "./fields.ts";
import { encodeRequest } from "./report.ts";

/** READ_SLOT_NAME: an empty slot answers with the status SLOT_NOT_PROGRAMMED. */
export function encodeReadSlotName(slot: number): Bytes {
  requireSlot(slot);
  return encodeRequest(COMMAND.READ_SLOT_NAME, Uint8Array.of(slot));
}

/** The result of READ_SLOT_NAME. */
export function decodeReadSlotName(result: Bytes): string {
  return readName(new ByteReader(result));
}
