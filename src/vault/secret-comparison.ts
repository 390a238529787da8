import { wipe } from "../core/bytes.ts";
import type { Seed } from "../otp/seed.ts";
import { VaultError } from "./errors.ts";
import { revisionOf, type SealedFacts, type SeedRecord, type TokenRecord } from "./records.ts";
import type { SeedVault } from "./seed-vault.ts";
import type { Replacement } from "./seed-write.ts";

/** Marks put by that are surely of another secret than the seed that comes to their token, by serial number. */
export type DifferingMarks = ReadonlyMap<string, ReadonlySet<string>>;

/** Seeds that come, each with the record it was sealed into. */
export interface ComingSeeds {
  readonly seeds: readonly Seed[];
  readonly records: readonly SeedRecord[];
}

/** Pairs each record that takes another's place with what it replaces, and says whether the secret stays the same. */
export async function compareWithKnown(
  vault: SeedVault,
  { seeds, records }: ComingSeeds,
  known: ReadonlyMap<string, SeedRecord>,
): Promise<Replacement[]> {
  const compared = records.map(async (record, index): Promise<Replacement | null> => {
    const before = known.get(record.serialNumber);
    const seed = seeds[index];
    if (!before || !seed) return null;
    const sameSecret = await mayBeSecret(vault, seed, before);
    return { record, known: before, sameSecret };
  });
  return (await Promise.all(compared)).filter((replacement) => replacement !== null);
}

/** Opens the counters' marks put by of these tokens, and says which are of another secret than the seed that comes. */
export async function compareWithRetired(
  vault: SeedVault,
  { seeds }: ComingSeeds,
  tokens: ReadonlyMap<string, TokenRecord>,
): Promise<DifferingMarks> {
  const compared = seeds.map(async (seed): Promise<[string, Set<string>] | null> => {
    // Used time steps are used whatever the secret: nothing to compare.
    const marks = tokens.get(seed.serialNumber)?.retired?.filter(({ type }) => type === "hotp") ?? [];
    if (seed.type !== "hotp" || marks.length === 0) return null;
    const differing = new Set<string>();
    for (const mark of marks) {
      if (!(await mayBeSecret(vault, seed, mark))) differing.add(revisionOf(mark.sealedSecret));
    }
    return [seed.serialNumber, differing];
  });
  return new Map((await Promise.all(compared)).filter((one) => one !== null));
}

/** What cannot be opened any more may be the same: what was used then stays used. Rejects with `vault-locked`. */
async function mayBeSecret(vault: SeedVault, seed: Seed, sealed: SealedFacts): Promise<boolean> {
  try {
    const secret = await vault.openSecret(sealed);
    const isSame = equalBytes(secret, seed.secret);
    wipe(secret);
    return isSame;
  } catch (error) {
    if (error instanceof VaultError && error.code === "store-corrupt") return true;
    throw error;
  }
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
