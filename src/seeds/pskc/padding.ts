import type { Bytes } from "../../core/bytes.ts";

const BLOCK_BYTES = 16;

/** The lengths that secrets of tokens have, in bytes: those of the hashes of HMAC, and what vendors round them to. */
const USUAL_LENGTHS: readonly number[] = [10, 16, 20, 24, 32, 48, 64];

/** A value without its padding. */
export interface Unpadded {
  readonly bytes: Bytes;
  /** False when the padding looks as if the key had been another: it fits, yet by chance one in 16 does. */
  readonly plausible: boolean;
}

/**
 * Takes off the padding of XML Encryption (section 5.2): the last byte counts it, and what stands before that byte means
 * nothing; PKCS#7 is the special case that files in use have. Null when no padding ends like this.
 */
export function unpad(padded: Bytes): Unpadded | null {
  const count = padded.at(-1) ?? 0;
  if (count < 1 || count > BLOCK_BYTES || count > padded.length) return null;
  const bytes = padded.slice(0, -count);
  const isPkcs7 = padded.subarray(-count).every((byte) => byte === count);
  return { bytes, plausible: isPkcs7 || USUAL_LENGTHS.includes(bytes.length) };
}
