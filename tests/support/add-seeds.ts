import type { Seed } from "../../src/otp/index.ts";
import type { Database } from "../../src/vault/database.ts";
import { ImportJournal } from "../../src/vault/import-journal.ts";
import type { SeedVault } from "../../src/vault/seed-vault.ts";
import type { InventoryDuplicate } from "../../src/vault/seed-write.ts";

/** Imports seeds as a seed file's are, in blocks of `blockSize`, and wipes them. */
export async function addSeeds(
  { database, vault }: { readonly database: Database; readonly vault: SeedVault },
  seeds: readonly Seed[],
  options: { replace?: boolean; signal?: AbortSignal; blockSize?: number; nowMs?: number } = {},
): Promise<{ importId: string; added: number; duplicates: InventoryDuplicate[] }> {
  const { replace = false, signal, blockSize = 1024, nowMs = 1_767_225_610_000 } = options;
  const duplicates: InventoryDuplicate[] = [];
  const onDuplicates = (found: readonly InventoryDuplicate[]) => duplicates.push(...found);
  const journal = new ImportJournal(database, () => nowMs);
  return await journal.import(
    { vault, replace, onDuplicates },
    async (running) => {
      for (let start = 0; start < seeds.length; start += blockSize) {
        await running.take(seeds.slice(start, start + blockSize));
      }
      await running.flush();
      const replaced = duplicates.filter(({ outcome }) => outcome === "replaced").length;
      return { importId: running.importId, added: running.imported - replaced, duplicates };
    },
    signal ? { signal } : {},
  );
}
