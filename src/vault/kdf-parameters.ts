import type { Argon2Cost } from "./argon2.ts";
import { VaultError } from "./errors.ts";

/** How a passphrase becomes a key; stored with what that key wraps. */
export type KdfParameters =
  | ({ readonly kdf: "Argon2id" } & Argon2Cost)
  | {
      readonly kdf: "PBKDF2-SHA256";
      readonly iterations: number;
    };

/**
 * OWASP's least (Password Storage Cheat Sheet: 19 MiB with two passes, 46 MiB with one), and the most we accept from
 * storage, so that a tampered header can neither weaken the key nor exhaust the machine.
 */
export const ARGON2_LIMITS = {
  leastMemoryKiB: 19 * 1024,
  leastMemoryForOnePassKiB: 46 * 1024,
  mostMemoryKiB: 256 * 1024,
  mostPasses: 10,
} as const;

/** Rounds of PBKDF2-SHA-256: OWASP's least, ours, and the most we accept from storage. */
export const PBKDF2_ITERATIONS = { least: 600_000, ours: 1_200_000, most: 5_000_000 } as const;

/** Throws `store-corrupt` unless the parameters are between the limits on both sides. Nothing is computed or allocated. */
export function requireKdfParameters(parameters: KdfParameters): void {
  if (!isInRange(parameters)) {
    throw new VaultError("store-corrupt", "The vault's header was changed from outside. Restore a backup.");
  }
}

/** Measuring a machine twice gives two costs: only one that is so many times the other is another. */
const CLEARLY_MORE = 2;

/**
 * True when a vault kept under `stored` ought to be kept under `chosen` instead: Argon2id for PBKDF2; more rounds; or clearly
 * more work in no less memory.
 */
export function isStronger(chosen: KdfParameters, stored: KdfParameters): boolean {
  if (stored.kdf === "PBKDF2-SHA256") {
    return chosen.kdf === "Argon2id" || chosen.iterations > stored.iterations;
  }
  return (
    chosen.kdf === "Argon2id" &&
    chosen.memoryKiB >= stored.memoryKiB &&
    argon2Work(chosen) >= CLEARLY_MORE * argon2Work(stored)
  );
}

/** Mebibytes passed over: what the time of Argon2id is proportional to. */
export function argon2Work({ memoryKiB, passes }: Argon2Cost): number {
  return (memoryKiB / 1024) * passes;
}

function isInRange(parameters: KdfParameters): boolean {
  switch (parameters.kdf) {
    case "Argon2id": {
      const { memoryKiB, passes } = parameters;
      const { leastMemoryKiB, leastMemoryForOnePassKiB, mostMemoryKiB, mostPasses } = ARGON2_LIMITS;
      const least = passes === 1 ? leastMemoryForOnePassKiB : leastMemoryKiB;
      return isWholeWithin(passes, 1, mostPasses) && isWholeWithin(memoryKiB, least, mostMemoryKiB);
    }
    case "PBKDF2-SHA256":
      return isWholeWithin(parameters.iterations, PBKDF2_ITERATIONS.least, PBKDF2_ITERATIONS.most);
    default:
      return false;
  }
}

/** What comes from storage may be of any type. */
function isWholeWithin(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}
