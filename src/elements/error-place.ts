import { MfaError, MfaInputError } from "../mfa/errors.ts";

/** Where an error belongs: at a field, at the codes, on the button that has to wait, or above everything. */
export type ErrorPlace = "name" | "serial" | "codes" | "second-code" | "wait" | "top";

/** The place of an error of an enrolment or a resync. */
export function placeOfError(error: unknown): ErrorPlace {
  if (error instanceof MfaInputError) return error.code === "invalid-device-name" ? "name" : "top";
  if (!(error instanceof MfaError)) return "top";
  switch (error.code) {
    case "unknown-serial":
      return "serial";
    case "device-exists":
      return error.details.taken === "device-name" ? "name" : "serial";
    case "same-code-twice":
      return "second-code";
    case "invalid-code":
    case "code-not-recognised":
    case "code-already-used":
    case "codes-not-consecutive":
    case "out-of-sync":
      return "codes";
    case "too-many-attempts":
      return "wait";
    default:
      return "top";
  }
}
