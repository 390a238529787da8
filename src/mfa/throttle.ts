import type { MfaPolicy } from "./policy.ts";

/** Waits after the first three failures in milliseconds: a slip of the finger costs nothing. */
const FIRST_WAITS_MS = [0, 0, 1_000, 2_000] as const;

/** The wait demanded after `failures` failures in a row (RFC 4226 section 7.3: growing delays). */
export function delayAfterFailures(failures: number, policy: MfaPolicy): number {
  const first = FIRST_WAITS_MS[failures];
  if (first !== undefined) return first;
  return Math.min(policy.throttleCapMs, policy.throttleBaseMs * 2 ** (failures - FIRST_WAITS_MS.length));
}

/**
 * Milliseconds still to wait at `nowMs`. A clock set back cannot make it longer than the delay itself: the store moves a
 * failure of the future to now. A failure without a moment (none yet) asks for none.
 */
export function remainingDelayMs(
  attempts: { readonly failures: number; readonly lastFailureAtMs: number },
  nowMs: number,
  policy: MfaPolicy,
  longestMs = Number.POSITIVE_INFINITY,
): number {
  const delay = Math.min(longestMs, delayAfterFailures(attempts.failures, policy));
  return Math.max(0, Math.min(delay, attempts.lastFailureAtMs + delay - nowMs));
}
