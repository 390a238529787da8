import { isAbortError, OathError } from "../src/core/errors.ts";
import { MfaError } from "../src/mfa/errors.ts";
import { SeedFileError } from "../src/seeds/errors.ts";
import type { Outcome, WireError } from "./contract.ts";

/** Runs a call and turns what it throws into data. */
export async function asOutcome<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error: encodeError(error) };
  }
}

/**
 * Our own errors cross whole, but for their cause. Of anything else only the kind crosses: its message may quote data.
 */
export function encodeError(error: unknown): WireError {
  if (error instanceof OathError) {
    const details = error instanceof MfaError || error instanceof SeedFileError ? { ...error.details } : {};
    return { name: error.name as WireError["name"], code: error.code, message: error.message, details };
  }
  if (isAbortError(error)) return { name: "AbortError", code: "aborted", message: "Cancelled.", details: {} };
  if (error instanceof RangeError) {
    return { name: "RangeError", code: "range", message: error.message, details: {} };
  }
  return { name: "Error", code: "internal", message: "The worker met an internal fault.", details: {} };
}
