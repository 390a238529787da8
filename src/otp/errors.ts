import { OathError } from "../core/errors.ts";

/**
 * - `malformed-code`: not exactly as many ASCII digits as the token shows. Normalise what a person typed first.
 * - `malformed-seed`: a seed no code can be computed from (empty secret, unknown hash, digits or period out of range).
 * - `inventory-forgotten`: `forget` was called while a search was under way.
 * - `part-lost`: a part of an inventory that was searched elsewhere is gone. The engine searches it itself then: only who
 *   brings parts of his own meets it.
 */
export type OtpErrorCode = "malformed-code" | "malformed-seed" | "inventory-forgotten" | "part-lost";

/** The engine was given a code or a seed that cannot be right, or lost what it worked on. Never names code or secret. */
export class OtpError extends OathError {
  override readonly name = "OtpError";
  readonly code: OtpErrorCode;

  constructor(code: OtpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What a search rejects with whose inventory was let go of. */
export function inventoryForgotten(): OtpError {
  return new OtpError("inventory-forgotten", "The inventory was forgotten while it was searched.");
}
