import { OathError } from "../core/errors.ts";

/**
 * Why a file cannot be read at all.
 * - `not-readable`: the browser or system could not read the file (moved, removed, or access lost).
 * - `empty-file`: no bytes, only blanks, or a frame without a single token in it.
 * - `not-text`: binary data.
 * - `unsupported-text-encoding`: text, but neither UTF-8 nor UTF-16.
 * - `unsupported-picture`: a picture that cannot be decoded, or not here (Node has no decoder).
 * - `no-qr-code`: a picture without a QR code that can be read.
 * - `unknown-format`: text of no known format. A table may still be read with the option `columns`: `details` then says so.
 * - `ambiguous-encoding`: the secrets may be hex as well as base32 or base64; the option `secretEncoding` decides.
 * - `malformed`: the format is known, the file breaks its rules.
 * - `doctype-refused`: an XML document type or entity declaration.
 * - `unsupported-encryption`: encrypted PSKC with an algorithm that is not served; `details.algorithm` names it.
 * - `key-required`: encrypted PSKC; `details.needs` says whether a key or a password is wanted.
 * - `wrong-key`: the key or password does not open the file.
 * - `mac-mismatch`, `mac-missing`: the file promises a MAC for each value, and one is wrong or absent.
 * - `too-many-iterations`: the password's derivation would take longer than allowed.
 * - `too-large`: over a limit of the format, as a whole or in one of its parts.
 */
export type SeedFileErrorCode =
  | "not-readable"
  | "empty-file"
  | "not-text"
  | "unsupported-text-encoding"
  | "unsupported-picture"
  | "no-qr-code"
  | "unknown-format"
  | "ambiguous-encoding"
  | "malformed"
  | "doctype-refused"
  | "unsupported-encryption"
  | "key-required"
  | "wrong-key"
  | "mac-mismatch"
  | "mac-missing"
  | "too-many-iterations"
  | "too-large";

/** What more there is to know about a refusal; which of them are set depends on the code. Plain data, nothing secret. */
export interface SeedFileErrorDetails {
  /** The option that would let the file be read: `key-required`, `ambiguous-encoding`, `unknown-format`. */
  readonly needs?: "key" | "password" | "secretEncoding" | "columns";
  /** `unknown-format` of a table: how many columns most rows have. */
  readonly columnCount?: number;
  /** The same: the names in the first row, where that is surely no token; one that may be a secret is empty. */
  readonly columnNames?: readonly string[];
  /** `unsupported-encryption`: the algorithm as the file names it. */
  readonly algorithm?: string;
  /** `wrong-key`: bytes that a pre-shared key for this file must have, where the one given has another length. */
  readonly keyBytes?: number;
  /** `too-many-iterations`: what the file asks for. */
  readonly iterations?: number;
}

/** A seed file cannot be read. Nothing of it was kept; neither the message nor the details name a secret. */
export class SeedFileError extends OathError {
  override readonly name = "SeedFileError";
  readonly code: SeedFileErrorCode;
  readonly details: SeedFileErrorDetails;

  constructor(
    code: SeedFileErrorCode,
    message: string,
    options?: ErrorOptions & { readonly details?: SeedFileErrorDetails },
  ) {
    super(message, options);
    this.code = code;
    this.details = options?.details ?? {};
  }
}
