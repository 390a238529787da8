import { OathError } from "../core/errors.ts";

/**
 * - `vault-locked`: the seeds are sealed under a passphrase that was not given yet.
 * - `wrong-passphrase`: the passphrase does not open the vault.
 * - `too-many-attempts`: wrong passphrases before; nothing was tried, the next one is after `retryAfterMs`.
 * - `wasm-blocked`: the passphrase's key is derived in WebAssembly, which cannot run here.
 * - `not-loaded`: what derives the key could not be fetched; nothing was tried.
 * - `no-passphrase`: the vault has no passphrase yet, and what was asked for stands beside one.
 * - `passkey-unknown`: that passkey does not open this vault, or not any more.
 * - `passkey-limit`: the vault has as many passkeys as it may.
 * - `vault-exists`: there is a passphrase already.
 * - `store-corrupt`: a record is damaged, was moved, or the database cannot be read.
 * - `store-full`: the browser gives no more storage; nothing was written.
 * - `outdated`: another tab upgraded the database for a newer version of the page; only a reload helps.
 * - `busy`: another tab holds the database at an older version, changes the same thing, or imports.
 */
export type VaultErrorCode =
  | "vault-locked"
  | "wrong-passphrase"
  | "too-many-attempts"
  | "wasm-blocked"
  | "not-loaded"
  | "no-passphrase"
  | "passkey-unknown"
  | "passkey-limit"
  | "vault-exists"
  | "store-corrupt"
  | "store-full"
  | "outdated"
  | "busy";

/** The vault refused or failed. */
export class VaultError extends OathError {
  override readonly name = "VaultError";
  readonly code: VaultErrorCode;
  /** `too-many-attempts`: milliseconds until the next attempt. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: VaultErrorCode,
    message: string,
    options: ErrorOptions & { readonly retryAfterMs?: number } = {},
  ) {
    super(message, options);
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The browser gave no room for it; nothing was written. */
export function isStoreFull(error: unknown): boolean {
  return error instanceof VaultError && error.code === "store-full";
}

/** Somebody else changed what this change was prepared on; nothing was written. */
export function changedElsewhere(options?: ErrorOptions): VaultError {
  return new VaultError("busy", "Another tab changed the inventory at the same time. Try again.", options);
}

/** Only one import or undo runs at a time, in all tabs together. */
export function importRunning(): VaultError {
  return new VaultError(
    "busy",
    "Another import is running or being undone, maybe in another tab. Try again when it is done.",
  );
}

/** Puts the vault's code on what IndexedDB or WebCrypto threw; a typed error passes as it is. */
export function asVaultError(error: unknown): unknown {
  if (error instanceof OathError || !(error instanceof DOMException)) return error;
  switch (error.name) {
    case "QuotaExceededError":
      return new VaultError(
        "store-full",
        "The browser has no more storage for this site. Nothing was changed. To free some space, delete files from the disk or other sites' data in the browser's settings; then try again.",
        { cause: error },
      );
    case "VersionError":
      return new VaultError(
        "outdated",
        "Another tab uses a newer version of this page. Reload this tab and try again.",
        { cause: error },
      );
    case "ConstraintError":
      // What was new when it was looked up is there by now.
      return changedElsewhere({ cause: error });
    case "AbortError":
      return new VaultError("busy", "The browser broke off the change. Nothing was changed; try again.", {
        cause: error,
      });
    default:
      return new VaultError("store-corrupt", "The stored data could not be read or written.", {
        cause: error,
      });
  }
}
