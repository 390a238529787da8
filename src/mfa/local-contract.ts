import type { Bytes } from "../core/bytes.ts";
import type { ReadSeedFileOptions, SeedFormat, SkippedRow } from "../seeds/report.ts";
import type { MfaService } from "./contract.ts";
import type { DriftHistory } from "./drift-history.ts";

/** `new`: no passphrase yet (a demo vault); `locked`: the seeds are sealed; `unlocked`: opened with the passphrase. */
export type VaultState = "new" | "locked" | "unlocked";

/** What an import did. */
export interface ImportReport {
  readonly format: SeedFormat;
  /** Tokens written. */
  readonly imported: number;
  /** Rows of the file that were not read, with the reason. */
  readonly skipped: readonly SkippedRow[];
  /** Serial numbers that were in the inventory already. */
  readonly duplicates: readonly DuplicateSeed[];
}

/**
 * - `kept`: the inventory's seed stays (`onDuplicate: "keep"`).
 * - `replaced`: the file's seed took its place (`onDuplicate: "replace"`).
 * - `assigned`: the token has an owner, so its seed is never replaced.
 */
export interface DuplicateSeed {
  readonly serialNumber: string;
  readonly outcome: "kept" | "replaced" | "assigned";
}

export interface ImportSeedsOptions extends ReadSeedFileOptions {
  /** What happens to a serial number the inventory has already; `keep` unless told. */
  readonly onDuplicate?: "keep" | "replace";
}

/** A token of the inventory, without its secret. */
export interface SeedSummary {
  readonly serialNumber: string;
  readonly type: "totp" | "hotp";
  readonly algorithm: "SHA1" | "SHA256" | "SHA512";
  readonly digits: number;
  readonly periodSeconds: number;
  readonly manufacturer?: string;
  readonly model?: string;
  /** True when a user has it. */
  readonly assigned: boolean;
}

export interface SeedQuery {
  /** Part of the serial number, manufacturer or model, any case. */
  readonly text?: string;
  readonly assigned?: boolean;
  /** Rows to leave out at the start; 0 unless told. */
  readonly offset?: number;
  /** Rows at the most; 100 unless told. */
  readonly limit?: number;
}

/** The service with its own vault, in a worker of this browser. */
export interface LocalMfaService extends MfaService {
  vaultState(): Promise<VaultState>;
  /** Puts the vault under a passphrase. Rejects with `MfaInputError` `vault-exists` or `weak-passphrase`. */
  createVault(passphrase: string): Promise<void>;
  /** Rejects with `wrong-passphrase`. */
  unlock(passphrase: string): Promise<void>;
  /** Forgets the key until the next `unlock`. A vault without a passphrase has nothing to lock. */
  lock(): Promise<void>;
  changePassphrase(current: string, next: string): Promise<void>;
  /** Reads a seed file in the worker and adds its tokens, all in one transaction. Rejects with a `SeedFileError`. */
  importSeeds(file: Blob | Bytes | string, options?: ImportSeedsOptions): Promise<ImportReport>;
  listSeeds(query?: SeedQuery): Promise<SeedSummary[]>;
  /** How a token's clock ran, assigned or not. Rejects with `unknown-serial`, and with `vault-locked` until `unlock`. */
  driftHistory(serialNumber: string): Promise<DriftHistory>;
  /** Ends the worker. Calls under way reject with `worker-lost`. */
  close(): Promise<void>;
}
