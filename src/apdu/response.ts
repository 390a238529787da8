import { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";

/** One answer to a command APDU, ISO 7816-4 section 5.1: data, then the two bytes of the status word. */
export interface ResponseApdu {
  readonly data: Bytes;
  /** SW1 SW2 as one number, such as 0x9000. */
  readonly sw: number;
}

/** Takes an answer apart. Throws `malformed-answer` when it is shorter than a status word. */
export function parseResponse(bytes: Bytes): ResponseApdu {
  const reader = new ByteReader(bytes);
  const data = reader.take(Math.max(0, bytes.length - 2));
  return { data, sw: reader.u16be() };
}
