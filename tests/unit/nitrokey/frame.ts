import type { Bytes } from "../../../src/core/bytes.ts";
import { parseHex } from "../../../src/core/text-forms.ts";

/** 64 bytes: what is written of them, zeros, and the last four. */
export function frame(head: string, crc: string): Bytes {
  const bytes = new Uint8Array(64);
  bytes.set(parseHex(head));
  bytes.set(parseHex(crc), 60);
  return bytes;
}
