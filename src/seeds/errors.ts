import { OathError } from "../core/errors.ts";

/**
 * Why a file cannot be read at all.
 * - `not-readable`: the browser or system could not read the file (moved, removed, or access lost).
 * - `empty-file`: no bytes, only blanks, or a frame without a single token in it.
 * - `not-text`: binary data.
 * - `unsupported-text-encoding`: text, but not UTF-8.
 * - `unknown-format`: text of no known format.
 * - `malformed`: the format is known, the file breaks its rules.
 * - `doctype-refused`: an XML document type or entity declaration.
 * - `unsupported-encryption`, `key-required`, `wrong-key`, `mac-mismatch`, `mac-missing`: encrypted PSKC.
 * - `too-large`: over a limit of the format, as a whole or in one of its parts.
 */
export type SeedFileErrorCode =
  | "not-readable"
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
