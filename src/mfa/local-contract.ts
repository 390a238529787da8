import type { Bytes } from "../core/bytes.ts";
import type { Identification as EngineIdentification, Window } from "../otp/index.ts";
import type { ReadSeedFileOptions, SeedFormat, SkippedRow } from "../seeds/report.ts";
import type { MfaService, ObservedCode } from "./contract.ts";
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

/** A token that fits some codes. */
export type Identification = Omit<EngineIdentification, "seedIndex">;

/** How to look for a token by its codes. */
export interface IdentifyTokenOptions {
  /** Around where each token is expected; ±10 steps unless told, at most ±120. HOTP tokens are looked for ahead only. */
  readonly window?: Window;
  /** The promise rejects at once with the signal's reason; the worker stops within a tenth of a second. */
  readonly signal?: AbortSignal;
  /** Told some times a second. The units are codes that could be computed in the time the work takes. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The service with its own vault, in a worker of this browser. */
export interface LocalMfaService extends MfaService {
  vaultState(): Promise<VaultState>;
  /** Puts the vault under a passphrase. Rejects with `MfaInputError` `vault-exists` or `weak-passphrase`. */
  createVault(passphrase: string): Promise<void>;
  /**
   * Rejects with `wrong-passphrase`, from the fifth in a row on with `too-many-attempts` for a while (`retryAfterMs`), and
   * with `wasm-blocked` where the passphrase's key cannot be derived.
   */
  unlock(passphrase: string): Promise<void>;
  /** Forgets the key in all tabs until the next `unlock`. A vault without a passphrase has nothing to lock. */
  lock(): Promise<void>;
  /** Rejects as `unlock`. Other tabs have to be unlocked again. */
  changePassphrase(current: string, next: string): Promise<void>;
  /** Reads a seed file in the worker and adds its tokens, all in one transaction. Rejects with a `SeedFileError`. */
  importSeeds(file: Blob | Bytes | string, options?: ImportSeedsOptions): Promise<ImportReport>;
  listSeeds(query?: SeedQuery): Promise<SeedSummary[]>;
  /**
   * Finds which tokens of the inventory show these codes: one to ten, consecutive, in the order they were shown, all of one
   * length. Every token that fits, best first; `furtherCodesNeeded` says how sure that is. Where to look is judged by the
   * age of the last code. Nothing is accepted, counted or throttled: it is the administrator's own bench, where whoever
   * may ask has the seeds, and proves nothing to anybody else.
   *
   * The seeds are opened in the worker, for the first search only: what is derived from them is kept until the inventory
   * changes or the vault is locked. Rejects with `vault-locked`, with `invalid-code` for codes that are none, with `busy`
   * when other tabs keep changing the inventory, and with an `MfaInputError` for no code or a window out of bounds.
   */
  identifyToken(codes: readonly ObservedCode[], options?: IdentifyTokenOptions): Promise<Identification[]>;
  /** How a token's clock ran, assigned or not. Rejects with `unknown-serial`, and with `vault-locked` until `unlock`. */
  driftHistory(serialNumber: string): Promise<DriftHistory>;
  /** Ends the worker. Calls under way reject with `worker-lost`. */
  close(): Promise<void>;
}
