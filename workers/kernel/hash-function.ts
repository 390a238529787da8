import type { Algorithm } from "../../src/otp/seed.ts";

/**
 * A hash of the SHA family as its compression function (FIPS 180-4, 6), on 32-bit words; SHA-512's words stand as high and
 * low halves, so that all three look the same from outside.
 */
export interface HashFunction {
  /** Words of a block: 16, SHA-512: 32. */
  readonly blockWords: number;
  /** The initial state. Its length is the digest's: 5, 8, 16. */
  readonly start: Int32Array;
  /** Compresses `block` into the state at `from[at]`; the result goes to `to[toAt]`, which may be in `block`. */
  compress(from: Int32Array, at: number, block: Int32Array, to: Int32Array, toAt: number): void;
  /** Wipes what is left of the last block, where anything is. */
  wipe(): void;
}

/** One of everything, by algorithm. */
export type ByAlgorithm<T> = Readonly<Record<Algorithm, T>>;
