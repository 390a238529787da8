import { checkColumns } from "./csv/mapped.ts";
import { LIMITS } from "./limits.ts";
import type { ReadSeedFileOptions, SeedDefaults } from "./report.ts";
import { isTextForm } from "./secret.ts";

/**
 * Throws `RangeError` for an option that has no meaning, `TypeError` for a key or password of the wrong type: types do not
 * reach callers in JavaScript.
 */
export function checkOptions(options: ReadSeedFileOptions): void {
  const { secretEncoding, leastSecretBytes, maxPbkdf2Iterations, key, password } = options;
  if (secretEncoding !== undefined && !isTextForm(secretEncoding)) {
    throw new RangeError("There is no such secretEncoding. Known are “hex”, “base32” and “base64”.");
  }
  requireWithin("leastSecretBytes", leastSecretBytes, LIMITS.secretBytes);
  requireWithin("maxFileBytes", options.maxFileBytes, LIMITS.mostFileBytes);
  requireWithin("maxTokens", options.maxTokens, LIMITS.mostRows);
  requireWithin("maxPbkdf2Iterations", maxPbkdf2Iterations, LIMITS.pbkdf2.mostIterations);
  if (options.columns !== undefined) checkColumns(options.columns);
  if (options.defaults !== undefined) checkDefaults(options.defaults);
  if (key !== undefined && !isByteArray(key)) throw new TypeError("key takes bytes, as a Uint8Array.");
  if (password !== undefined && typeof password !== "string") throw new TypeError("password takes text.");
}

/** Never by instanceof: a frame's Uint8Array is another class than ours. */
function isByteArray(key: unknown): boolean {
  return Object.prototype.toString.call(key) === "[object Uint8Array]";
}

function requireWithin(name: string, value: number | undefined, most: number): void {
  if (value === undefined) return;
  if (!Number.isSafeInteger(value) || value < 1 || value > most) {
    throw new RangeError(`${name} takes a whole number from 1 to ${most}.`);
  }
}

function checkDefaults({ type, digits, periodSeconds, algorithm }: SeedDefaults): void {
  const known =
    (type === undefined || type === "totp" || type === "hotp") &&
    (digits === undefined || [6, 7, 8].includes(digits)) &&
    (algorithm === undefined || ["SHA1", "SHA256", "SHA512"].includes(algorithm));
  if (!known) {
    throw new RangeError(
      "defaults takes type totp or hotp, digits 6, 7 or 8, algorithm SHA1, SHA256 or SHA512, and periodSeconds.",
    );
  }
  requireWithin("defaults.periodSeconds", periodSeconds, LIMITS.periodSeconds);
}
