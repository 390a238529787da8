import type { Bytes } from "../core/bytes.ts";

/** The hash inside HMAC, in otpauth's spelling. */
export type Algorithm = "SHA1" | "SHA256" | "SHA512";

/** Length of a code in decimal digits. */
export type Digits = 6 | 7 | 8;

/** One token of an inventory: its seed and everything needed to compute its codes (RFC 4226, RFC 6238). */
export interface Seed {
  /** The manufacturer's number, 1–256 characters; never a number, for it may begin with zeros. */
  readonly serialNumber: string;
  readonly type: "totp" | "hotp";
  /** The shared secret. Whoever holds the last copy wipes it. */
  readonly secret: Bytes;
  readonly algorithm: Algorithm;
  readonly digits: Digits;
  /** TOTP: length of a time step in seconds, X of RFC 6238 section 4.1. */
  readonly periodSeconds: number;
  /** TOTP: Unix time in seconds from which steps are counted, T0 of RFC 6238 section 4.1. */
  readonly t0Seconds: number;
  /** HOTP: the next counter expected. */
  readonly counter: number;
  /** TOTP: the token's time step minus ours; ahead is positive. */
  readonly driftSteps: number;
  readonly manufacturer?: string;
  readonly model?: string;
  /** First moment of validity in Unix milliseconds. */
  readonly validFromMs?: number;
  /** Last moment of validity in Unix milliseconds. */
  readonly validUntilMs?: number;
}
