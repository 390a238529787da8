import type {
  DeactivateMfaDeviceRequest,
  EnableMfaDeviceRequest,
  MfaDevice,
  ObservedCode,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "../src/mfa/contract.ts";
import type { ObservedDrift } from "../src/mfa/drift-history.ts";
import type {
  Identification,
  IdentifyTokenOptions,
  ImportReport,
  ImportSeedsOptions,
  LastImport,
  RestoreReport,
  RetiredSeed,
  RetireReport,
  SeedChoice,
  SeedFilePreview,
  SeedPage,
  SeedPageQuery,
  SeedQuery,
  SeedSummary,
  UndoReport,
} from "../src/mfa/local-contract.ts";
import type { PasskeySummary, VaultState } from "../src/mfa/vault-contract.ts";
import type { AuditEntry, AuditQuery } from "../src/vault/audit-entry.ts";
import type { MfaPolicy } from "../src/mfa/policy.ts";
import type { AutoLockState, PageState } from "../src/vault/vault-watch.ts";

/**
 * An error as it crosses the worker border. Comlink would send a bare `Error`, without class, code or details; and its
 * stack, which is nobody's business.
 */
export interface WireError {
  readonly name:
    | "MfaError"
    | "MfaInputError"
    | "SeedFileError"
    | "SeedExportError"
    | "OtpError"
    | "BackupError"
    | "RangeError"
    | "AbortError"
    | "Error";
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number | readonly string[]>>;
}

/** What every call answers with: outcomes are data, nothing is thrown across. */
export type Outcome<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

/** What a worker is started with. */
export interface VerificationSettings {
  readonly databaseName: string;
  readonly policy: Partial<MfaPolicy>;
  readonly clockOffsetMs: number;
  /** A Web Lock that the worker holds as long as it lives, so that the page learns of its end. */
  readonly lifeLock: string;
  /** See `AUTO_LOCK_MINUTES`; 5 unless told. */
  readonly autoLockMinutes?: number;
}

/** Options of an import that can be cloned. */
export type WireImportOptions = Omit<ImportSeedsOptions, "signal" | "onProgress">;

/** Options of a preview that can be cloned. */
export type WirePreviewOptions = Omit<WireImportOptions, "onDuplicate">;

/** Options of a restore that can be cloned. */
export interface WireRestoreOptions {
  readonly allowOlder?: boolean;
}

/** What the page has to ask a passkey for. */
export interface StoredPasskey extends PasskeySummary {
  /** What its function is evaluated on. */
  readonly salt: Uint8Array<ArrayBuffer>;
}

/** A passkey as the page hands it over; of its output the worker has a copy of its own, which it wipes. */
export interface WirePasskey extends Omit<StoredPasskey, "addedAtMs"> {
  readonly prfOutput: Uint8Array<ArrayBuffer>;
}

/** Which retired tokens to bring back. */
export type WireRetired = readonly string[] | Pick<RetireReport, "retireId">;

/** A seed file as it crosses: of bytes the worker has a copy of its own, which it wipes. */
export type WireFile = Blob | Uint8Array<ArrayBuffer> | string;

/** Told how far a call is, through a proxy; the same figures again are a sign of life. */
export type ProgressListener = (done: number, total: number) => void;

/** Options of an identification that can be cloned. */
export type WireIdentifyOptions = Omit<IdentifyTokenOptions, "signal" | "onProgress">;

/** Reads what was written down of the other calls. */
export interface AuditApi {
  auditLog(query: AuditQuery): Promise<Outcome<AuditEntry[]>>;
  exportAuditLog(): Promise<Outcome<Blob>>;
}

/** The methods the page may call; anything else is not answered. */
export interface VerificationApi extends AuditApi {
  /** The first call: answers once the worker is ready. */
  start(settings: VerificationSettings): Promise<Outcome<null>>;
  /** A sign of life. */
  alive(): Promise<Outcome<null>>;
  enableMfaDevice(request: EnableMfaDeviceRequest): Promise<Outcome<MfaDevice>>;
  resyncMfaDevice(request: ResyncMfaDeviceRequest): Promise<Outcome<MfaDevice>>;
  deactivateMfaDevice(request: DeactivateMfaDeviceRequest): Promise<Outcome<void>>;
  listMfaDevices(userName: string): Promise<Outcome<MfaDevice[]>>;
  verifyCode(request: VerifyCodeRequest): Promise<Outcome<Verification>>;
  vaultState(): Promise<Outcome<VaultState>>;
  autoLock(): Promise<Outcome<AutoLockState | null>>;
  keepOpen(): Promise<Outcome<void>>;
  createVault(passphrase: string): Promise<Outcome<void>>;
  unlock(passphrase: string): Promise<Outcome<void>>;
  lock(): Promise<Outcome<void>>;
  changePassphrase(current: string, next: string): Promise<Outcome<void>>;
  passkeys(): Promise<Outcome<StoredPasskey[]>>;
  /** Answers with the ids of those there are, where another one may be added. */
  preparePasskey(passphrase: string): Promise<Outcome<string[]>>;
  addPasskey(passkey: WirePasskey, passphrase: string): Promise<Outcome<PasskeySummary>>;
  unlockWithPasskey(id: string, prfOutput: Uint8Array<ArrayBuffer>): Promise<Outcome<void>>;
  removePasskey(id: string): Promise<Outcome<void>>;
  exportBackup(callId: string, passphrase: string, onProgress: ProgressListener): Promise<Outcome<Blob>>;
  importBackup(
    callId: string,
    backup: Blob,
    passphrase: string,
    options: WireRestoreOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<void>>;
  /** `callId` is what `cancel` names; progress is told through a proxied callback. */
  importSeeds(
    callId: string,
    file: WireFile,
    options: WireImportOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<ImportReport>>;
  previewSeeds(
    callId: string,
    file: WireFile,
    options: WirePreviewOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<SeedFilePreview>>;
  lastImport(): Promise<Outcome<LastImport | null>>;
  /** Cannot be cancelled: half an undo is of no use to anybody. */
  undoImport(importId: string, onProgress: ProgressListener): Promise<Outcome<UndoReport>>;
  exportSeeds(
    callId: string,
    choice: SeedChoice,
    password: string,
    onProgress: ProgressListener,
  ): Promise<Outcome<Blob>>;
  identifyToken(
    callId: string,
    codes: readonly ObservedCode[],
    options: WireIdentifyOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<Identification[]>>;
  labelSeed(serialNumber: string, label: string): Promise<Outcome<void>>;
  retireSeeds(
    callId: string,
    choice: SeedChoice,
    onProgress: ProgressListener,
  ): Promise<Outcome<RetireReport>>;
  restoreSeeds(
    callId: string,
    tokens: WireRetired,
    onProgress: ProgressListener,
  ): Promise<Outcome<RestoreReport>>;
  retiredSeeds(): Promise<Outcome<RetiredSeed[]>>;
  cancel(callId: string): Promise<Outcome<void>>;
  listSeeds(query: SeedQuery): Promise<Outcome<SeedSummary[]>>;
  seedPage(callId: string, query: SeedPageQuery, onProgress: ProgressListener): Promise<Outcome<SeedPage>>;
  /** Only what was observed: the estimate's functions cannot be cloned. */
  driftHistory(serialNumber: string): Promise<Outcome<ObservedDrift>>;
  /** The page was hidden, or is seen again. */
  pageState(state: PageState): Promise<Outcome<void>>;
  /** Lets the database go; the worker may then be ended. */
  stop(): Promise<Outcome<void>>;
}

export const API_METHODS = [
  "start",
  "alive",
  "enableMfaDevice",
  "resyncMfaDevice",
  "deactivateMfaDevice",
  "listMfaDevices",
  "verifyCode",
  "vaultState",
  "autoLock",
  "keepOpen",
  "createVault",
  "unlock",
  "lock",
  "changePassphrase",
  "exportBackup",
  "importBackup",
  "passkeys",
  "preparePasskey",
  "addPasskey",
  "unlockWithPasskey",
  "removePasskey",
  "importSeeds",
  "previewSeeds",
  "lastImport",
  "undoImport",
  "exportSeeds",
  "identifyToken",
  "labelSeed",
  "retireSeeds",
  "restoreSeeds",
  "retiredSeeds",
  "cancel",
  "listSeeds",
  "seedPage",
  "driftHistory",
  "auditLog",
  "exportAuditLog",
  "pageState",
  "stop",
] as const satisfies readonly (keyof VerificationApi)[];
