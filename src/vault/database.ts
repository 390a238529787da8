import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from "idb";
import { isAbortError } from "../core/errors.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { asVaultError, VaultError } from "./errors.ts";
import type { VaultHeader } from "./header.ts";
import type { ImportBlock, ImportRecord } from "./import-records.ts";
import type { RetiredRecord } from "./retired-tokens.ts";
import type { AttemptRecord, DeviceRecord, SeedRecord, TokenRecord } from "./records.ts";
import { isLostConnection, openPatiently } from "./reopening.ts";

/** Raise it with each change of the stores, and add the step to `upgrade`. */
const SCHEMA_VERSION = 5;

/** A tab of an older version gives way by itself, once it is done with what it is writing; one that hangs does not. */
const GIVING_WAY_MS = 1_000;

export interface VaultSchema extends DBSchema {
  vault: { key: "header"; value: VaultHeader };
  /**
   * Another stamp after each change of the seeds: whoever derived something from them sees that it is out of date. `labels` has
   * one of its own, for a label changes nothing that codes are computed from.
   */
  inventory: { key: "stamp" | "labels"; value: string };
  seeds: { key: string; value: SeedRecord; indexes: { serialKey: string } };
  tokens: { key: string; value: TokenRecord };
  devices: { key: string; value: DeviceRecord; indexes: { userKey: string } };
  attempts: { key: string; value: AttemptRecord };
  imports: { key: "last"; value: ImportRecord };
  /** The last import's journal: its blocks, counted from 0. */
  importBlocks: { key: number; value: ImportBlock };
  audit: { key: number; value: AuditEntry };
  retired: { key: string; value: RetiredRecord };
}

export type VaultStore = StoreNames<VaultSchema>;
export type VaultDatabase = IDBPDatabase<VaultSchema>;
/** A transaction that may write to these stores. */
export type WriteTransaction<S extends VaultStore[]> = IDBPTransaction<VaultSchema, S, "readwrite">;

/**
 * One IndexedDB database. Opened at the first use and again after the browser closed it; gives way to a newer version in
 * another tab.
 */
export class Database {
  readonly name: string;
  readonly #onClosed: (() => void)[] = [];
  #open: Promise<VaultDatabase> | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Calls `listener` whenever the connection ends: what was read through it may be gone, for the database may be deleted. */
  onClosed(listener: () => void): void {
    this.#onClosed.push(listener);
  }

  /** Runs a read outside a write transaction. Rejects with a `VaultError`. */
  async read<T>(work: (database: VaultDatabase) => Promise<T>): Promise<T> {
    try {
      return await this.#withConnection(work);
    } catch (error) {
      throw asVaultError(error);
    }
  }

  /**
   * Runs `work` in one transaction and resolves once it is on disk (`durability: "strict"`: the default may lose the last
   * writes with the power, see https://developer.chrome.com/blog/indexeddb-durability-mode-now-defaults-to-relaxed).
   * `work` must await nothing but the database. Whatever it throws aborts the transaction: nothing is written.
   */
  async write<S extends VaultStore[], T>(
    stores: [...S],
    work: (transaction: WriteTransaction<S>) => Promise<T>,
    durability: "strict" | "relaxed" = "strict",
  ): Promise<T> {
    try {
      const transaction = await this.#withConnection((database) =>
        database.transaction(stores, "readwrite", { durability }),
      );
      // The transaction ends by the first failed request, whether somebody waits for that one or not. Seen while the event goes
      // down, before `idb` hears of it on its way up and tells us.
      let failed: DOMException | null = null;
      const noteFailure = ({ target }: Event) => {
        failed ??= (target as IDBRequest).error;
      };
      transaction.addEventListener("error", noteFailure, { capture: true });
      try {
        const result = await work(transaction);
        await transaction.done;
        return result;
      } catch (error) {
        abortQuietly(transaction);
        await transaction.done.catch(() => undefined);
        // A full disk shows up as the transaction's own error, the requests only say that it was aborted.
        if (transaction.error?.name === "QuotaExceededError") throw transaction.error;
        throw isAbortError(error) ? (failed ?? error) : error;
      }
    } catch (error) {
      throw asVaultError(error);
    }
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#forget();
    (await open?.catch(() => undefined))?.close();
  }

  /** Runs a read, or the beginning of a write; on another connection where this one was lost. */
  async #withConnection<T>(work: (database: VaultDatabase) => T | Promise<T>): Promise<T> {
    const opened = this.#connect();
    try {
      return await work(await opened);
    } catch (error) {
      if (!isLostConnection(error)) throw error;
      if (this.#open === opened) await this.close();
      return await work(await this.#connect());
    }
  }

  #forget(): void {
    this.#open = undefined;
    for (const listener of this.#onClosed) listener();
  }

  #connect(): Promise<VaultDatabase> {
    this.#open ??= openPatiently(() => this.#openDatabase()).catch((error: unknown) => {
      this.#open = undefined;
      throw error;
    });
    return this.#open;
  }

  #openDatabase(): Promise<VaultDatabase> {
    return new Promise<VaultDatabase>((resolve, reject) => {
      let patience: ReturnType<typeof setTimeout> | undefined;
      const giveUp = () => {
        reject(new VaultError("busy", "Another tab keeps the data at an older version. Close or reload it."));
        // The request itself goes on waiting; what it opens in the end nobody uses.
        void opening.then(
          (database) => database.close(),
          () => undefined,
        );
      };
      const opening = openDB<VaultSchema>(this.name, SCHEMA_VERSION, {
        upgrade(database, oldVersion, _, transaction) {
          // An upgrade that is cut off is told by the request.
          transaction.done.catch(() => undefined);
          createStores(database, oldVersion);
        },
        blocked: () => (patience = setTimeout(giveUp, GIVING_WAY_MS)),
        blocking: () => void this.close(),
        terminated: () => this.#forget(),
      });
      opening.then(resolve, reject).finally(() => clearTimeout(patience));
    });
  }
}

function createStores(database: VaultDatabase, oldVersion: number): void {
  if (oldVersion < 1) {
    database.createObjectStore("vault");
    database
      .createObjectStore("seeds", { keyPath: "serialNumber" })
      .createIndex("serialKey", "serialKey", { unique: false });
    database.createObjectStore("tokens", { keyPath: "serialNumber" });
    database
      .createObjectStore("devices", { keyPath: "serialNumber" })
      .createIndex("userKey", "userKey", { unique: false });
    database.createObjectStore("attempts", { keyPath: "key" });
  }
  if (oldVersion < 2) database.createObjectStore("inventory");
  if (oldVersion < 3) {
    database.createObjectStore("imports");
    database.createObjectStore("importBlocks");
  }
  if (oldVersion < 4) database.createObjectStore("audit", { keyPath: "id", autoIncrement: true });
  if (oldVersion < 5) database.createObjectStore("retired", { keyPath: "serialNumber" });
}

function abortQuietly(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already, by the error we are about to report.
  }
}
