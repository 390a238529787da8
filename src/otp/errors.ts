import { OathError } from "../core/errors.ts";

/**
 * - `malformed-code`: not exactly as many ASCII digits as the token shows. Normalise what a person typed first.
 * - `malformed-seed`: a seed no code can be computed from (empty secret, unknown hash, digits or period out of range).
 */
export type OtpErrorCode = "malformed-code" | "malformed-seed";

/** The engine was given a code or a seed that cannot be right. Never names the code or the secret. */
export class OtpError extends OathError {
  override readonly name = "OtpError";
  readonly code: OtpErrorCode;

  constructor(code: OtpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
