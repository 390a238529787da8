/** `oath-bridge/mfa`: the service contract, its errors and policy, and the local service in a worker. */
export type {
  ConsecutiveCodes,
  DeactivateMfaDeviceRequest,
  EnableMfaDeviceRequest,
  MfaDevice,
  MfaDeviceState,
  MfaService,
  ObservedCode,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "./contract.ts";
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
export type {
  DuplicateSeed,
  Identification,
  IdentifyTokenOptions,
  ImportReport,
  ImportSeedsOptions,
  LocalMfaService,
  SeedQuery,
  SeedSummary,
  VaultState,
} from "./local-contract.ts";
export { createLocalMfaService, type LocalMfaServiceOptions } from "./local-service.ts";
export { POLICY_LIMITS, resolvePolicy, type MfaPolicy } from "./policy.ts";
