import type { Database } from "./database.ts";
import type { SeedRecord } from "./records.ts";
import type { SeedVault } from "./seed-vault.ts";
import { VaultSeedSource } from "./vault-seed-source.ts";

/** Which tokens to list. */
export interface InventoryQuery {
  readonly text?: string;
  readonly assigned?: boolean;
  readonly offset?: number;
  readonly limit?: number;
}

/** A token of the list: its stored record without the sealed secret. */
export interface InventoryEntry {
  readonly record: Omit<SeedRecord, "sealedSecret">;
  readonly assigned: boolean;
}

const DEFAULT_LIMIT = 100;

/** The tokens we know the seeds of. */
export class SeedInventory {
  readonly #database: Database;
  readonly #vault: SeedVault;

  constructor(database: Database, vault: SeedVault) {
    this.#database = database;
    this.#vault = vault;
  }

  list({ text, assigned, offset = 0, limit = DEFAULT_LIMIT }: InventoryQuery): Promise<InventoryEntry[]> {
    const wanted = text?.trim().toUpperCase();
    return this.#database.read(async (database) => {
      const owned = new Set(await database.getAllKeys("devices"));
      const entries: InventoryEntry[] = [];
      let passed = 0;
      let cursor = await database.transaction("seeds").store.openCursor();
      while (cursor && entries.length < limit) {
        const { sealedSecret: _, ...record } = cursor.value;
        const entry = { record, assigned: owned.has(record.serialNumber) };
        const fits = (assigned === undefined || entry.assigned === assigned) && matches(record, wanted);
        if (fits && passed < offset) passed += 1;
        else if (fits) entries.push(entry);
        cursor = await cursor.continue();
      }
      return entries;
    });
  }

  /** The inventory as it is now, to be searched. Rejects with `vault-locked`. */
  async openSource(): Promise<VaultSeedSource> {
    await this.#vault.requireOpen();
    return await VaultSeedSource.open(this.#database, this.#vault);
  }
}

function matches(record: Omit<SeedRecord, "sealedSecret">, wanted: string | undefined): boolean {
  if (!wanted) return true;
  return [record.serialNumber, record.manufacturer, record.model].some((text) =>
    text?.toUpperCase().includes(wanted),
  );
}
