import { estimateDrift, type Seed, type Window } from "../otp/index.ts";
import type { TokenRecord } from "../vault/records.ts";
import { windowsOf, type MfaPolicy } from "./policy.ts";

/** What of a seed tells how its moving factor goes. */
export type SeedSteps = Pick<Seed, "type" | "periodSeconds" | "t0Seconds">;

/** Where a sign-in code is sought: around this drift, so far to either side. */
export interface SignInPlace {
  readonly driftSteps: number;
  readonly window: Window;
}

/** How far off a clock may run while it is not seen, in parts per million. The policy bounds what comes of it. */
const IDLE_PPM = 20;

/**
 * The places a sign-in code is sought at. First around the drift predicted from the token's history, wider the longer the
 * token was not seen. Then, in the plain window, around the stored drift, so that a token that runs otherwise than predicted
 * is followed step by step, and around zero, so that a corrected clock locks nobody out.
 */
export function signInPlaces(
  steps: SeedSteps,
  token: TokenRecord,
  policy: MfaPolicy,
  nowMs: number,
): readonly [predicted: SignInPlace, stored: SignInPlace, zero: SignInPlace] {
  const { signIn } = windowsOf(policy, steps.type);
  const wider = idleSteps(steps, token, policy, nowMs);
  const window = { backSteps: signIn.backSteps + wider, aheadSteps: signIn.aheadSteps + wider };
  const driftSteps = predictedDrift(steps, token, policy, nowMs);
  return [
    { driftSteps, window },
    { driftSteps: token.driftSteps, window: signIn },
    { driftSteps: 0, window: signIn },
  ];
}

/**
 * The drift expected now: the stored one where there is no history (HOTP, a record of an older version), or the policy does
 * not follow drift. Never further from the last enrolment or resync than `driftLimitSteps`.
 */
export function predictedDrift(
  { periodSeconds, t0Seconds }: SeedSteps,
  token: TokenRecord,
  policy: MfaPolicy,
  nowMs: number,
): number {
  const { driftHistory = [], driftSteps } = token;
  if (driftHistory.length === 0 || policy.driftFollowSteps === 0) return driftSteps;
  const estimate = estimateDrift(driftHistory, periodSeconds, t0Seconds);
  return withinLimit(estimate.predictSteps(nowMs), token, policy);
}

/** What an accepted code showed. */
export interface FoundCode {
  /** True unless it was found in the place around zero only. */
  readonly asExpected: boolean;
  /** The drift it showed when it was typed: by the caller's word on its age. */
  readonly measured: number;
}

/** What is kept of an accepted code. */
export interface LearntDrift {
  /** The drift to store. */
  readonly driftSteps: number;
  /** The drift to add to the history. */
  readonly observedSteps: number;
  /** True when the token's clock was set right, so that what was known of it counts no longer. */
  readonly synced: boolean;
}

/**
 * What a sign-in teaches. A code found around zero only, and at zero when it was typed as well, says that the token's clock was
 * set right. A late code of a token that runs ahead is found there too, but was not at zero when it was typed. Any other:
 * - moves the stored drift to the measured one, but at most `driftFollowSteps` beyond the stored and the predicted one and
 *   within `driftLimitSteps` of the last enrolment or resync, so that codes typed late again and again cannot walk it away;
 * - is observed where it was measured, but no further off than the window: the age that a caller claims adds nothing to it.
 */
export function driftAfter(
  { asExpected, measured }: FoundCode,
  token: TokenRecord,
  { driftSteps: predicted, window }: SignInPlace,
  policy: MfaPolicy,
): LearntDrift {
  const { driftFollowSteps } = policy;
  if (!asExpected && Math.abs(measured) <= driftFollowSteps) {
    return { driftSteps: measured, observedSteps: measured, synced: true };
  }
  const least = Math.min(token.driftSteps, predicted);
  const most = Math.max(token.driftSteps, predicted);
  const observedSteps = clamp(measured, least - window.backSteps, most + window.aheadSteps);
  const followed = clamp(observedSteps, least - driftFollowSteps, most + driftFollowSteps);
  return { driftSteps: withinLimit(followed, token, policy), observedSteps, synced: false };
}

/** One step for each whole period that a clock may have run off since the token was last seen. */
function idleSteps(
  { type, periodSeconds }: SeedSteps,
  { lastUsedAtMs }: TokenRecord,
  policy: MfaPolicy,
  nowMs: number,
): number {
  if (type === "hotp" || lastUsedAtMs === undefined) return 0;
  const offSeconds = ((nowMs - lastUsedAtMs) / 1000) * (IDLE_PPM / 1e6);
  return clamp(Math.floor(offSeconds / periodSeconds), 0, policy.idleWideningSteps);
}

function withinLimit(driftSteps: number, { syncedDriftSteps }: TokenRecord, policy: MfaPolicy): number {
  const { driftLimitSteps } = policy;
  return clamp(driftSteps, syncedDriftSteps - driftLimitSteps, syncedDriftSteps + driftLimitSteps);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
