import { ByteReader } from "../../core/byte-reader.ts";
import type { Bytes } from "../../core/bytes.ts";

const POLYNOMIAL = 0x04c11db7;

/** The CRC unit of an STM32 (reference manual RM0008, chapter 4): 32-bit words, nothing reflected, nothing inverted. */
export function stm32Checksum(bytes: Bytes): number {
  const reader = new ByteReader(bytes);
  let checksum = 0xffffffff;
  while (reader.remaining > 0) {
    checksum = (checksum ^ reader.u32le()) >>> 0;
    for (let bit = 0; bit < 32; bit += 1) {
      const isHigh = checksum >= 0x80000000;
      checksum = (isHigh ? (checksum << 1) ^ POLYNOMIAL : checksum << 1) >>> 0;
    }
  }
  return checksum;
}
