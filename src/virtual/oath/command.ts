import { BridgeError } from "../../core/bridge-error.ts";
import { ByteReader } from "../../core/byte-reader.ts";
import type { Bytes } from "../../core/bytes.ts";

/** A command APDU as a card reads it (ISO 7816-4 section 5.2). */
export interface ReceivedCommand {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Bytes;
  /** The most bytes the host will take; null when it does not say. */
  readonly le: number | null;
}

const SHORT_MAXIMUM = 256;
const EXTENDED_MAXIMUM = 65_536;

/** Reads a command of any of the four cases, short or extended; null when its lengths do not add up. */
export function parseCommand(bytes: Bytes): ReceivedCommand | null {
  try {
    const reader = new ByteReader(bytes);
    const head = { cla: reader.u8(), ins: reader.u8(), p1: reader.u8(), p2: reader.u8() };
    return { ...head, ...readBody(reader) };
  } catch (error) {
    if (error instanceof BridgeError) return null;
    throw error;
  }
}

function readBody(reader: ByteReader): { readonly data: Bytes; readonly le: number | null } {
  const none = new Uint8Array(0);
  if (reader.remaining === 0) return { data: none, le: null };
  const first = reader.u8();
  if (reader.remaining === 0) return { data: none, le: first || SHORT_MAXIMUM };
  const isExtended = first === 0;
  const length = isExtended ? reader.u16be() : first;
  if (isExtended && reader.remaining === 0) return { data: none, le: length || EXTENDED_MAXIMUM };
  const data = reader.take(length);
  if (reader.remaining === 0) return { data, le: null };
  const le = isExtended ? reader.u16be() || EXTENDED_MAXIMUM : reader.u8() || SHORT_MAXIMUM;
  reader.requireEnd();
  return { data, le };
}
