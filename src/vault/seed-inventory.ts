import { wipe } from "../core/bytes.ts";
import type { Seed } from "../otp/seed.ts";
import type { Database } from "./database.ts";
import { changedElsewhere } from "./errors.ts";
import type { SeedRecord } from "./records.ts";
import { writeSeed, type InventoryDuplicate, type PreparedSeed } from "./seed-write.ts";
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
/** Seeds sealed at a time: enough to keep WebCrypto busy, few enough to notice an abort soon. */
const SEAL_BATCH = 256;

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

  /**
   * Adds all seeds in one transaction, or none. A serial number that is there already keeps its seed, or takes the new one
   * when `replace` is set and nobody owns the token; its used codes stay used. Wipes the secrets it was given.
   */
  async add(
    seeds: readonly Seed[],
    replace: boolean,
    signal?: AbortSignal,
  ): Promise<{ added: number; duplicates: InventoryDuplicate[] }> {
    try {
      const prepared = await this.#prepare(seeds, replace, signal);
      signal?.throwIfAborted();
      return await this.#write(prepared, replace);
    } finally {
      for (const seed of seeds) wipe(seed.secret);
    }
  }

  async #prepare(seeds: readonly Seed[], replace: boolean, signal?: AbortSignal): Promise<PreparedSeed[]> {
    const prepared: PreparedSeed[] = [];
    for (let start = 0; start < seeds.length; start += SEAL_BATCH) {
      signal?.throwIfAborted();
      const batch = seeds.slice(start, start + SEAL_BATCH);
      prepared.push(...(await Promise.all(batch.map((seed) => this.#prepareOne(seed, replace)))));
    }
    return prepared;
  }

  async #prepareOne(seed: Seed, replace: boolean): Promise<PreparedSeed> {
    const sealed = await this.#vault.seal(seed);
    if (!replace) return { ...sealed, known: undefined, sameSecret: false };
    const known = await this.#database.read((database) => database.get("seeds", seed.serialNumber));
    if (!known) return { ...sealed, known, sameSecret: false };
    const before = await this.#vault.open(known);
    const sameSecret = equalBytes(before.secret, seed.secret);
    wipe(before.secret);
    return { ...sealed, known, sameSecret };
  }

  #write(
    prepared: readonly PreparedSeed[],
    replace: boolean,
  ): Promise<{ added: number; duplicates: InventoryDuplicate[] }> {
    return this.#database.write(["vault", "inventory", "seeds", "tokens", "devices"], async (transaction) => {
      const header = await transaction.objectStore("vault").get("header");
      if (prepared.some(({ vaultId }) => vaultId !== header?.vaultId)) throw changedElsewhere();
      const outcomes = await Promise.all(prepared.map((seed) => writeSeed(transaction, seed, replace)));
      const duplicates = outcomes.filter((outcome) => outcome !== null);
      const isChanged = outcomes.some((outcome) => outcome === null || outcome.outcome === "replaced");
      if (isChanged) await transaction.objectStore("inventory").put(crypto.randomUUID(), "stamp");
      return { added: outcomes.length - duplicates.length, duplicates };
    });
  }
}

function matches(record: Omit<SeedRecord, "sealedSecret">, wanted: string | undefined): boolean {
  if (!wanted) return true;
  return [record.serialNumber, record.manufacturer, record.model].some((text) =>
    text?.toUpperCase().includes(wanted),
  );
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
