import type { Bytes } from "../../core/bytes.ts";
import { u16le, u32le } from "../usb/little-endian.ts";

const TYPE = 0x21;
const LENGTH = 54;
const T1 = 2;
const DEFAULT_CLOCK_KHZ = 0xdfc;
const DATA_RATE = 0x2580;
const INFORMATION_FIELD = 0xfe;
/** Short and extended APDUs, everything else done by the reader itself. */
const FEATURES = 0x40840;

/** The class descriptor of a reader that takes whole APDUs, CCID 1.1 table 5.1-1. Pico's WebCCID leaves out its last byte. */
export function ccidClassDescriptor(longestMessage: number, length = LENGTH): Bytes {
  const body = [
    [...u16le(0x0110), 0, 1, ...u32le(T1)],
    [...u32le(DEFAULT_CLOCK_KHZ), ...u32le(DEFAULT_CLOCK_KHZ), 0],
    [...u32le(DATA_RATE), ...u32le(DATA_RATE), 0, ...u32le(INFORMATION_FIELD), ...u32le(0), ...u32le(0)],
    [...u32le(FEATURES), ...u32le(longestMessage), 0xff, 0xff, ...u16le(0), 0, 1],
  ].flat();
  return Uint8Array.of(length, TYPE, ...body.slice(0, length - 2));
}
