import { BridgeError } from "../../core/bridge-error.ts";
import { ByteReader } from "../../core/byte-reader.ts";
import type { Bytes } from "../../core/bytes.ts";
import { u32le } from "../usb/little-endian.ts";

/** Message types, CCID 1.1 sections 6.1 and 6.2. */
export const MESSAGE = {
  SET_PARAMETERS: 0x61,
  POWER_ON: 0x62,
  POWER_OFF: 0x63,
  SLOT_STATUS: 0x65,
  GET_PARAMETERS: 0x6c,
  RESET_PARAMETERS: 0x6d,
  TRANSFER_BLOCK: 0x6f,
  DATA_BLOCK: 0x80,
  SLOT_STATUS_ANSWER: 0x81,
  PARAMETERS: 0x82,
} as const;

/** The answer's status byte, CCID 1.1 table 6.2-3. */
export const CARD_STATUS = { ACTIVE: 0x00, INACTIVE: 0x01, TIME_EXTENSION: 0x80 } as const;

/** Every message begins with a header of this length. */
export const HEADER_LENGTH = 10;

/** A message of the host. */
export interface CcidMessage {
  readonly type: number;
  readonly sequence: number;
  readonly data: Bytes;
}

/** Takes the first whole message off the bytes received so far; null while it is incomplete. */
export function takeMessage(received: Bytes): { readonly message: CcidMessage; readonly rest: Bytes } | null {
  try {
    const reader = new ByteReader(received);
    const type = reader.u8();
    const length = reader.u32le();
    reader.u8();
    const sequence = reader.u8();
    reader.take(3);
    return { message: { type, sequence, data: reader.take(length) }, rest: reader.rest() };
  } catch (error) {
    if (error instanceof BridgeError) return null;
    throw error;
  }
}

/** A message of the reader; `status` and `error` are bytes 7 and 8. */
export function encodeMessage(
  type: number,
  sequence: number,
  { status, error = 0, data = new Uint8Array(0) }: { status: number; error?: number; data?: Bytes },
): Bytes {
  return Uint8Array.of(type, ...u32le(data.length), 0, sequence, status, error, 0, ...data);
}
