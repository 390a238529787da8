import { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";
import { COMMAND } from "./commands.ts";
import { encodeRequest } from "./report.ts";

const SLOTS_ON_DOUBLE_PRESS = 3;
const NO_SERIALS: readonly number[] = [0, 0xffff_ffff];

/** What a Nitrokey tells about itself. */
export interface TokenStatus {
  readonly firmwareMajor: number;
  readonly firmwareMinor: number;
  /** The smart card's number as 8 hexadecimal digits; null where the firmware does not fill it in (Storage). */
  readonly serialNumber: string | null;
  /** True when codes are given out against the user PIN only. */
  readonly pinForCodes: boolean;
}

/** GET_STATUS. */
export function encodeGetStatus(): Bytes {
  return encodeRequest(COMMAND.GET_STATUS);
}

/** The result of GET_STATUS. */
export function decodeGetStatus(result: Bytes): TokenStatus {
  const reader = new ByteReader(result);
  const firmwareMinor = reader.u8();
  const firmwareMajor = reader.u8();
  const serial = reader.u32le();
  reader.take(SLOTS_ON_DOUBLE_PRESS);
  return {
    firmwareMajor,
    firmwareMinor,
    serialNumber: NO_SERIALS.includes(serial) ? null : serial.toString(16).padStart(8, "0"),
    // Erased flash reads 255: only 1 means that the PIN was switched on.
    pinForCodes: reader.u8() === 1,
  };
}
