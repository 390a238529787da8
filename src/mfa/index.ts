/** `oath-bridge/mfa`: the service contract, its errors and policy, and the local service in a worker. */
export type {
  ConsecutiveCodes,
  DeactivateMfaDeviceRequest,
  EnableMfaDeviceRequest,
  MfaDevice,
  MfaDeviceState,
  MfaService,
  ObservedCode,
  RefusedCodes,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "./contract.ts";
export {
  AUDIT_ACTIONS,
  MOST_AUDIT_ENTRIES,
  type AuditAction,
  type AuditEntry,
  type AuditQuery,
} from "./audit.ts";
export type { DriftHistory } from "./drift-history.ts";
export {
  IAM_CODES,
  MfaError,
  MfaInputError,
  type MfaErrorCode,
  type MfaErrorDetails,
  type MfaErrorReason,
  type MfaInputErrorCode,
} from "./errors.ts";
export {
  LONGEST_LABEL,
  MOST_REPORTED_ROWS,
  type DuplicateSeed,
  type Identification,
  type IdentifyTokenOptions,
  type ImportReport,
  type ImportSeedsOptions,
  type KnownToken,
  type LastImport,
  type LocalMfaService,
  type PreviewedToken,
  type SeedFilePreview,
  type InventoryService,
  type RestoreReport,
  type RetiredSeed,
  type RetireReport,
  type SeedChoice,
  type SeedFilter,
  type SeedPage,
  type SeedPageQuery,
  type SeedQuery,
  type SeedSummary,
  type UndoReport,
} from "./local-contract.ts";
export {
  type AutoLockState,
  type LongCallOptions,
  type PasskeySummary,
  type RestoreOptions,
  type VaultState,
} from "./vault-contract.ts";
export { createLocalMfaService, type LocalMfaServiceOptions } from "./local-service.ts";
export type { ThreadKind } from "./service-thread.ts";
export type { StorageState } from "./storage-persistence.ts";
export { POLICY_LIMITS, resolvePolicy, type MfaPolicy } from "./policy.ts";
export { BackupError, type BackupErrorCode } from "../vault/backup/errors.ts";
export { setWorkerFactory, type WorkerFactory, type WorkerKind } from "../core/worker-factory.ts";
