import type { Bytes } from "../core/bytes.ts";
import type { Seed } from "../otp/seed.ts";

/** The formats recognised. */
export type SeedFormat = "pskc" | "csv-entra";

/**
 * Why a row (CSV) or key (PSKC) was not read.
 * - `missing-serial`, `missing-secret`: the cell or element is empty or absent.
 * - `bad-serial`: longer than 256 characters, with control, invisible or damaged characters, or rewritten by a spreadsheet (1.23E+11).
 * - `bad-secret`: not decodable in the file's encoding, longer than 256 bytes, or shorter than `leastSecretBytes`.
 * - `bad-interval`, `bad-counter`, `bad-drift`, `bad-date`: a number or date that cannot be.
 * - `too-few-columns`: the row ends early, or a quotation mark in it is never closed.
 * - `too-many-columns`: the row has more filled cells than the header has names, so its cells may have moved.
 * - `duplicate-serial`: the file has this serial number further up.
 * - `unsupported-algorithm`, `unsupported-digits`, `unsupported-encoding`, `unsupported-policy`: a kind of token the engine
 *   does not serve, or a key whose own policy forbids this use.
 * - `encrypted-value`: a number of the key is encrypted though its secret is not.
 */
export type SeedProblem =
  | "missing-serial"
  | "missing-secret"
  | "bad-serial"
  | "bad-secret"
  | "bad-interval"
  | "bad-counter"
  | "bad-drift"
  | "bad-date"
  | "too-few-columns"
  | "too-many-columns"
  | "duplicate-serial"
  | "unsupported-algorithm"
  | "unsupported-digits"
  | "unsupported-encoding"
  | "unsupported-policy"
  | "encrypted-value";

/** A row that gave no seed. Nothing secret is in it. */
export interface SkippedRow {
  /** CSV: the line of the file on which the row begins; PSKC: the key's place in the file. Both count from 1. */
  readonly row: number;
  /** Left out where it is unknown, or where it looks like a secret in the wrong column. */
  readonly serialNumber?: string;
  readonly code: SeedProblem;
  /** A sentence that says what to do. */
  readonly message: string;
}

/** What a file held. */
export interface SeedFileReport {
  readonly format: SeedFormat;
  readonly seeds: readonly Seed[];
  readonly skipped: readonly SkippedRow[];
}

export interface ReadSeedFileOptions {
  /** Recognised from the content unless told. */
  readonly format?: SeedFormat;
  /** For encrypted PSKC: the pre-shared key. */
  readonly key?: Bytes;
  /** For encrypted PSKC: the password. */
  readonly password?: string;
  /** For a CSV whose encoding is ambiguous. */
  readonly secretEncoding?: "hex" | "base32" | "base64";
  /**
   * Rows with a shorter secret are skipped as `bad-secret`; from 1 to 256, 1 unless told, for RFC 6030 itself shows a secret
   * of 4 bytes (figure 2). RFC 4226 section 4 (R6) asks for 16, and tokens in use have 10 or more.
   */
  readonly leastSecretBytes?: number;
  readonly signal?: AbortSignal;
  /** Rows or keys read so far, and about how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}
