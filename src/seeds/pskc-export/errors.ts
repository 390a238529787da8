import { OathError } from "../../core/errors.ts";

/**
 * Why tokens cannot be written to a file.
 * - `no-seeds`: none were chosen.
 * - `weak-password`: shorter than 8 characters.
 * - `unsupported-seed`: a token that PSKC has no words for; the message names its serial number.
 */
export type SeedExportErrorCode = "no-seeds" | "weak-password" | "unsupported-seed";

/** Nothing was written. The message names no secret. */
export class SeedExportError extends OathError {
  override readonly name = "SeedExportError";
  readonly code: SeedExportErrorCode;

  constructor(code: SeedExportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
