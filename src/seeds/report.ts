import type { Bytes } from "../core/bytes.ts";
import type { Algorithm, Digits, Seed } from "../otp/seed.ts";

/**
 * The formats recognised.
 * - `csv-entra`: Microsoft Entra's upload and the vendors' files for it. `csv-named`: any other CSV whose first row names its
 *   columns. `csv-columns`: any CSV, read with the option `columns`.
 * - `csv-oath`: serial, key, type, digits, step or counter, hash (privacyIDEA, LinOTP, NetIQ). `csv-privacyidea`: the same
 *   behind user, resolver and realm. `csv-serial-key`: serial, key, counter (Duo).
 * - `csv-multiotp`, `csv-nexus`; `csv-yubico` and `csv-yubico-log`: the two formats of YubiKey's personalization tool.
 * - `pam-oath`: the users file of pam_oath. `safeword`: .dat. `safenet-xml`, `deepnet-xml`. `otpauth`: URIs, one a line, or
 *   a picture of the QR code of one.
 */
export type SeedFormat =
  | "pskc"
  | "safenet-xml"
  | "deepnet-xml"
  | "safeword"
  | "otpauth"
  | "pam-oath"
  | "csv-entra"
  | "csv-named"
  | "csv-privacyidea"
  | "csv-yubico"
  | "csv-yubico-log"
  | "csv-multiotp"
  | "csv-oath"
  | "csv-nexus"
  | "csv-serial-key"
  | "csv-columns";

/**
 * Why a row (CSV) or key (PSKC) was not read.
 * - `missing-serial`, `missing-secret`: the cell or element is empty or absent.
 * - `bad-serial`: longer than 256 characters, with control, invisible or damaged characters, or rewritten by a spreadsheet (1.23E+11).
 * - `shortened-serial`: shorter than nearly all others, as if a spreadsheet had removed zeros at its beginning.
 * - `bad-secret`: not decodable in the file's encoding, longer than 256 bytes, or shorter than `leastSecretBytes`.
 * - `bad-interval`, `bad-counter`, `bad-drift`, `bad-date`: a number or date that cannot be.
 * - `bad-uri`: a line that is no whole otpauth URI, or an export of several accounts in one.
 * - `too-few-columns`: the row ends early, or a quotation mark in it is never closed.
 * - `too-many-columns`: the row has more filled cells than the header has names, so its cells may have moved.
 * - `duplicate-serial`: the file has this serial number further up.
 * - `unsupported-algorithm`, `unsupported-digits`, `unsupported-encoding`, `unsupported-policy`: a kind of token the engine
 *   does not serve, or a key whose own policy forbids this use.
 * - `encrypted-value`: an encrypted value of the key is damaged, though others of the file can be read.
 */
export type SeedProblem =
  | "missing-serial"
  | "missing-secret"
  | "bad-serial"
  | "shortened-serial"
  | "bad-secret"
  | "bad-interval"
  | "bad-counter"
  | "bad-drift"
  | "bad-date"
  | "bad-uri"
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
  /**
   * From 1. CSV and other formats of lines: the line of the file on which the row or record begins. XML: the place of the key
   * or token among all of the file.
   */
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
  /** For formats that do not fix it: how the secrets are written, and why that is sure. */
  readonly secretEncoding?: DecidedEncoding;
}

/** Some rows of a file, in the order of the file. Whoever receives it owns the secrets and wipes them. */
export interface SeedBlock {
  readonly seeds: readonly Seed[];
  readonly skipped: readonly SkippedRow[];
}

/** What a file held besides what its blocks brought. */
export type SeedFileSummary = Omit<SeedFileReport, "seeds" | "skipped">;

/** In what form a file's secrets were read. */
export interface DecidedEncoding {
  readonly form: "hex" | "base32" | "base64";
  /**
   * - `told`: by the caller. - `column-name`: the column's name says so.
   * - `content`: characters that the other forms do not have. - `length`: only so are the secrets of a usual length.
   * - `format`: the content fits several, and the format says which.
   */
  readonly reason: "told" | "column-name" | "content" | "length" | "format";
  /** A sentence for the report. */
  readonly message: string;
}

