import {
  forgive,
  noAttempts,
  rebase,
  release,
  reserve,
  reservedAttempt,
  type ReservedAttempt,
} from "./attempts.ts";
import type { Database } from "./database.ts";
import { VaultError } from "./errors.ts";
import type { AttemptRecord } from "./records.ts";

/** Beside the users' and tokens' attempts, and apart from them: those keys begin with `user:` and `token:`. */
const KEY = "vault:passphrase";
/** So many wrong passphrases cost no wait. */
const FREE_FAILURES = 4;
/** The wait after the first failure that costs one, and the longest; each is twice the one before. */
const WAIT_MS = { first: 15_000, most: 3_600_000 } as const;

/** The wait after `failures` wrong passphrases in a row, in milliseconds. */
export function waitAfterWrongPassphrases(failures: number): number {
  if (failures <= FREE_FAILURES) return 0;
  return Math.min(WAIT_MS.most, WAIT_MS.first * 2 ** (failures - FREE_FAILURES - 1));
}

interface Reserved extends ReservedAttempt {
  /** False where the disk is full: then it is counted in memory only. */
  readonly isStored: boolean;
}

/**
 * Slows down guessing at the keyboard, across tabs and reloads. Whoever can read the database guesses on their own machine:
 * against them only the passphrase and its key derivation stand. So it is with whoever may set the clock: forward, it ends a
 * wait early; back, it begins the wait anew, no more.
 */
export class PassphraseAttempts {
  readonly #database: Database;
  readonly #now: () => number;
  /** What could not be stored of the failures: counted as long as this worker lives. */
  #unstored: AttemptRecord = noAttempts(KEY);

  /** `now` is in Unix milliseconds: the wait has to outlive the page. */
  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /**
   * Counts the attempt before it is made, so that none is free in a crash or in another tab. `wrong-passphrase` keeps it
   * counted, success forgives all before it, any other fault gives it back. Rejects with `too-many-attempts` during a wait.
   */
  async guard<T>(attempt: () => Promise<T>): Promise<T> {
    const reserved = await this.#reserve();
    try {
      const result = await attempt();
      await this.#forgive(reserved);
      return result;
    } catch (error) {
      const isWrong = error instanceof VaultError && error.code === "wrong-passphrase";
      if (!isWrong) await this.#release(reserved);
      throw error;
    }
  }

  async #reserve(): Promise<Reserved> {
    const seen: { decision?: Decision } = {};
    try {
      const decision = await this.#database.write(["attempts"], async (transaction) => {
        const store = transaction.objectStore("attempts");
        const stored = (await store.get(KEY)) ?? noAttempts(KEY);
        seen.decision = this.#decide(stored);
        // Of a refusal nothing is stored, but for a clock that was set back: see `rebase`.
        if (seen.decision.record !== stored) await store.put(seen.decision.record);
        return seen.decision;
      });
      this.#unstored = noAttempts(KEY);
      return { ...requireNoWait(decision), isStored: true };
    } catch (error) {
      // A full disk is no reason to keep the vault shut: the person may want to free some of it.
      if (!seen.decision || !isStoreFull(error)) throw error;
      const reserved = requireNoWait(seen.decision);
      this.#unstored = reserve(this.#unstored, reserved.reservedAtMs);
      return { ...reserved, isStored: false };
    }
  }

  #decide(stored: AttemptRecord): Decision {
    const nowMs = this.#now();
    const record = rebase(this.#withUnstored(stored), nowMs);
    const retryAfterMs = record.lastFailureAtMs + waitAfterWrongPassphrases(record.failures) - nowMs;
    const isRefused = record.failures > 0 && retryAfterMs > 0;
    return {
      record: isRefused ? record : reserve(record, nowMs),
      reserved: reservedAttempt(record, nowMs),
      retryAfterMs: isRefused ? retryAfterMs : 0,
    };
  }

  #withUnstored(stored: AttemptRecord): AttemptRecord {
    const { failures, lastFailureAtMs } = this.#unstored;
    if (failures === 0) return stored;
    return {
      ...stored,
      failures: stored.failures + failures,
      lastFailureAtMs: Math.max(stored.lastFailureAtMs, lastFailureAtMs),
    };
  }

  async #forgive(reserved: Reserved): Promise<void> {
    this.#unstored = noAttempts(KEY);
    await this.#settle(reserved, forgive);
  }

  async #release(reserved: Reserved): Promise<void> {
    if (reserved.isStored) return await this.#settle(reserved, release);
    const { failures, lastFailureAtMs } = this.#unstored;
    this.#unstored = { ...noAttempts(KEY), failures: Math.max(0, failures - 1), lastFailureAtMs };
  }

  /** Where it cannot be written, the attempt stays counted: no reason to keep the vault shut, or to hide another fault. */
  async #settle(reserved: Reserved, how: typeof forgive): Promise<void> {
    const writing = this.#database.write(["attempts"], async (transaction) => {
      const store = transaction.objectStore("attempts");
      const record = await store.get(KEY);
      if (record) await store.put(how(record, reserved));
    });
    await writing.catch(() => undefined);
  }
}

/** What is done with an attempt. */
interface Decision {
  /** What is to be stored from now on. */
  readonly record: AttemptRecord;
  readonly reserved: ReservedAttempt;
  /** 0 for an attempt that may be made. */
  readonly retryAfterMs: number;
}

function requireNoWait({ reserved, retryAfterMs }: Decision): ReservedAttempt {
  if (retryAfterMs === 0) return reserved;
  throw new VaultError("too-many-attempts", "Too many wrong passphrases. Wait before the next one.", {
    retryAfterMs,
  });
}

function isStoreFull(error: unknown): boolean {
  return error instanceof VaultError && error.code === "store-full";
}
