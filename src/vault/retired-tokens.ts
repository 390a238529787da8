import { arrival, departure } from "./carry-over.ts";
import type { Database, VaultStore, WriteTransaction } from "./database.ts";
import { keysAmong, recordsAmong } from "./keys-among.ts";
import type { SeedRecord, TokenRecord } from "./records.ts";

/** A token that was taken out of use. Its seed is where nothing looks for it: no code of it is accepted, nor found. */
export interface RetiredRecord {
  readonly serialNumber: string;
  /** The call that retired it: what is undone together. */
  readonly retireId: string;
  readonly retiredAtMs: number;
  /** The vault that its secret is sealed for: of another one it cannot come back. */
  readonly vaultId: string;
  readonly seed: SeedRecord;
  /** What was known of its use. */
  readonly token?: TokenRecord;
}

/** What became of some tokens. */
export interface Moved {
  readonly moved: number;
  /** Left as they are: they have an owner, or came back by an import meanwhile. */
  readonly kept: number;
}

/** Tokens moved in one transaction: few enough that others get through in between. */
const AT_ONCE = 1_000;

const STORES = ["vault", "inventory", "seeds", "tokens", "devices", "retired"] satisfies VaultStore[];

/** Takes tokens out of use, but for those that somebody has. What was used of them stays used. */
export async function retireTokens(
  database: Database,
  serialNumbers: readonly string[],
  at: { readonly retireId: string; readonly nowMs: number },
  onProgress: (done: number, total: number) => Promise<void> | void,
): Promise<Moved> {
  return await inPieces(serialNumbers, onProgress, (piece) =>
    database.write(STORES, async (transaction) => {
      const [header, owned, seeds] = await Promise.all([
        transaction.objectStore("vault").get("header"),
        keysAmong(transaction.objectStore("devices"), piece),
        recordsAmong(transaction.objectStore("seeds"), piece),
      ]);
      if (!header) return 0;
      const { vaultId } = header;
      const retired = [...seeds.values()].filter(({ serialNumber }) => !owned.has(serialNumber));
      for (const seed of retired) await retire(transaction, seed, { ...at, vaultId });
      if (retired.length > 0) await noteChange(transaction);
      return retired.length;
    }),
  );
}

async function retire(
  transaction: WriteTransaction<VaultStore[]>,
  seed: SeedRecord,
  { retireId, nowMs, vaultId }: { retireId: string; nowMs: number; vaultId: string },
): Promise<void> {
  const { serialNumber } = seed;
  const tokens = transaction.objectStore("tokens");
  const token = await tokens.get(serialNumber);
  const left = token && departure(token, seed);
  // An undo of the import it came by must not miss it: it belongs to no import any more.
  const { importId: _, ...kept } = seed;
  const record = { serialNumber, retireId, retiredAtMs: nowMs, vaultId, seed: kept, ...(token && { token }) };
  await Promise.all([
    transaction.objectStore("retired").put(record),
    transaction.objectStore("seeds").delete(serialNumber),
    left ? tokens.put(left) : tokens.delete(serialNumber),
  ]);
}

/** Brings retired tokens back, but for those whose serial number is in the inventory again. */
export async function restoreTokens(
  database: Database,
  serialNumbers: readonly string[],
  onProgress: (done: number, total: number) => Promise<void> | void,
): Promise<Moved> {
  return await inPieces(serialNumbers, onProgress, (piece) =>
    database.write(STORES, async (transaction) => {
      const [header, retired, here] = await Promise.all([
        transaction.objectStore("vault").get("header"),
        recordsAmong(transaction.objectStore("retired"), piece),
        keysAmong(transaction.objectStore("seeds"), piece),
      ]);
      const back = [...retired.values()].filter(
        ({ serialNumber, vaultId }) => !here.has(serialNumber) && vaultId === header?.vaultId,
      );
      for (const record of back) await restore(transaction, record);
      if (back.length > 0) await noteChange(transaction);
      return back.length;
    }),
  );
}

async function restore(
  transaction: WriteTransaction<VaultStore[]>,
  { serialNumber, seed, token }: RetiredRecord,
): Promise<void> {
  const tokens = transaction.objectStore("tokens");
  const arrived = arrival(await tokens.get(serialNumber), seed);
  const known = token && withMark(token, arrived);
  await Promise.all([
    transaction.objectStore("retired").delete(serialNumber),
    transaction.objectStore("seeds").put(seed),
    (known ?? arrived) ? tokens.put((known ?? arrived) as TokenRecord) : tokens.delete(serialNumber),
  ]);
}

/** What was known before, and that what was used since of the same serial number stays used. */
function withMark(token: TokenRecord, arrived: TokenRecord | undefined): TokenRecord {
  const { retired: _, ...rest } = token;
  const lastAcceptedFactor = Math.max(token.lastAcceptedFactor, arrived?.lastAcceptedFactor ?? -1);
  return { ...rest, lastAcceptedFactor, ...(arrived?.retired && { retired: arrived.retired }) };
}

/** Those of this vault that did not come back by another way, in the order of their serial numbers. */
export function listRetired(database: Database): Promise<RetiredRecord[]> {
  return database.read(async (open) => {
    const transaction = open.transaction(["vault", "seeds", "retired"]);
    const [header, all] = await Promise.all([
      transaction.objectStore("vault").get("header"),
      transaction.objectStore("retired").getAll(),
    ]);
    const serialNumbers = all.map(({ serialNumber }) => serialNumber);
    const here = await keysAmong(transaction.objectStore("seeds"), serialNumbers);
    return all.filter(({ serialNumber, vaultId }) => vaultId === header?.vaultId && !here.has(serialNumber));
  });
}

async function noteChange(transaction: WriteTransaction<VaultStore[]>): Promise<void> {
  await transaction.objectStore("inventory").put(crypto.randomUUID(), "stamp");
}

async function inPieces(
  serialNumbers: readonly string[],
  onProgress: (done: number, total: number) => Promise<void> | void,
  work: (piece: readonly string[]) => Promise<number>,
): Promise<Moved> {
  const total = serialNumbers.length;
  let moved = 0;
  for (let start = 0; start < total; start += AT_ONCE) {
    await onProgress(start, total);
    moved += await work(serialNumbers.slice(start, start + AT_ONCE));
  }
  return { moved, kept: total - moved };
}
