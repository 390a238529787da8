import { OtpError, type OtpErrorCode } from "../otp/errors.ts";
import { SeedFileError, type SeedFileErrorCode } from "../seeds/errors.ts";
import { SeedExportError, type SeedExportErrorCode } from "../seeds/pskc-export/errors.ts";
import { BackupError, type BackupErrorCode } from "../vault/backup/errors.ts";
import type { Outcome, WireError } from "../../workers/contract.ts";
import { MfaError, MfaInputError, type MfaErrorCode, type MfaInputErrorCode } from "./errors.ts";

/** The value of an outcome; throws its error with class, code and details as the worker had it. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw decodeError(outcome.error);
}

function decodeError({ name, code, message, details }: WireError): Error {
  switch (name) {
    case "MfaError":
      return new MfaError(code as MfaErrorCode, message, { details });
    case "MfaInputError":
      return new MfaInputError(code as MfaInputErrorCode, message);
    case "SeedFileError":
      return new SeedFileError(code as SeedFileErrorCode, message, { details });
    case "SeedExportError":
      return new SeedExportError(code as SeedExportErrorCode, message);
    case "OtpError":
      return new OtpError(code as OtpErrorCode, message);
    case "BackupError":
      return new BackupError(code as BackupErrorCode, message);
    case "RangeError":
      return new RangeError(message);
    case "AbortError":
      return new DOMException(message, "AbortError");
    case "Error":
      return new MfaError(
        "worker-lost",
        "Something went wrong in the worker. Reload the page and try again.",
        {
          cause: new Error(message),
        },
      );
  }
}
