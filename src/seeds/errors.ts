import { OathError } from "../core/errors.ts";

/**
 * Why a file cannot be read at all.
 * - `empty-file`: no bytes, or only blanks.
 * - `not-text`: binary data.
 * - `unsupported-text-encoding`: text, but not UTF-8.
 * - `unknown-format`: text of no known format.
 * - `malformed`: the format is known, the file breaks its rules.
 * - `doctype-refused`: an XML document type or entity declaration.
 * - `unsupported-encryption`, `key-required`, `wrong-key`, `mac-mismatch`, `mac-missing`: encrypted PSKC.
 * - `too-large`: over the limit of the format.
 */
export type SeedFileErrorCode =
  | "empty-file"
  | "not-text"
  | "unsupported-text-encoding"
  | "unknown-format"
  | "malformed"
  | "doctype-refused"
  | "unsupported-encryption"
  | "key-required"
  | "wrong-key"
  | "mac-mismatch"
  | "mac-missing"
  | "too-large";

/** A seed file cannot be read. Nothing of it was kept; the message names no secret. */
export class SeedFileError extends OathError {
  override readonly name = "SeedFileError";
  readonly code: SeedFileErrorCode;

  constructor(code: SeedFileErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
