import type { Bytes } from "../core/bytes.ts";
import type { Identification as EngineIdentification, Window } from "../otp/index.ts";
import type { DecidedEncoding, ReadSeedFileOptions, SeedFormat, SkippedRow } from "../seeds/report.ts";
import type { AuditEntry, AuditQuery } from "./audit.ts";
import type { MfaService, ObservedCode } from "./contract.ts";
import type { InventoryService, SeedSummary } from "./inventory-contract.ts";
import type { DriftHistory } from "./drift-history.ts";
import type { ThreadKind } from "./service-thread.ts";
import type { StorageState } from "./storage-persistence.ts";
import type { LongCallOptions, VaultService } from "./vault-contract.ts";

export * from "./inventory-contract.ts";

/** Rows of each list of a report that are told one by one; of a file with more of them the number is told. */
export const MOST_REPORTED_ROWS = 10_000;

/** What an import did. */
export interface ImportReport {
  /** Names the import, for {@link LocalMfaService.undoImport}; one that wrote nothing cannot be undone. */
  readonly importId: string;
  readonly format: SeedFormat;
  /** Tokens written. */
  readonly imported: number;
  /** Rows of the file that were not read, with the reason: the first {@link MOST_REPORTED_ROWS}. */
  readonly skipped: readonly SkippedRow[];
  /** How many there are in all. */
  readonly skippedCount: number;
  /** Serial numbers that were in the inventory already: the first {@link MOST_REPORTED_ROWS}. */
  readonly duplicates: readonly DuplicateSeed[];
  /** How many there are in all. */
  readonly duplicateCount: number;
  /** In what form the secrets were read, where the format does not say. */
  readonly secretEncoding?: DecidedEncoding;
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

/** What a seed file holds, seen before anything of it is written. Nothing secret is in it. */
export interface SeedFilePreview {
  readonly format: SeedFormat;
  /** Tokens that can be imported, those that are in the inventory already included. */
  readonly tokenCount: number;
  /** The first of them, 20 at the most. */
  readonly firstTokens: readonly PreviewedToken[];
  /** As in {@link ImportReport}. */
  readonly skipped: readonly SkippedRow[];
  readonly skippedCount: number;
  /** Serial numbers that are in the inventory already: the first {@link MOST_REPORTED_ROWS}. */
  readonly known: readonly KnownToken[];
  /** How many there are in all, and how many of them have an owner: their seeds are never replaced. */
  readonly knownCount: number;
  readonly assignedCount: number;
  readonly secretEncoding?: DecidedEncoding;
}

/** A token of a seed file, without its secret. */
export interface PreviewedToken extends Omit<SeedSummary, "assigned"> {
  /** Bytes of its secret. */
  readonly secretBytes: number;
  /** What the inventory has of this serial number, if anything. */
  readonly known?: KnownToken["state"];
}

/** A token of a seed file that the inventory has already. */
export interface KnownToken {
  readonly serialNumber: string;
  readonly state: "free" | "assigned";
}

/** The last import, as long as it can be undone. */
export interface LastImport {
  readonly importId: string;
  readonly importedAtMs: number;
  /** Tokens written. */
  readonly imported: number;
}

/** What taking an import back did. */
export interface UndoReport {
  /** Tokens taken out of the inventory. */
  readonly removed: number;
  /** Tokens that have the seed back that the import had replaced. */
  readonly restored: number;
  /** Serial numbers left as they are, for somebody has been given the token meanwhile. */
  readonly kept: readonly string[];
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
export interface LocalMfaService extends MfaService, VaultService, InventoryService {
  /** Where it runs: in its worker, or where no worker could be started in the page's own thread. */
  readonly runsIn?: ThreadKind;
  /**
   * Reads a seed file in the worker and adds its tokens: all that can be read, or none. Cancelled, failed, or cut off by a
   * crash, it is taken back, at the latest before anybody looks at the inventory again. Cancelling takes as long as that: about
   * a third of the time the import had run. While it runs, its tokens are listed already, but cannot be assigned (`busy`).
   * Rejects with a `SeedFileError`, with `vault-locked`, with `store-full`, and with `busy` while another import or undo is
   * running, in whichever tab. Where the page has no Web Locks (no HTTPS, an opaque origin), a tab that died shows only by a
   * minute of silence.
   */
  importSeeds(file: Blob | Bytes | string, options?: ImportSeedsOptions): Promise<ImportReport>;
  /** Reads a seed file as `importSeeds` does and writes nothing; also in a locked vault. Rejects with a `SeedFileError`. */
  previewSeeds(
    file: Blob | Bytes | string,
    options?: Omit<ImportSeedsOptions, "onDuplicate">,
  ): Promise<SeedFilePreview>;
  /**
   * The last import that wrote anything, until it was undone or another one began to write; also after a reload. Null while one
   * is running or being undone.
   */
  lastImport(): Promise<LastImport | null>;
  /**
   * Takes the last import back: its tokens go, the seeds it replaced return. A token that was assigned since stays, and a code
   * that was used stays used. Cannot be cancelled. Rejects with `MfaInputError` `unknown-import` when it is not the last one,
   * with `vault-locked`, and with `busy` while another import is running.
   */
  undoImport(importId: string, options?: Pick<LongCallOptions, "onProgress">): Promise<UndoReport>;
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
  /**
   * Who did what to which token, newest first: the last 10 000 calls that changed, proved or released something. Rejects with
   * `vault-locked` until `unlock`, and with `MfaInputError` for a query out of bounds.
   */
  auditLog(query?: AuditQuery): Promise<AuditEntry[]>;
  /** The whole audit log as CSV (RFC 4180), oldest first, safe for a spreadsheet. Rejects with `vault-locked`. */
  exportAuditLog(): Promise<Blob>;
  /**
   * Calls `listener` when a device was assigned, resynchronized or removed, in whichever tab, until the signal is aborted or the
   * service closed. Other tabs' calls are judged by the database in any case; this is for what is on view.
   */
  watchDevices(listener: () => void, options?: { readonly signal?: AbortSignal }): void;
  /**
   * Whether the browser promised to keep the vault. It is asked to after the first enrolment and the first import that a page's
   * user made; many browsers say no to a site that is not often used.
   */
  storageState(): Promise<StorageState>;
  /** Ends the worker. Calls under way reject with `worker-lost`. */
  close(): Promise<void>;
}
