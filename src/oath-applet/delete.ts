import type { CommandApdu } from "../apdu/command.ts";
import type { Bytes } from "../core/bytes.ts";
import { encodeTlv } from "../tlv/writer.ts";
import { INS, TAG } from "./instructions.ts";

/** DELETE of one credential. */
export function encodeDelete(name: Bytes): CommandApdu {
  return { ins: INS.DELETE, data: encodeTlv(TAG.NAME, name) };
}
