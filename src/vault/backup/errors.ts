import { OathError } from "../../core/errors.ts";

/**
 * Why a backup was not restored. A passphrase that does not open it is a `VaultError` `wrong-passphrase`.
 * - `not-readable`: the browser or system could not read the file (moved, removed, or access lost).
 * - `not-a-backup`: another kind of file.
 * - `unsupported-version`: written by a newer version of this software.
 * - `too-large`: over 1 GiB.
 * - `damaged`: cut off, added to, changed, or made by somebody to do harm.
 * - `older-than-vault`: the vault here has gone on since; restoring has to be allowed expressly.
 */
export type BackupErrorCode =
  "not-readable" | "not-a-backup" | "unsupported-version" | "too-large" | "damaged" | "older-than-vault";

/** A backup was refused; nothing was changed. The message names no secret. */
export class BackupError extends OathError {
  override readonly name = "BackupError";
  readonly code: BackupErrorCode;

  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The file is not, or no longer, what was written. */
export function damagedBackup(options?: ErrorOptions): BackupError {
  return new BackupError(
    "damaged",
    "This backup is damaged or was changed. Nothing was restored; use another copy of it.",
    options,
  );
}
