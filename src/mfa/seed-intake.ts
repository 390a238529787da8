import { wipe } from "../core/bytes.ts";
import type { ReadSeedFileOptions, SeedFileSource, SkippedRow } from "../seeds/index.ts";
import type { Database } from "../vault/database.ts";
import type { ImportJournal } from "../vault/import-journal.ts";
import { findKnownTokens } from "../vault/known-tokens.ts";
import type { SeedVault } from "../vault/seed-vault.ts";
import { MfaInputError } from "./errors.ts";
import { FirstOfMany } from "./first-of-many.ts";
import type {
  DuplicateSeed,
  ImportReport,
  ImportSeedsOptions,
  KnownToken,
  LastImport,
  PreviewedToken,
  SeedFilePreview,
  UndoReport,
} from "./local-contract.ts";
import type { ProgressPulse } from "./progress-pulse.ts";
import { readSeedBlocks } from "./seed-files.ts";
import { summaryOf } from "./seed-summary.ts";

/** 80 bits, what the shortest tokens in use have. RFC 4226 section 4 asks for 128. */
const LEAST_SECRET_BYTES = 10;

/** Tokens of a file that a preview shows. */
const PREVIEWED = 20;

/** How a call is watched and stopped. */
export interface Watched {
  readonly signal: AbortSignal;
  readonly pulse: ProgressPulse;
}

type ReadOptions = Omit<ReadSeedFileOptions, "signal" | "onProgress">;

/** Brings seed files into the vault: see the methods of the same names in `LocalMfaService`. */
export class SeedIntake {
  readonly #database: Database;
  readonly #vault: SeedVault;
  readonly #journal: ImportJournal;

  constructor(database: Database, vault: SeedVault, journal: ImportJournal) {
    this.#database = database;
    this.#vault = vault;
    this.#journal = journal;
  }

  async importSeeds(
    file: SeedFileSource,
    { onDuplicate, ...options }: ReadOptions & Pick<ImportSeedsOptions, "onDuplicate">,
    { signal, pulse }: Watched,
  ): Promise<ImportReport> {
    // Before a large file is read in vain.
    await this.#vault.requireOpen();
    const skipped = new FirstOfMany<SkippedRow>();
    const duplicates = new FirstOfMany<DuplicateSeed>();
    const parts = {
      vault: this.#vault,
      replace: onDuplicate === "replace",
      onDuplicates: (found: readonly DuplicateSeed[]) => duplicates.add(found),
    };
    const { summary, seedImport } = await this.#journal.import(
      parts,
      async (running) => {
        const reading = { ...options, leastSecretBytes: LEAST_SECRET_BYTES, signal, onProgress: pulse.tell };
        const read = await readSeedBlocks(file, reading, async (block) => {
          skipped.add(block.skipped);
          await running.take(block.seeds);
          pulse.beat();
        });
        return { summary: read, seedImport: running };
      },
      { signal, onTakenBack: pulse.beat },
    );
    return {
      ...summary,
      importId: seedImport.importId,
      imported: seedImport.imported,
      skipped: skipped.first,
      skippedCount: skipped.count,
      duplicates: duplicates.first,
      duplicateCount: duplicates.count,
    };
  }

  async previewSeeds(
    file: SeedFileSource,
    options: ReadOptions,
    { signal, pulse }: Watched,
  ): Promise<SeedFilePreview> {
    const skipped = new FirstOfMany<SkippedRow>();
    const known = new FirstOfMany<KnownToken>();
    const tokens = new FirstOfMany<PreviewedToken>(PREVIEWED);
    let assignedCount = 0;
    const reading = { ...options, leastSecretBytes: LEAST_SECRET_BYTES, signal, onProgress: pulse.tell };
    const summary = await readSeedBlocks(file, reading, async (block) => {
      const { seeds } = block;
      const read = seeds.map((seed) => ({ ...summaryOf(seed), secretBytes: seed.secret.length }));
      for (const { secret } of seeds) wipe(secret);
      skipped.add(block.skipped);
      const inventory = await findKnownTokens(
        this.#database,
        seeds.map(({ serialNumber }) => serialNumber),
      );
      const stateOf = (serialNumber: string): KnownToken["state"] =>
        inventory.assigned.has(serialNumber) ? "assigned" : "free";
      assignedCount += inventory.assigned.size;
      known.add(
        read.flatMap(({ serialNumber }) =>
          inventory.known.has(serialNumber) ? [{ serialNumber, state: stateOf(serialNumber) }] : [],
        ),
      );
      tokens.add(
        read.map((token) => {
          const isKnown = inventory.known.has(token.serialNumber);
          return { ...token, ...(isKnown && { known: stateOf(token.serialNumber) }) };
        }),
      );
      pulse.beat();
    });
    return {
      ...summary,
      tokenCount: tokens.count,
      firstTokens: tokens.first,
      skipped: skipped.first,
      skippedCount: skipped.count,
      known: known.first,
      knownCount: known.count,
      assignedCount,
    };
  }

  async lastImport(): Promise<LastImport | null> {
    const last = await this.#journal.last();
    return last && { importId: last.importId, importedAtMs: last.changedAtMs, imported: last.imported };
  }

  /** Rejects with `MfaInputError` `unknown-import`. */
  async undoImport(importId: unknown, pulse: ProgressPulse): Promise<UndoReport> {
    await this.#vault.requireOpen();
    const options = { onProgress: pulse.tell, onTakenBack: pulse.beat };
    const undone = typeof importId === "string" ? await this.#journal.undo(importId, options) : null;
    if (undone) return undone;
    throw new MfaInputError(
      "unknown-import",
      "Only the last import can be undone, and this one is not it. Nothing was changed.",
    );
  }
}
