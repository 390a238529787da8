/** What is written down. */
export const AUDIT_ACTIONS = [
  "enable-device",
  "resync-device",
  "deactivate-device",
  "verify-code",
  "create-vault",
  "unlock",
  "lock",
  "change-passphrase",
  "add-passkey",
  "remove-passkey",
  "import-seeds",
  "undo-import",
  "export-seeds",
  "label-seed",
  "retire-seeds",
  "restore-seeds",
  "export-backup",
  "import-backup",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * Who did what to which token, and what came of it. It never holds what was typed: no code, passphrase, file name or message,
 * and a serial number or user only where the vault knows them, for people type secrets into the wrong field.
 */
export interface AuditEntry {
  /** Counts up from 1; newer entries have greater ones. */
  readonly id: number;
  /** By the service's clock, in Unix milliseconds. */
  readonly atMs: number;
  readonly action: AuditAction;
  /** `done`, or the `code` of the error the call ended with. */
  readonly outcome: string;
  readonly userName?: string;
  /** As the inventory writes it. */
  readonly serialNumber?: string;
  /** Counts, steps, and reasons out of fixed lists. */
  readonly details?: Readonly<Record<string, string | number>>;
}

/** Which entries to read. */
export interface AuditQuery {
  /** Entries at the most: 1 to 1000, 100 unless told. */
  readonly limit?: number;
  /** Only entries before this one: the `id` of the last one read goes on from there. */
  readonly beforeId?: number;
  /** Only of this token, as the inventory writes its serial number. */
  readonly serialNumber?: string;
  /** Only of this user, in any case. */
  readonly userName?: string;
}

/** The newest so many entries are kept: some years of a small office, and about two megabytes. */
export const MOST_AUDIT_ENTRIES = 10_000;

/** Bounds of {@link AuditQuery.limit}. */
export const AUDIT_LIMIT = { default: 100, least: 1, most: 1_000 } as const;
