import type { AutoLockState } from "../vault/vault-watch.ts";

export type { AutoLockState };

/** `new`: no passphrase yet (a demo vault); `locked`: the seeds are sealed; `unlocked`: opened with the passphrase. */
export type VaultState = "new" | "locked" | "unlocked";

/** A passkey that opens the vault. */
export interface PasskeySummary {
  /** WebAuthn's credential id in base64url. */
  readonly id: string;
  readonly name: string;
  /** Unix milliseconds. */
  readonly addedAtMs: number;
}

/** How a long piece of work is watched and stopped. */
export interface LongCallOptions {
  /** The promise rejects with the signal's reason, and nothing was changed. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** How a backup is restored. */
export interface RestoreOptions extends LongCallOptions {
  /** Restores it although the vault has gone on since; what was changed since is lost, but for what was used. */
  readonly allowOlder?: boolean;
}

/** What opens and shuts the vault, and brings it back. */
export interface VaultService {
  vaultState(): Promise<VaultState>;
  /**
   * How far the vault is from locking by itself in this tab; null where nothing would lock it. Asking does not count as use, so
   * that a page may warn, and offer `keepOpen`, before it happens (WCAG 2.2, success criterion 2.2.1).
   */
  autoLock(): Promise<AutoLockState | null>;
  /** Counts as use, and does nothing else. Rejects with `vault-locked`. */
  keepOpen(): Promise<void>;
  /** Puts the vault under a passphrase. Rejects with `MfaInputError` `vault-exists` or `weak-passphrase`. */
  createVault(passphrase: string): Promise<void>;
  /**
   * Rejects with `wrong-passphrase`, from the fifth in a row on with `too-many-attempts` for a while (`retryAfterMs`), with
   * `wasm-blocked` where the passphrase's key cannot be derived, and with `not-loaded` where what derives it could not be fetched.
   */
  unlock(passphrase: string): Promise<void>;
  /** Forgets the key in all tabs until the next `unlock`. A vault without a passphrase has nothing to lock. */
  lock(): Promise<void>;
  /**
   * Rejects as `unlock`. Other tabs have to be unlocked again. Passkeys stay. A vault that is still `new` has no passphrase to
   * compare with: it takes any `current`, and is under `next` from then on, as after `createVault`.
   */
  changePassphrase(current: string, next: string): Promise<void>;
  /**
   * An encrypted copy of the whole vault, read back before it is handed out. A vault with a passphrase takes that one and no other:
   * rejects with `wrong-passphrase` and `too-many-attempts`. One without takes any, as `createVault` does. Rejects with `busy`
   * while an import runs, and with `vault-locked`.
   */
  exportBackup(passphrase: string, options?: LongCallOptions): Promise<Blob>;
  /**
   * Puts a backup in the place of all that is here, also of a locked vault: everything or nothing. Its passphrase is the vault's
   * from then on, and other tabs have to be unlocked again.
   *
   * Codes that were used stay used. Restored over the vault it is of, neither forgets what the other knows: marks and failures
   * are the higher ones. Restored elsewhere, nobody knows what was used since: of clocks every code that could be shown until then
   * is refused (the next one works within two minutes), and counter tokens have to be resynchronized.
   *
   * Rejects with a `BackupError` (`damaged`, `not-a-backup`, `unsupported-version`, `too-large`, `not-readable`; and
   * `older-than-vault` when devices or tokens were changed here since, unless `allowOlder`), with `wrong-passphrase`, and with
   * `busy` while an import runs or another tab makes changes. Cancelling works until all is written. A `lock` meanwhile holds: the
   * vault is restored, and locked.
   */
  importBackup(backup: Blob, passphrase: string, options?: RestoreOptions): Promise<void>;
  /** The passkeys that open the vault beside its passphrase, in the order they were added; also of a locked one. */
  passkeys(): Promise<PasskeySummary[]>;
  /**
   * Has the browser make a passkey (WebAuthn with the PRF extension) and lets it open the vault from now on, after the
   * passphrase was given once more. The vault has to be open; it has eight passkeys at the most. In a frame of another origin
   * the embedder has to allow `publickey-credentials-create` and `publickey-credentials-get`.
   *
   * Rejects as `unlock`; with `vault-locked`; with `passkey-dismissed` when the person closed the browser's dialogue;
   * `passkey-unsupported` where the browser or the authenticator cannot do it; `passkey-exists`; `passkey-limit`; and with an
   * `MfaInputError` for a name not of 1 to 64 characters (`invalid-request`) or a vault without a passphrase (`no-passphrase`).
   */
  addPasskey(name: string, passphrase: string): Promise<PasskeySummary>;
  /**
   * Opens the vault by any of its passkeys. Rejects with `passkey-unknown` when it has none or the one chosen does not open it,
   * with `passkey-dismissed` and with `passkey-unsupported`.
   */
  unlockWithPasskey(): Promise<void>;
  /** The browser or authenticator keeps its passkey; it opens nothing any more. Rejects with `vault-locked`, `passkey-unknown`. */
  removePasskey(id: string): Promise<void>;
}
