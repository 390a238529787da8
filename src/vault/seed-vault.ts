import { wipe, type Bytes } from "../core/bytes.ts";
import type { Seed } from "../otp/seed.ts";
import type { Database } from "./database.ts";
import { VaultError } from "./errors.ts";
import type { VaultHeader } from "./header.ts";
import { HeaderStore } from "./header-store.ts";
import { openedVault, type OpenedVault } from "./opened-vault.ts";
import { PassphraseAttempts } from "./passphrase-attempts.ts";
import { createPassphraseKdf, type PassphraseKdf } from "./passphrase-kdf.ts";
import { keyOfSerial, type SealedFacts, type SeedRecord } from "./records.ts";
import { openSecret, sealSecret } from "./seed-sealing.ts";
import { VaultKey, type OpenedKey } from "./vault-key.ts";

/** Whether seeds can be opened now: `new` needs no passphrase, `locked` waits for it, `unlocked` was given it. */
export type SeedVaultState = "new" | "locked" | "unlocked";

export interface SeedVaultOptions {
  readonly kdf?: PassphraseKdf;
  /** Unix milliseconds, for the waits after wrong passphrases. */
  readonly now?: () => number;
}

/**
 * Keeps every seed sealed with AES-256-GCM, each bound to its place (vault, store, serial number). Only this class sees
 * the data key; it knows nothing of users, codes or windows.
 */
export class SeedVault {
  readonly #headers: HeaderStore;
  readonly #key: VaultKey;
  readonly #attempts: PassphraseAttempts;
  readonly #onLocked = new Set<() => void>();
  #opened: Promise<OpenedVault> | undefined;
  /** How often it was locked: tells an unlock under way that it comes too late. */
  #locks = 0;
  #strengthening: Promise<void> = Promise.resolve();

  constructor(database: Database, { kdf = createPassphraseKdf(), now = Date.now }: SeedVaultOptions = {}) {
    this.#headers = new HeaderStore(database);
    this.#key = new VaultKey(this.#headers, kdf);
    this.#attempts = new PassphraseAttempts(database, now);
    // The database may be another one when it is opened again: its seeds have another key.
    database.onClosed(() => this.lock());
  }

  /**
   * Calls `listener` whenever the key is forgotten: what was derived from opened seeds is to be forgotten with it. Returns what
   * ends it.
   */
  onLocked(listener: () => void): () => void {
    this.#onLocked.add(listener);
    return () => void this.#onLocked.delete(listener);
  }

  async state(): Promise<SeedVaultState> {
    const header = await this.#headers.find();
    if (!header || header.slot.kind === "device") return "new";
    return this.#opened ? "unlocked" : "locked";
  }

  /** Puts the vault under a passphrase. Rejects with `vault-exists`. */
  async create(passphrase: string): Promise<void> {
    const locks = this.#locks;
    const header = await this.#headers.require();
    if (header.slot.kind !== "device") {
      throw new VaultError("vault-exists", "The vault has a passphrase already. Change it instead.");
    }
    await this.#setPassphrase(() => this.#key.open(header), passphrase, locks);
  }

