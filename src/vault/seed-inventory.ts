import type { Database } from "./database.ts";
import { writeLabel } from "./seed-labels.ts";
import {
  SeedListings,
  type InventoryEntry,
  type InventoryQuery,
  type ListingPage,
  type ListingQuery,
} from "./seed-listings.ts";
import type { ReadingWatch } from "./seed-readings.ts";
import type { SeedVault } from "./seed-vault.ts";
import { VaultSeedSource } from "./vault-seed-source.ts";

/** The tokens we know the seeds of. */
export class SeedInventory {
  readonly #database: Database;
  readonly #vault: SeedVault;
  readonly #listings: SeedListings;

  constructor(database: Database, vault: SeedVault) {
    this.#database = database;
    this.#vault = vault;
    this.#listings = new SeedListings(database);
    // What was read through the connection may be gone.
    database.onClosed(() => this.#listings.forget());
  }

  /** The tokens that fit, in the order of their serial numbers. */
  async list(query: ListingQuery): Promise<InventoryEntry[]> {
    return (await this.#listings.page({ ...query, wait: true })).entries;
  }

  /** A piece of the list of those that fit. Rejects with `busy` when other tabs keep changing the inventory. */
  page(query: ListingQuery, watch: ReadingWatch = {}): Promise<ListingPage> {
    return this.#listings.page(query, watch);
  }

  /** The serial numbers of all that fit. */
  serialNumbers(query: InventoryQuery, watch: ReadingWatch = {}): Promise<readonly string[]> {
    return this.#listings.serialNumbers(query, watch);
  }

  /** Gives a token another label; false when it is not there. */
  async label(serialNumber: string, label: string): Promise<boolean> {
    const relabelled = await writeLabel(this.#database, serialNumber, label);
    if (!relabelled) return false;
    await this.#listings.relabel(relabelled);
    return true;
  }

  /** The inventory as it is now, to be searched. Rejects with `vault-locked`. */
  async openSource(): Promise<VaultSeedSource> {
    await this.#vault.requireOpen();
    return await VaultSeedSource.open(this.#database, this.#vault);
  }
}