/** What a CSV column can hold, for the option `columns`. `driftSteps`: the token's step minus ours. */
export type ColumnRole =
  | "serialNumber"
  | "secret"
  | "type"
  | "periodSeconds"
  | "digits"
  | "algorithm"
  | "counter"
  | "driftSteps"
  | "manufacturer"
  | "model";

/** How a seed file is to be read; nothing is required. An option without a meaning is refused by `RangeError`. */
export interface ReadSeedFileOptions {
  /** Recognised from the content unless told; a file of another format is refused as `unknown-format` or `malformed`. */
  readonly format?: SeedFormat;
  /**
   * For encrypted PSKC: the pre-shared key, 16, 24 or 32 bytes. It stays the caller's, who wipes it; the reader's own copy is
   * wiped when it has finished.
   */
  readonly key?: Bytes;
  /** For encrypted PSKC: the password, of any length, in UTF-8 as PBKDF2's input. A string cannot be wiped: keep it short-lived. */
  readonly password?: string;
  /**
   * For encrypted PSKC: rounds of PBKDF2 that a file may ask for, from 1 to 2 147 483 647; 5 000 000 unless told, a few
   * seconds. A file that asks for more is refused as `too-many-iterations`.
   */
  readonly maxPbkdf2Iterations?: number;
  /** How the secrets of a CSV are written; decided by the content unless told, or refused as `ambiguous-encoding`. */
  readonly secretEncoding?: "hex" | "base32" | "base64";
  /**
   * For a CSV of no known format: which column holds what, by its name in the first row or by its index from 0. With any name
   * the first row is no token. `serialNumber` and `secret` are required.
   */
  readonly columns?: Readonly<Partial<Record<ColumnRole, string | number>>>;
  /** What tokens are where a text format leaves it open, in place of that format's own assumption. */
  readonly defaults?: SeedDefaults;
  /** Takes serial numbers that look shortened by a spreadsheet as they stand. */
  readonly acceptShortSerials?: boolean;
  /**
   * Rows with a shorter secret are skipped as `bad-secret`; from 1 to 256, 1 unless told, for RFC 6030 itself shows a secret
   * of 4 bytes (figure 2). RFC 4226 section 4 (R6) asks for 16, and tokens in use have 10 or more.
   */
  readonly leastSecretBytes?: number;
  /**
   * Bytes of the largest file that is read, from 1 to 2 147 483 647; unless told 200 MB of XML and of text, of which half a
   * megabyte is in memory at once, and 20 MB of a picture, which is held as a whole. A larger file is refused as `too-large`.
   */
  readonly maxFileBytes?: number;
  /** Tokens of the largest file that is read, from 1 to 10 000 000; 1 000 000 unless told. More are refused as `too-large`. */
  readonly maxTokens?: number;
  /** Stops the reading: it rejects with the signal's reason, within some milliseconds, and keeps nothing. */
  readonly signal?: AbortSignal;
  /**
   * Rows or keys read so far, and about how many there are: an estimate until the end, never less than `done`. Called some
   * hundred times at the most, in the order of the file, and once more at its end.
   */
  readonly onProgress?: (done: number, total: number) => void;
}

/** For rows that do not say. PSKC has its own assumptions (RFC 6030), and so have otpauth URIs: there it is not heard. */
export interface SeedDefaults {
  readonly type?: "totp" | "hotp";
  /** 6, 7 or 8. */
  readonly digits?: Digits;
  /** TOTP: seconds of a time step, from 1 to 31 536 000. */
  readonly periodSeconds?: number;
  /** SHA1, SHA256 or SHA512; where a format tells the hash by the key's length, that comes first. */
  readonly algorithm?: Algorithm;
}
