/**
 * `oath-bridge`: the element classes, their events, and the types and errors of the service they talk to. Importing it
 * registers nothing and touches no DOM; `oath-bridge/define` registers.
 */
export { OathCode } from "./elements/oath-code.ts";
export { OathDevices } from "./elements/oath-devices.ts";
export { OathEnroll } from "./elements/oath-enroll.ts";
export { OathIdentify } from "./elements/oath-identify.ts";
export { OathImportedEvent, OathInventory } from "./elements/oath-inventory.ts";
export { OathResync } from "./elements/oath-resync.ts";
export { OathToken } from "./elements/oath-token.ts";
export { OathVerify } from "./elements/oath-verify.ts";
export {
  OathCancelEvent,
  OathCodeEvent,
  OathCredentialEvent,
  OathDoneEvent,
  OathEnrolledEvent,
  OathEnrollSubmitEvent,
  OathIdentifiedEvent,
  OathRemovedEvent,
  OathResyncedEvent,
  OathResyncSubmitEvent,
  OathTokenIdentifierEvent,
  OathTroubleEvent,
  OathVerifiedEvent,
  OathVerifySubmitEvent,
} from "./elements/events.ts";
export type { CodeReader, CodeReading } from "./elements/code-reader.ts";
export { englishMessages, type MessageOverrides, type Messages } from "./elements/messages.ts";
export { mfaServiceContext } from "./elements/service-context.ts";
export { tokenSourceContext } from "./elements/token-source-context.ts";
export type {
  CodeOptions,
  Credential,
  NewCredential,
  OathSession,
  OathToken as UsbToken,
  ReadCode,
  RequestTokenOptions,
  SupportedToken,
  TokenAbilities,
  TokenApi,
  TokenEvent,
  TokenInfo,
  TokenSource,
} from "./bridge/contract.ts";
export { BridgeError, type BridgeErrorCode, StatusWordError } from "./core/bridge-error.ts";
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
} from "./mfa/contract.ts";
export {
  IAM_CODES,
  MfaError,
  MfaInputError,
  type MfaErrorCode,
  type MfaErrorDetails,
  type MfaErrorReason,
  type MfaInputErrorCode,
} from "./mfa/errors.ts";