  /**
   * Rejects with `wrong-passphrase`, with `too-many-attempts` after several of them, with `wasm-blocked`, and with
   * `vault-locked` when it was locked meanwhile. A vault without a passphrase opens for any.
   */
  async unlock(passphrase: string): Promise<void> {
    const locks = this.#locks;
    const opened = await this.#openWith(passphrase);
    const isWanted = () => this.#locks === locks;
    try {
      if (!(await this.#keep(opened, opened.header.lockMark, locks))) throw lockedMeanwhile();
      const settled = await this.#key.settle(opened);
      this.#inBackground(settled, () => this.#key.strengthen(settled, passphrase, isWanted));
    } catch (error) {
      wipe(opened.dataKey);
      throw error;
    }
  }

  /** Opens it by another way than the passphrase: `open` gives the data key. Rejects as that, and with `vault-locked`. */
  async openBy(open: (header: VaultHeader) => Promise<Bytes>): Promise<void> {
    const locks = this.#locks;
    const header = await this.#headers.require();
    const dataKey = await open(header);
    try {
      if (!(await this.#keep({ dataKey, header }, header.lockMark, locks))) throw lockedMeanwhile();
    } finally {
      wipe(dataKey);
    }
  }

  /** How often it was locked: for {@link SeedVault.restored}. */
  get locks(): number {
    return this.#locks;
  }

  /** Another vault took this one's place. Forgets the key of the old, and holds the new unless it was locked since `locks`. */
  async restored(opened: Omit<OpenedKey, "slot">, locks: number): Promise<void> {
    const isWanted = this.#locks === locks;
    this.lock();
    if (isWanted) await this.#keep(opened, opened.header.lockMark, this.#locks);
  }

  /** Runs `work` with the data key in the clear, for whoever gives the passphrase. Rejects as `unlock`. */
  async withDataKey<T>(passphrase: string, work: (opened: OpenedKey) => Promise<T>): Promise<T> {
    const opened = await this.#openWith(passphrase);
    try {
      return await work(opened);
    } finally {
      wipe(opened.dataKey);
    }
  }

  /** Resolves once nothing goes on that an unlock began. */
  async settled(): Promise<void> {
    await this.#strengthening;
  }

  /** Rejects with `vault-locked`: for what is stored in the clear, yet is nobody's business while the vault is locked. */
  async requireOpen(): Promise<void> {
    await this.#openedVault();
  }

  /** Forgets the key, here only. Without a passphrase there is nothing to lock: the next use opens it again. */
  lock(): void {
    this.#locks += 1;
    this.#opened = undefined;
    for (const listener of this.#onLocked) listener();
  }

  /** Forgets the key here and marks it so for all tabs. Resolves with false for a vault without a passphrase. */
  async lockEverywhere(): Promise<boolean> {
    this.lock();
    const header = await this.#headers.find();
    if (header?.slot.kind !== "passphrase") return false;
    await this.#headers.mark(crypto.randomUUID());
    return true;
  }

  /** Locks if another tab locked the vault, or gave it a passphrase, since it was opened here; also if nobody can tell. */
  async lockIfMarked(): Promise<void> {
    const held = this.#opened;
    if (!held) return;
    try {
      const [opened, header] = await Promise.all([held, this.#headers.find()]);
      if (opened.vaultId === header?.vaultId && opened.lockMark === header.lockMark) return;
    } catch {
      // What cannot be read cannot say that nothing happened.
    }
    if (this.#opened === held) this.lock();
  }

  /** Rejects as {@link SeedVault.unlock}; locked meanwhile, it stays so, with the new passphrase. Other tabs have to be unlocked again, with the new passphrase. */
  async changePassphrase(current: string, next: string): Promise<void> {
    await this.#setPassphrase(() => this.#openWith(current), next, this.#locks);
  }

  /** The seed of a record, opened; the caller wipes its secret. Rejects with `vault-locked` or `store-corrupt`. */
  async open(record: SeedRecord): Promise<Seed> {
    const { serialKey: _, importId: __, sealedSecret: ___, ...plain } = record;
    return { ...plain, secret: await this.openSecret(record) };
  }

  /** The secret of what was sealed, opened; the caller wipes it. Rejects as {@link SeedVault.open}. */
  async openSecret(sealed: SealedFacts): Promise<Bytes> {
    const { key, vaultId } = await this.#openedVault();
    return await openSecret(key, vaultId, sealed);
  }

  /** Seals a seed into the record to store, for the vault of that id only. Rejects with `vault-locked`. */
  async seal(seed: Seed): Promise<{ readonly record: SeedRecord; readonly vaultId: string }> {
    const { secret: _, ...plain } = seed;
    const { key, vaultId } = await this.#openedVault();
    const sealedSecret = await sealSecret(key, vaultId, seed);
    return { record: { ...plain, ...keyOfSerial(seed.serialNumber), sealedSecret }, vaultId };
  }

  #openedVault(): Promise<OpenedVault> {
    if (this.#opened) return this.#opened;
    const opening = this.#openDevice().catch((error: unknown) => {
      if (this.#opened === opening) this.#opened = undefined;
      throw error;
    });
    this.#opened = opening;
    return opening;
  }

  async #openDevice(): Promise<OpenedVault> {
    const opened = await this.#key.open(await this.#headers.require());
    try {
      return await openedVault(opened, opened.header.lockMark);
    } finally {
      wipe(opened.dataKey);
    }
  }

  async #openWith(passphrase: string): Promise<OpenedKey> {
    const header = await this.#headers.require();
    if (header.slot.kind === "device") return await this.#key.open(header);
    return await this.#attempts.guard(() => this.#key.open(header, passphrase));
  }

  async #setPassphrase(open: () => Promise<OpenedKey>, next: string, locks: number): Promise<void> {
    // The two would be in each other's way.
    await this.settled();
    const opened = await open();
    try {
      const { lockMark } = await this.#key.rewrap(opened, next, { lockMark: crypto.randomUUID() });
      // The change is made either way: whoever locked the vault meanwhile has it locked, and that is no failure.
      await this.#keep(opened, lockMark, locks);
    } finally {
      wipe(opened.dataKey);
    }
  }

  /** Not before the next task, so that whoever waits for the unlock is answered first. The data key is wiped after it. */
  #inBackground({ dataKey }: OpenedKey, work: () => Promise<void>): void {
    const nextTask = new Promise<void>((resolve) => void setTimeout(resolve));
    this.#strengthening = nextTask.then(work).finally(() => wipe(dataKey));
  }

  /** Holds the key from now on. False when the vault was locked since `locks` were counted: then it stays so. */
  async #keep(
    opened: Omit<OpenedKey, "slot">,
    lockMark: string | undefined,
    locks: number,
  ): Promise<boolean> {
    const vault = await openedVault(opened, lockMark);
    if (this.#locks !== locks) return false;
    this.#opened = Promise.resolve(vault);
    return true;
  }
}

function lockedMeanwhile(): VaultError {
  return new VaultError("vault-locked", "The vault was locked meanwhile. Unlock it with its passphrase.");
}
