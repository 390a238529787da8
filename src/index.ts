/**
 * `oath-bridge`: the element classes, their events, and the types and errors of the service they talk to. Importing it
 * registers nothing and touches no DOM; `oath-bridge/define` registers.
 */
export { OathCode } from "./elements/oath-code.ts";
export { OathDevices } from "./elements/oath-devices.ts";
export { OathEnroll } from "./elements/oath-enroll.ts";
export { OathImportedEvent, OathInventory } from "./elements/oath-inventory.ts";
export { OathResync } from "./elements/oath-resync.ts";
export { OathVerify } from "./elements/oath-verify.ts";
export {
  OathCancelEvent,
  OathCodeEvent,
  OathDoneEvent,
  OathEnrolledEvent,
  OathEnrollSubmitEvent,
  OathRemovedEvent,
  OathResyncedEvent,
  OathResyncSubmitEvent,
  OathVerifiedEvent,
  OathVerifySubmitEvent,
} from "./elements/events.ts";
export { englishMessages, type MessageOverrides, type Messages } from "./elements/messages.ts";
export { mfaServiceContext } from "./elements/service-context.ts";
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
