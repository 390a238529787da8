import type { Bytes } from "../core/bytes.ts";
import type { Algorithm, Digits } from "./seed.ts";

/**
 * Many secrets in one buffer, in order: the i-th ends where `ends[i]` says and begins where the one before it ends. Both
 * buffers may be transferred to a worker.
 */
export interface PackedSecrets {
  readonly bytes: Bytes;
  readonly ends: Uint32Array<ArrayBuffer>;
}

/**
 * A secret made ready for many codes: only HMAC's inner and outer states are kept (RFC 2104 section 4), not the secret.
 * Moving factors are whole numbers in 0 … 2^53 − 1 everywhere; the callee does not check them.
 */
export interface HotpKey {
  /**
   * Writes the numeric codes (0 … 10^digits − 1) of the moving factors `firstMovingFactor`, + 1, + 2 … into `codes`, one
   * for each of its elements.
   */
  writeCodes(codes: Uint32Array, firstMovingFactor: number, digits: Digits): void;
  /**
   * Looks for `code` among `count` moving factors from `firstMovingFactor` on. Returns where it was found as offsets from
   * the first, ascending. Computes every candidate, found or not.
   */
  findCodes(code: number, firstMovingFactor: number, count: number, digits: Digits): number[];
  /** Wipes the states. The key is of no use afterwards. */
  release(): void;
}

/**
 * The states of many secrets of one hash, numbered from 0 in the order they were added. Searches take keys `from` …
 * `to` − 1, return the numbers of those that fit, ascending, and compute every candidate, found or not.
 */
export interface HotpKeySet {
  readonly algorithm: Algorithm;
  /** Keys added so far. */
  readonly size: number;
  /** Adds secrets of 1 byte or more; the caller keeps (and wipes) them. Throws a `RangeError` beyond the capacity. */
  add(secrets: PackedSecrets): void;
  /** The numeric code of one key. */
  codeAt(key: number, movingFactor: number, digits: Digits): number;
  /** Keys that show `code` at one moving factor shared by all. */
  findKeys(code: number, movingFactor: number, digits: Digits, from: number, to: number): number[];
  /**
   * Keys that show `code`, each at its own moving factor: key `from + i` at `movingFactors[i]`. A negative one leaves that
   * key out.
   */
  findKeysAt(code: number, movingFactors: Float64Array, digits: Digits, from: number): number[];
  /** Wipes the states and lets their memory go. The set is of no use afterwards. */
  release(): void;
}

/** Computes codes in bulk. It knows HOTP (RFC 4226 section 5.3) and nothing about time, windows or tokens. */
export interface HotpKernel {
  /** For benchmarks and reports: `wasm-simd`, `typescript`, or an embedder's own. */
  readonly name: string;
  /** `secret` has 1 byte or more; it is not kept. */
  prepare(secret: Bytes, algorithm: Algorithm): HotpKey;
  /** An empty set with room for `capacity` keys; its memory is taken at once: 40 bytes a key for SHA1, 64, 128. */
  createKeySet(capacity: number, algorithm: Algorithm): HotpKeySet;
}
