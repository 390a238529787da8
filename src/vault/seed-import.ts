import { wipe } from "../core/bytes.ts";
import type { Seed } from "../otp/seed.ts";
import type { Database } from "./database.ts";
import { changedElsewhere } from "./errors.ts";
import { recordsAmong } from "./keys-among.ts";
import { findKnownTokens } from "./known-tokens.ts";
import type { SeedRecord } from "./records.ts";
import {
  compareWithKnown,
  compareWithRetired,
  type ComingSeeds,
  type DifferingMarks,
} from "./secret-comparison.ts";
import type { SeedVault } from "./seed-vault.ts";
import { writeBlock, type InventoryDuplicate, type Replacement } from "./seed-write.ts";

/** What an import is made of. */
export interface SeedImportParts {
  readonly database: Database;
  readonly vault: SeedVault;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Whether a seed takes the place of one that is there; never of one whose token has an owner. */
  readonly replace: boolean;
  /** Told of the serial numbers of a block that were there already, once the block is written. */
  readonly onDuplicates: (duplicates: readonly InventoryDuplicate[]) => void;
}

interface SealedSeed {
  readonly record: SeedRecord;
  readonly vaultId: string;
}

/**
 * An import under way: seals seeds and writes them block by block, each in a transaction of its own that also says how to
 * take it back.
 */
export class SeedImport {
  readonly importId: string = crypto.randomUUID();
  readonly #parts: SeedImportParts;
  #imported = 0;
  #blocks = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: SeedImportParts) {
    this.#parts = parts;
  }

  /** Tokens written so far. */
  get imported(): number {
    return this.#imported;
  }

  /**
   * Takes a block of seeds, no two in the import of one serial number, and wipes their secrets, also when it fails. While it
   * is being written the next one may be read and sealed; so its failure is told by the next call, or by `flush`. Rejects
   * with `vault-locked`, `store-full`, or `busy`.
   */
  async take(seeds: readonly Seed[]): Promise<void> {
    try {
      const sealed = await Promise.all(seeds.map((seed) => this.#seal(seed)));
      await this.#writing;
      this.#writing = this.#write(seeds, sealed).finally(() => wipeAll(seeds));
      this.#writing.catch(() => undefined);
    } catch (error) {
      wipeAll(seeds);
      throw error;
    }
  }

  /** Waits until everything taken is written. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** Makes it the last import that can be taken back. One that wrote nothing leaves the one before it in that place. */
  async finish(): Promise<void> {
    await this.#writing;
    if (this.#imported === 0) return;
    const { database, now } = this.#parts;
    await database.write(["imports"], async (transaction) => {
      const imports = transaction.objectStore("imports");
      const last = await imports.get("last");
      if (last?.importId !== this.importId || last.state !== "running") throw changedElsewhere();
      await imports.put({ ...last, state: "done", changedAtMs: now() }, "last");
    });
  }

  async #seal(seed: Seed): Promise<SealedSeed> {
    const { record, vaultId } = await this.#parts.vault.seal(seed);
    return { record: { ...record, importId: this.importId }, vaultId };
  }

  async #write(seeds: readonly Seed[], sealed: readonly SealedSeed[]): Promise<void> {
    const vaultId = sealed[0]?.vaultId;
    if (vaultId === undefined) return;
    if (sealed.some((one) => one.vaultId !== vaultId)) throw changedElsewhere();
    const { database, replace, onDuplicates, now } = this.#parts;
    const serialNumbers = seeds.map(({ serialNumber }) => serialNumber);
    const { known, assigned } = await findKnownTokens(database, serialNumbers);
    const records = sealed.map(({ record }) => record);
    const added = known.size === 0 ? records : records.filter((record) => !known.has(record.serialNumber));
    const replaceable = new Set(replace ? known : []);
    for (const serialNumber of assigned) replaceable.delete(serialNumber);
    const comparison = await this.#compare({ seeds, records }, replaceable);

    const state = { importId: this.importId, state: "running", changedAtMs: now() } as const;
    const block = { number: this.#blocks, vaultId, added, ...comparison };
    const isEmpty = added.length + comparison.replacements.length === 0;
    const outcomes = isEmpty
      ? []
      : await writeBlock(database, block, { ...state, imported: this.#imported }, this.#imported > 0);
    const replaced = outcomes.filter(({ outcome }) => outcome === "replaced").length;
    this.#imported += added.length + replaced;
    this.#blocks += 1;
    if (known.size === 0) return;
    const became = new Map(outcomes.map((duplicate) => [duplicate.serialNumber, duplicate]));
    const duplicates = serialNumbers.filter((serialNumber) => known.has(serialNumber));
    onDuplicates(
      duplicates.map((serialNumber) => {
        const outcome = assigned.has(serialNumber) ? "assigned" : "kept";
        return became.get(serialNumber) ?? { serialNumber, outcome };
      }),
    );
  }

  /** What the block's seeds meet: seeds they replace, and what is known of the use of their tokens. */
  async #compare(coming: ComingSeeds, replaceable: ReadonlySet<string>): Promise<Comparison> {
    const { database, vault } = this.#parts;
    const serialNumbers = coming.records.map(({ serialNumber }) => serialNumber);
    const { known, tokens } = await database.read(async (open) => {
      const transaction = open.transaction(["seeds", "tokens"]);
      return {
        known: await recordsAmong(transaction.objectStore("seeds"), [...replaceable]),
        tokens: await recordsAmong(transaction.objectStore("tokens"), serialNumbers),
      };
    });
    return {
      replacements: await compareWithKnown(vault, coming, known),
      differing: await compareWithRetired(vault, coming, tokens),
      usedBefore: new Set(tokens.keys()),
    };
  }
}

interface Comparison {
  readonly replacements: readonly Replacement[];
  readonly differing: DifferingMarks;
  /** Serial numbers that something is known of, whether their seed is there or not. */
  readonly usedBefore: ReadonlySet<string>;
}

function wipeAll(seeds: readonly Seed[]): void {
  for (const { secret } of seeds) wipe(secret);
}
