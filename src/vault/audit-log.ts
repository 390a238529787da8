import { AUDIT_LIMIT, MOST_AUDIT_ENTRIES, type AuditEntry, type AuditQuery } from "./audit-entry.ts";
import type { Database, WriteTransaction } from "./database.ts";

/** Entries read at a time. */
const BLOCK = 500;

/** The audit log's store. It is not sealed: there is nothing secret in it. */
export class AuditLog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Adds an entry and drops the ones that are too many, in a transaction of its own. Rejects with a `VaultError`. A `relaxed`
   * one outlives page and browser, but perhaps not a loss of power: for calls that are made often.
   */
  append(entry: Omit<AuditEntry, "id">, durability: "strict" | "relaxed" = "strict"): Promise<void> {
    const write = async (transaction: WriteTransaction<["audit"]>) => {
      const store = transaction.objectStore("audit");
      // The database gives the number; the type wants one.
      const id = await store.add(entry as AuditEntry);
      // Ids have no gaps, for an aborted addition takes no number: this is one entry as a rule, and none before the limit.
      if (id > MOST_AUDIT_ENTRIES) await store.delete(IDBKeyRange.upperBound(id - MOST_AUDIT_ENTRIES));
    };
    return this.#database.write(["audit"], write, durability);
  }

  /** Newest first. */
  async list({
    limit = AUDIT_LIMIT.default,
    beforeId,
    serialNumber,
    userName,
  }: AuditQuery): Promise<AuditEntry[]> {
    const wantedUser = userName?.toLowerCase();
    const isWanted = (entry: AuditEntry) =>
      (serialNumber === undefined || entry.serialNumber === serialNumber) &&
      (wantedUser === undefined || entry.userName?.toLowerCase() === wantedUser);
    const found: AuditEntry[] = [];
    let before = beforeId ?? Number.MAX_SAFE_INTEGER;
    while (found.length < limit) {
      const block = await this.#blockBefore(before);
      found.push(...block.filter(isWanted));
      const last = block.at(-1);
      if (!last) break;
      before = last.id;
    }
    return found.slice(0, limit);
  }

  /** All of it, oldest first. */
  all(): Promise<AuditEntry[]> {
    return this.#database.read((open) => open.getAll("audit"));
  }

  /** The newest entries before this one, newest first. */
  #blockBefore(id: number): Promise<AuditEntry[]> {
    return this.#database.read(async (open) => {
      const store = open.transaction("audit").objectStore("audit");
      const newest = await store.openKeyCursor(IDBKeyRange.upperBound(id, true), "prev");
      if (!newest) return [];
      const range = IDBKeyRange.bound(newest.key - BLOCK, newest.key, true);
      return (await store.getAll(range)).toReversed();
    });
  }
}
