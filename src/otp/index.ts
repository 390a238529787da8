/**
 * `oath-bridge/otp`: moving factors, codes, windows, resynchronization, identification and drift. Pure: no DOM, no clock, no
 * storage; runs unchanged in a page, a worker and Node.
 */
export { estimateDrift, type DriftEstimate, type DriftObservation } from "./drift.ts";
export {
  createOtpEngine,
  type Match,
  type OtpEngine,
  type OtpEngineOptions,
  type SearchOptions,
} from "./engine.ts";
export { OtpError, type OtpErrorCode } from "./errors.ts";
export { falseAcceptProbability, type FalseAcceptQuestion } from "./false-accept.ts";
export type { Identification, IdentifyOptions, SearchableSeeds } from "./identify.ts";
export type { KeyCounts } from "./keyed-inventory.ts";
export type { HotpKernel, HotpKey, HotpKeySet, PackedSecrets } from "./kernel.ts";
export type { Algorithm, Digits, Seed } from "./seed.ts";
export type { SeedSource } from "./seed-source.ts";
export { expectedMovingFactor, timeStepAt, type Window } from "./window.ts";
