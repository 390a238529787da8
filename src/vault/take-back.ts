import { unwrap } from "idb";
import { departure, restoredToken } from "./carry-over.ts";
import type { Database, WriteTransaction } from "./database.ts";
import { isStoreFull } from "./errors.ts";
import type { ImportBlock } from "./import-records.ts";
import { keysAmong, rangeOfOnly, recordsAmong, type SerialStore } from "./keys-among.ts";
import type { SeedRecord } from "./records.ts";

/** What taking an import back did. */
export interface TakenBack {
  /** Tokens taken out. */
  removed: number;
  /** Tokens that have their first seed again. */
  restored: number;
  /** Left as they are, for they have an owner. */
  readonly kept: string[];
}

type UndoTransaction = WriteTransaction<
  ["inventory", "seeds", "tokens", "devices", "imports", "importBlocks"]
>;

/**
 * Takes an import back, some blocks at a time; after a crash in the middle, calling it again does the rest. What something else
 * changed since is left as it is, and what was used stays used. `onBlock` is told the tokens done so far.
 */
export async function takeBack(
  database: Database,
  importId: string,
  onBlock: (done: number) => void = () => undefined,
): Promise<TakenBack> {
  const taken: TakenBack = { removed: 0, restored: 0, kept: [] };
  let done = 0;
  let blocks = BLOCKS;
  for (;;) {
    const part: TakenBack = { removed: 0, restored: 0, kept: [] };
    try {
      const count = await database.write(
        ["inventory", "seeds", "tokens", "devices", "imports", "importBlocks"],
        (transaction) => takeBackLast(transaction, importId, blocks, part),
      );
      if (count === null) return taken;
      done += count;
    } catch (error) {
      // Each block makes room for the seeds that come back: one may fit where several do not.
      if (blocks === 1 || !isStoreFull(error)) throw error;
      blocks = 1;
      continue;
    }
    taken.removed += part.removed;
    taken.restored += part.restored;
    taken.kept.push(...part.kept);
    onBlock(done);
  }
}

/** Blocks taken back in one transaction: few enough that others get through in between. */
const BLOCKS = 4;

/** The tokens of the blocks it took back; null when there were none left. */
async function takeBackLast(
  transaction: UndoTransaction,
  importId: string,
  most: number,
  taken: TakenBack,
): Promise<number | null> {
  const imports = transaction.objectStore("imports");
  const inventory = transaction.objectStore("inventory");
  const importBlocks = transaction.objectStore("importBlocks");
  const [last, stamp, cursor] = await Promise.all([
    imports.get("last"),
    inventory.get("stamp"),
    importBlocks.openKeyCursor(null, "prev"),
  ]);
  if (last?.importId !== importId) return null;
  if (!cursor) {
    await imports.delete("last");
    return null;
  }
  const range = IDBKeyRange.bound(cursor.key - most + 1, cursor.key);
  const blocks = await importBlocks.getAll(range);
  const block = {
    added: blocks.flatMap(({ added }) => added),
    replaced: blocks.flatMap(({ replaced }) => replaced),
  };
  const isUntouched = last.stamp === stamp;
  await removeAdded(transaction, block, isUntouched ? null : importId, taken);
  await restoreReplaced(transaction, block, importId, taken);
  // Nobody waits for the single requests: the transaction tells whether all went well.
  const nextStamp = crypto.randomUUID();
  unwrap(importBlocks).delete(range);
  unwrap(inventory).put(nextStamp, "stamp");
  unwrap(imports).put({ ...last, state: "undoing", stamp: isUntouched ? nextStamp : "" }, "last");
  return block.added.length + block.replaced.length;
}

/** `importId`: looks whether each seed is still that import's. */
async function removeAdded(
  transaction: UndoTransaction,
  { added }: ImportBlock,
  importId: string | null,
  taken: TakenBack,
): Promise<void> {
  if (added.length === 0) return;
  const seeds = transaction.objectStore("seeds");
  const [owned, ours] = await Promise.all([
    keysAmong(transaction.objectStore("devices"), added),
    importId === null ? added : keysOf(seeds, added, importId),
  ]);
  const removed = owned.size === 0 ? ours : ours.filter((serialNumber) => !owned.has(serialNumber));
  taken.removed += removed.length;
  taken.kept.push(...ours.filter((serialNumber) => owned.has(serialNumber)));
  const range = await rangeOfOnly(seeds, removed);
  await noteDepartures(transaction, removed);
  const plainSeeds = unwrap(seeds);
  if (range) plainSeeds.delete(range);
  else for (const serialNumber of removed) plainSeeds.delete(serialNumber);
}

/** What was used of a seed stays known, bound to that seed. */
async function noteDepartures(transaction: UndoTransaction, removed: readonly string[]): Promise<void> {
  const tokens = transaction.objectStore("tokens");
  const used = await recordsAmong(tokens, removed);
  if (used.size === 0) return;
  const stored = await recordsAmong(transaction.objectStore("seeds"), [...used.keys()]);
  const plainTokens = unwrap(tokens);
  for (const [serialNumber, token] of used) {
    const from = stored.get(serialNumber);
    const left = from && departure(token, from);
    if (left) plainTokens.put(left);
    else plainTokens.delete(serialNumber);
  }
}

async function restoreReplaced(
  transaction: UndoTransaction,
  { replaced }: ImportBlock,
  importId: string,
  taken: TakenBack,
): Promise<void> {
  if (replaced.length === 0) return;
  const seeds = transaction.objectStore("seeds");
  const tokens = transaction.objectStore("tokens");
  const serialNumbers = replaced.map(({ before }) => before.serialNumber);
  const [owned, stored, used] = await Promise.all([
    keysAmong(transaction.objectStore("devices"), serialNumbers),
    recordsAmong(seeds, serialNumbers),
    recordsAmong(tokens, serialNumbers),
  ]);
  const [plainSeeds, plainTokens] = [unwrap(seeds), unwrap(tokens)];
  for (const one of replaced) {
    const { serialNumber } = one.before;
    const after = stored.get(serialNumber);
    if (after?.importId !== importId) continue;
    if (owned.has(serialNumber)) {
      taken.kept.push(serialNumber);
      continue;
    }
    taken.restored += 1;
    const token = restoredToken(one, after, used.get(serialNumber));
    if (token) plainTokens.put(token);
    else plainTokens.delete(serialNumber);
    plainSeeds.put(one.before);
  }
}

async function keysOf(
  seeds: SerialStore<SeedRecord>,
  serialNumbers: readonly string[],
  importId: string,
): Promise<string[]> {
  const records = await recordsAmong(seeds, serialNumbers);
  return serialNumbers.filter((serialNumber) => records.get(serialNumber)?.importId === importId);
}
