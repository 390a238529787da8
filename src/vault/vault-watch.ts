import { AutoLock, type AutoLockClock } from "./auto-lock.ts";
import type { SeedVault } from "./seed-vault.ts";

/** Whether anybody sees the page. */
export type PageState = "visible" | "hidden";

/** How far an open vault is from locking by itself, in milliseconds. */
export interface AutoLockState {
  /** Until it locks, if nobody uses it before. */
  readonly leftMs: number;
  /** How long it may be idle. */
  readonly idleMs: number;
}

/** Minutes without use after which a vault locks: 5 unless told, 1 to 60, or 0 for never. */
export const AUTO_LOCK_MINUTES = { default: 5, least: 1, most: 60 } as const;

/** A page nobody sees keeps its vault open so long, however long it may be idle. */
const HIDDEN_MS = 15 * 60_000;

/** What all tabs of one database tell each other. There is nothing in it to believe: whoever hears it locks. */
const LOCKED = "locked";

/**
 * Locks the vault when it should be: by itself after a while, with the other tabs, and after the page was away. All of it is
 * for vaults with a passphrase: without one there is nothing to lock.
 */
export class VaultWatch {
  readonly #vault: SeedVault;
  readonly #channel: BroadcastChannel;
  readonly #autoLock: AutoLock | undefined;
  readonly #idleMs: number;
  /** What has to be known before the next call is let through. */
  #checking: Promise<void> = Promise.resolve();

  /** Throws a `RangeError` for minutes out of range. */
  constructor(
    databaseName: string,
    vault: SeedVault,
    autoLockMinutes: number = AUTO_LOCK_MINUTES.default,
    clock?: AutoLockClock,
  ) {
    requireAutoLockMinutes(autoLockMinutes);
    this.#vault = vault;
    this.#idleMs = autoLockMinutes * 60_000;
    const times = { idleMs: this.#idleMs, hiddenMs: HIDDEN_MS };
    if (autoLockMinutes > 0) this.#autoLock = new AutoLock(times, () => this.#lockBySelf(), clock);
    this.#channel = new BroadcastChannel(`oath-bridge vault ${databaseName}`);
    this.#channel.addEventListener("message", () => vault.lock());
  }

  /** Runs a call once it is sure whether the vault is still open. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    const run = async () => {
      await this.#checking;
      return await work();
    };
    return await (this.#autoLock ? this.#autoLock.around(run) : run());
  }

  /** Locks this tab and all others. */
  async lockEverywhere(): Promise<void> {
    let isForAll = true;
    try {
      isForAll = await this.#vault.lockEverywhere();
    } finally {
      // Also when the database fails: then this is the only way to tell them.
      if (isForAll) this.#tellOthers();
    }
  }

  /** When the vault will lock by itself; null while there is nothing that would. Asking does not count as use. */
  async autoLock(): Promise<AutoLockState | null> {
    await this.#checking;
    if (!this.#autoLock || (await this.#vault.state()) !== "unlocked") return null;
    return { leftMs: this.#autoLock.leftMs, idleMs: this.#idleMs };
  }

  /** Another passphrase was set: other tabs have to be unlocked with it. */
  passphraseSet(): void {
    this.#tellOthers();
  }

  /** A page that comes back may have missed what other tabs said: it was frozen, or kept for the way back. */
  page(state: PageState): void {
    if (state === "hidden") return this.#autoLock?.hidden();
    this.#autoLock?.shown();
    this.#check(() => this.#vault.lockIfMarked());
  }

  close(): void {
    this.#autoLock?.stop();
    this.#channel.close();
  }

  #tellOthers(): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin, and takes no other
    this.#channel.postMessage(LOCKED);
  }

  #lockBySelf(): void {
    this.#check(async () => {
      // Locking drops what was derived from the seeds, which a vault that opens by itself again would have to redo.
      const isNew = await this.#vault.state().then(
        (state) => state === "new",
        () => false,
      );
      if (!isNew) this.#vault.lock();
    });
  }

  #check(work: () => Promise<void>): void {
    this.#checking = this.#checking.then(work, work);
  }
}

/** Throws a `RangeError` unless it is 0 or 1 to 60. */
export function requireAutoLockMinutes(minutes: number): void {
  const { least, most } = AUTO_LOCK_MINUTES;
  if (minutes === 0 || (Number.isFinite(minutes) && minutes >= least && minutes <= most)) return;
  throw new RangeError(`autoLockMinutes is ${least} to ${most}, or 0 for never`);
}
