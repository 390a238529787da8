import type { Bytes } from "../core/bytes.ts";
import type { Algorithm } from "../otp/seed.ts";
import { LIMITS } from "./instructions.ts";

/** Hash name for WebCrypto, and its block length in bytes (FIPS 180-4 section 1). */
const HASHES = {
  SHA1: { name: "SHA-1", blockBytes: 64 },
  SHA256: { name: "SHA-256", blockBytes: 64 },
  SHA512: { name: "SHA-512", blockBytes: 128 },
} as const;

/**
 * A copy of the secret as a token can hold it, giving the same codes: longer than a block it is hashed (RFC 2104 section
 * 2), shorter than `leastBytes` it is padded with zeros. The caller wipes it. Throws `RangeError` when it is empty, or
 * longer than a token holds without being longer than a block (SHA512, 65–128 bytes).
 */
export async function fitSecret(secret: Bytes, algorithm: Algorithm, leastBytes: number): Promise<Bytes> {
  if (secret.length === 0) throw new RangeError("A credential needs a secret");
  const { name, blockBytes } = HASHES[algorithm];
  if (secret.length > blockBytes) return new Uint8Array(await crypto.subtle.digest(name, secret));
  if (secret.length > LIMITS.SECRET_BYTES) {
    throw new RangeError(`A secret of ${secret.length} bytes: a token holds ${LIMITS.SECRET_BYTES}`);
  }
  const fitted = new Uint8Array(Math.max(secret.length, leastBytes));
  fitted.set(secret);
  return fitted;
}
