import { withDeadline } from "../core/abort.ts";
import type { Database } from "./database.ts";
import { importRunning, isStoreFull, VaultError } from "./errors.ts";
import { withImportLock, type ImportLock } from "./import-lock.ts";
import type { ImportRecord } from "./import-records.ts";
import { SeedImport, type SeedImportParts } from "./seed-import.ts";
import { takeBack, type TakenBack } from "./take-back.ts";

/** Where there are no locks: an import that wrote nothing for so long is taken for dead. */
const DEAD_AFTER_MS = 60_000;

/** Whoever only wants to look at the inventory waits no longer than this for a crash's leftovers to be taken back. */
const PATIENCE_MS = 15_000;

/**
 * Imports all or nothing: what each block changed is written down with it, and taken back when the import fails, is
 * cancelled, or turns out to have been cut off by a crash. The journal of the last import is kept, so that it can be undone.
 */
export class ImportJournal {
  readonly #database: Database;
  readonly #now: () => number;
  #recovering: Promise<void> | undefined;

  /** `now` in Unix milliseconds. */
  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /**
   * Lets `fill` add seeds, and keeps all of them or none. Rejects with what `fill` rejects with, with the signal's reason, and
   * with `busy` while another import or undo runs. `onTakenBack` is called from time to time while it is taken back.
   */
  import<T>(
    parts: Pick<SeedImportParts, "vault" | "replace" | "onDuplicates">,
    fill: (seedImport: SeedImport) => Promise<T>,
    options: { readonly signal?: AbortSignal; readonly onTakenBack?: () => void } = {},
  ): Promise<T> {
    return this.#alone(async (lock) => {
      await this.#settle(lock, options.onTakenBack);
      const running = new SeedImport({ ...parts, database: this.#database, now: this.#now });
      try {
        const result = await fill(running);
        await running.flush();
        options.signal?.throwIfAborted();
        await running.finish();
        return result;
      } catch (error) {
        await this.#abandon(running, options.onTakenBack);
        throw error;
      }
    });
  }

  /** The last import, if it can be undone. */
  async last(): Promise<ImportRecord | null> {
    const last = await this.#read();
    return last?.state === "done" ? last : null;
  }

  /** Takes the last import back; null when it has another id. Rejects with `busy` while another import or undo runs. */
  undo(
    importId: string,
    options: {
      readonly onProgress?: (done: number, total: number) => void;
      readonly onTakenBack?: () => void;
    } = {},
  ): Promise<TakenBack | null> {
    return this.#alone(async (lock) => {
      await this.#settle(lock, options.onTakenBack);
      const last = await this.last();
      if (last?.importId !== importId) return null;
      return await takeBack(this.#database, importId, (done) => options.onProgress?.(done, last.imported));
    });
  }

  /**
   * Takes back what a crash left, before anybody looks at the inventory; an import that is running is left alone. Rejects
   * with `busy` when that takes long; it goes on all the same.
   */
  async recover(): Promise<void> {
    const last = await this.#read();
    if (!last || last.state === "done") return;
    this.#recovering ??= this.#recover().finally(() => (this.#recovering = undefined));
    await withDeadline(this.#recovering, PATIENCE_MS, stillRecovering);
  }

  async #recover(): Promise<void> {
    await withImportLock(
      this.#database.name,
      async (lock) => {
        const last = await this.#read();
        if (last && this.#isLeftover(last, lock)) await this.#takeBackIfRoom(last.importId);
      },
      leaveAlone,
    );
  }

  /** A full disk must keep nobody from looking: the rest is taken back when there is room again. */
  async #takeBackIfRoom(importId: string): Promise<void> {
    try {
      await takeBack(this.#database, importId);
    } catch (error) {
      if (!isStoreFull(error)) throw error;
    }
  }

  /** Takes back what a crash left. Rejects with `busy` when it may be no leftover. */
  async #settle(lock: ImportLock, onTakenBack?: () => void): Promise<void> {
    const last = await this.#read();
    if (!last || last.state === "done") return;
    if (!this.#isLeftover(last, lock)) throw importRunning();
    await takeBack(this.#database, last.importId, onTakenBack);
  }

  #isLeftover({ state, changedAtMs }: ImportRecord, lock: ImportLock): boolean {
    if (state === "done") return false;
    return lock === "alone" || Math.abs(this.#now() - changedAtMs) > DEAD_AFTER_MS;
  }

  /** What cannot be taken back now, for the store fails, is left to whoever opens it next. */
  async #abandon(running: SeedImport, onTakenBack?: () => void): Promise<void> {
    await running.flush().catch(() => undefined);
    await takeBack(this.#database, running.importId, onTakenBack).catch(() => undefined);
  }

  /** Runs what must not meet an import or undo. Rejects with `busy` while one runs. */
  apart<T>(work: () => Promise<T>, onTakenBack?: () => void): Promise<T> {
    return this.#alone(async (lock) => {
      await this.#settle(lock, onTakenBack);
      return await work();
    });
  }

  #alone<T>(work: (lock: ImportLock) => Promise<T>): Promise<T> {
    return withImportLock(this.#database.name, work, () => {
      throw importRunning();
    });
  }

  #read(): Promise<ImportRecord | undefined> {
    return this.#database.read((open) => open.get("imports", "last"));
  }
}

/** An import that is running is its own tab's business. */
function leaveAlone(): void {
  // Nothing to do.
}

function stillRecovering(): VaultError {
  return new VaultError(
    "busy",
    "An import that was cut off is being taken back. Nothing is lost; try again in a moment.",
  );
}
