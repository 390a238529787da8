import { unwrap } from "idb";
import { arrival, carryOver, type Differs } from "./carry-over.ts";
import type { Database, VaultStore, WriteTransaction } from "./database.ts";
import { changedElsewhere, importRunning } from "./errors.ts";
import type { ImportRecord, ReplacedSeed } from "./import-records.ts";
import { keysAmong, recordsAmong } from "./keys-among.ts";
import { revisionOf, type SeedRecord } from "./records.ts";
import type { DifferingMarks } from "./secret-comparison.ts";

/** What became of a serial number that was there already. */
export interface InventoryDuplicate {
  readonly serialNumber: string;
  readonly outcome: "kept" | "replaced" | "assigned";
}

/** A sealed seed that takes the place of another. */
export interface Replacement {
  readonly record: SeedRecord;
  /** What the inventory held when the two were compared. */
  readonly known: SeedRecord;
  readonly sameSecret: boolean;
}

/** A block of seeds, sealed and ready to be written. */
export interface SealedBlock {
  /** Counts from 0. */
  readonly number: number;
  /** The vault they were sealed for. */
  readonly vaultId: string;
  readonly added: readonly SeedRecord[];
  readonly replacements: readonly Replacement[];
  readonly differing: DifferingMarks;
  /** Serial numbers that something was known of, whether their seed was there or not. */
  readonly usedBefore: ReadonlySet<string>;
}

type BlockTransaction = WriteTransaction<VaultStore[]>;

/**
 * Writes a block and its page of the journal in one transaction. Answers with what became of the replacements. `begun` says
 * whether an earlier block of the import was written. Rejects with `busy` when anything is not as it was prepared for.
 */
export function writeBlock(
  database: Database,
  block: SealedBlock,
  record: Omit<ImportRecord, "stamp">,
  begun: boolean,
): Promise<InventoryDuplicate[]> {
  const { added, replacements, usedBefore } = block;
  const returning = usedBefore.size === 0 ? [] : added.filter((seed) => usedBefore.has(seed.serialNumber));
  const stores: VaultStore[] = ["vault", "inventory", "seeds", "imports", "importBlocks"];
  // Tokens and owners are left alone where nothing is replaced: whoever signs in meanwhile need not wait.
  if (replacements.length + returning.length > 0) stores.push("tokens", "devices");
  return database.write(stores, async (transaction) => {
    const isAlone = await requireOurTurn(transaction, block, record.importId, begun);
    const seeds = unwrap(transaction.objectStore("seeds"));
    // `add` fails when the serial number is there by now, and with it the transaction, which also tells of all other failures.
    for (const seed of added) seeds.add(seed);
    await noteArrivals(transaction, returning, block.differing);
    const { replaced, outcomes } = await replaceSeeds(transaction, block);
    if (added.length + replaced.length === 0) return outcomes;
    // Only now: an import that writes nothing leaves the one before it as it can be undone.
    if (!begun) unwrap(transaction.objectStore("importBlocks")).clear();
    const imported = record.imported + added.length + replaced.length;
    const serialNumbers = added.map(({ serialNumber }) => serialNumber);
    unwrap(transaction.objectStore("importBlocks")).put({ added: serialNumbers, replaced }, block.number);
    const stamp = crypto.randomUUID();
    unwrap(transaction.objectStore("imports")).put(
      { ...record, imported, stamp: isAlone ? stamp : "" },
      "last",
    );
    unwrap(transaction.objectStore("inventory")).put(stamp, "stamp");
    return outcomes;
  });
}

/** Says whether nothing else has changed any seed since the import began. Rejects with `busy`. */
async function requireOurTurn(
  transaction: BlockTransaction,
  { vaultId }: SealedBlock,
  importId: string,
  begun: boolean,
): Promise<boolean> {
  const [header, last, stamp] = await Promise.all([
    transaction.objectStore("vault").get("header"),
    transaction.objectStore("imports").get("last"),
    transaction.objectStore("inventory").get("stamp"),
  ]);
  if (header?.vaultId !== vaultId) throw changedElsewhere();
  if (begun) {
    // Where there are no locks, another tab may have taken it for one that a crash cut off.
    if (last?.importId !== importId || last.state !== "running") throw changedElsewhere();
    return last.stamp === stamp;
  }
  if (last && last.state !== "done") throw importRunning();
  return true;
}

/** What was used of a seed before it was taken out stays used when it comes again. */
async function noteArrivals(
  transaction: BlockTransaction,
  returning: readonly SeedRecord[],
  differing: DifferingMarks,
): Promise<void> {
  if (returning.length === 0) return;
  const tokens = transaction.objectStore("tokens");
  for (const seed of returning) {
    const { serialNumber } = seed;
    const token = arrival(await tokens.get(serialNumber), seed, differs(differing, serialNumber));
    if (token) await tokens.put(token);
    else await tokens.delete(serialNumber);
  }
}

function differs(differing: DifferingMarks, serialNumber: string): Differs {
  return ({ sealedSecret }) => differing.get(serialNumber)?.has(revisionOf(sealedSecret)) ?? false;
}

async function replaceSeeds(
  transaction: BlockTransaction,
  { replacements, differing }: SealedBlock,
): Promise<{ replaced: ReplacedSeed[]; outcomes: InventoryDuplicate[] }> {
  const replaced: ReplacedSeed[] = [];
  if (replacements.length === 0) return { replaced, outcomes: [] };
  const seeds = transaction.objectStore("seeds");
  const tokens = transaction.objectStore("tokens");
  const serialNumbers = replacements.map(({ record }) => record.serialNumber);
  const [owned, stored, used] = await Promise.all([
    keysAmong(transaction.objectStore("devices"), serialNumbers),
    recordsAmong(seeds, serialNumbers),
    recordsAmong(tokens, serialNumbers),
  ]);
  const [plainSeeds, plainTokens] = [unwrap(seeds), unwrap(tokens)];
  const outcomes = replacements.map(({ record, known, sameSecret }): InventoryDuplicate => {
    const { serialNumber } = record;
    if (owned.has(serialNumber)) return { serialNumber, outcome: "assigned" };
    const before = stored.get(serialNumber);
    if (!before || revisionOf(before.sealedSecret) !== revisionOf(known.sealedSecret)) {
      throw changedElsewhere();
    }
    const token = used.get(serialNumber);
    if (token) {
      const carried = carryOver(token, before, record, sameSecret, differs(differing, serialNumber));
      if (carried) plainTokens.put(carried);
      else plainTokens.delete(serialNumber);
    }
    plainSeeds.put(record);
    replaced.push({ before, sameSecret, ...(token && { token }) });
    return { serialNumber, outcome: "replaced" };
  });
  return { replaced, outcomes };
}
