import type { Bytes } from "../../src/core/bytes.ts";
import type { Algorithm, Seed } from "../../src/otp/index.ts";

/** Secrets as long as the hash, as RFC 6238's own are. */
export const SECRET_BYTES = { SHA1: 20, SHA256: 32, SHA512: 64 } as const satisfies Record<Algorithm, number>;

/** The moment all searches are judged at: 2025-10-06T10:00:00Z. A fixed one, so that runs do the same work. */
export const AT_MS = 1_759_744_800_000;

/** A TOTP seed of the bench: 6 digits, 30 seconds. */
export function seedOf(serialNumber: string, secret: Bytes, algorithm: Algorithm = "SHA1"): Seed {
  return {
    serialNumber,
    type: "totp",
    secret,
    algorithm,
    digits: 6,
    periodSeconds: 30,
    t0Seconds: 0,
    counter: 0,
    driftSteps: 0,
  };
}

/**
 * Pseudo-random bytes (xorshift32, Marsaglia 2003), the same for the same `seed` anywhere. Good enough to spread secrets,
 * good for nothing else.
 */
export function pseudoRandomBytes(length: number, seed: number): Bytes {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  for (let index = 0; index < words.length; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}

/** A whole number in 0 … `below` − 1. */
export function randomBelow(below: number): number {
  return Math.floor(Math.random() * below);
}

/** The same things in random order (Fisher and Yates). */
export function randomOrder<T>(things: readonly T[]): T[] {
  const mixed = [...things];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = randomBelow(last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}
