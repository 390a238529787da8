import { LIMITS } from "./limits.ts";
import type { ReadSeedFileOptions } from "./report.ts";
import { isTextForm } from "./secret.ts";

/** Throws `RangeError` for an option that has no meaning: types do not reach callers in JavaScript. */
export function checkOptions({ secretEncoding, leastSecretBytes }: ReadSeedFileOptions): void {
  if (secretEncoding !== undefined && !isTextForm(secretEncoding)) {
    throw new RangeError("There is no such secretEncoding. Known are “hex”, “base32” and “base64”.");
  }
  if (leastSecretBytes === undefined) return;
  const whole = Number.isSafeInteger(leastSecretBytes);
  if (!whole || leastSecretBytes < 1 || leastSecretBytes > LIMITS.secretBytes) {
    throw new RangeError(`leastSecretBytes takes a whole number from 1 to ${LIMITS.secretBytes}.`);
  }
}
