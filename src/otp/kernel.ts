import type { Bytes } from "../core/bytes.ts";
import type { Algorithm, Digits } from "./seed.ts";

/** A secret made ready for many codes: HMAC's inner and outer states are computed once (RFC 2104 section 4). */
export interface HotpKey {
  /**
   * Writes the numeric codes (0 … 10^digits − 1) of the moving factors `firstMovingFactor`, + 1, + 2 … into `codes`, one
   * for each of its elements. Moving factors are whole numbers in 0 … 2^53 − 1.
   */
  writeCodes(codes: Uint32Array, firstMovingFactor: number, digits: Digits): void;
}

/** Computes codes in bulk. It knows HOTP (RFC 4226 section 5.3) and nothing about time, windows or tokens. */
export interface HotpKernel {
  readonly name: string;
  prepare(secret: Bytes, algorithm: Algorithm): HotpKey;
}
