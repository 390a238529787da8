import type { Seed } from "./seed.ts";

/** Why no code can be computed from a seed, in words without a secret in them; null when one can. */
export function seedProblem(seed: Seed): string | null {
  if (seed.secret.length === 0) return "its secret is empty";
  if (!["SHA1", "SHA256", "SHA512"].includes(seed.algorithm)) return "its hash is unknown";
  if (![6, 7, 8].includes(seed.digits)) return "it has not 6, 7 or 8 digits";
  if (seed.type === "totp" && !(seed.periodSeconds > 0 && Number.isFinite(seed.periodSeconds))) {
    return "its time step is not a positive number of seconds";
  }
  if (seed.type === "hotp" && !(Number.isSafeInteger(seed.counter) && seed.counter >= 0)) {
    return "its counter is not a whole number in 0 … 2^53 − 1";
  }
  return null;
}
