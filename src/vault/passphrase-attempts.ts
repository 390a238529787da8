import { forgive, noAttempts, release, reserve, reservedAttempt, type ReservedAttempt } from "./attempts.ts";
import type { Database } from "./database.ts";
import { VaultError } from "./errors.ts";

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

/**
 * Slows down guessing at the keyboard, across tabs and reloads. Whoever can read the database guesses on their own machine:
 * against them only the passphrase and its key derivation stand.
 */
export class PassphraseAttempts {
  readonly #database: Database;
  readonly #now: () => number;

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
      await this.#settle(reserved, forgive);
      return result;
    } catch (error) {
      const isWrong = error instanceof VaultError && error.code === "wrong-passphrase";
      if (!isWrong) await this.#settle(reserved, release);
      throw error;
    }
  }

  #reserve(): Promise<ReservedAttempt> {
    const nowMs = this.#now();
    return this.#database.write(["attempts"], async (transaction) => {
      const store = transaction.objectStore("attempts");
      const record = (await store.get(KEY)) ?? noAttempts(KEY);
      const wait = waitAfterWrongPassphrases(record.failures);
      // A clock set back does not make it longer than the wait itself.
      const retryAfterMs = Math.min(wait, record.lastFailureAtMs + wait - nowMs);
      if (retryAfterMs > 0) throw tooManyAttempts(retryAfterMs);
      await store.put(reserve(record, nowMs));
      return reservedAttempt(record, nowMs);
    });
  }

  /** Where it cannot be written, the attempt stays counted: no reason to keep the vault shut, or to hide another fault. */
  async #settle(reserved: ReservedAttempt, how: typeof forgive): Promise<void> {
    const writing = this.#database.write(["attempts"], async (transaction) => {
      const store = transaction.objectStore("attempts");
      const record = await store.get(KEY);
      if (record) await store.put(how(record, reserved));
    });
    await writing.catch(() => undefined);
  }
}

function tooManyAttempts(retryAfterMs: number): VaultError {
  return new VaultError("too-many-attempts", "Too many wrong passphrases. Wait before the next one.", {
    retryAfterMs,
  });
}
