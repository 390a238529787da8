import type { Bytes } from "../../core/bytes.ts";

/** USB numbers are little-endian (USB 2.0 section 8.1). */
export function u16le(value: number): readonly [number, number] {
  return [value & 0xff, (value >> 8) & 0xff];
}

/** Four bytes, little-endian. */
export function u32le(value: number): readonly [number, number, number, number] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff];
}

/** UTF-16, little-endian, as USB strings and Windows' registry have it. */
export function utf16le(text: string): Bytes {
  const codes = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return Uint8Array.from(codes.flatMap((code) => [...u16le(code)]));
}
