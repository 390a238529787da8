import type { CommandApdu } from "../apdu/command.ts";
import { concatBytes, type Bytes } from "../core/bytes.ts";
import { encodeTlv } from "../tlv/writer.ts";
import { INS, TAG } from "./instructions.ts";

/** RENAME: the old name, then the new one. YubiKey firmware from 5.3.1 on, CanoKey, Pico. */
export function encodeRename(from: Bytes, to: Bytes): CommandApdu {
  return { ins: INS.RENAME, data: concatBytes(encodeTlv(TAG.NAME, from), encodeTlv(TAG.NAME, to)) };
}
