import type { Seed } from "../otp/seed.ts";
import { timeStepAt } from "../otp/window.ts";
import type { MfaErrorDetails } from "./errors.ts";

/** No policy accepts a code further ahead of the drift than this: two steps, and three for a token not seen for long. */
const REACH_STEPS = 2 + 3;

/**
 * What is known where the last accepted code of a token belongs to a time that our clock has not come to: a clock was ahead then,
 * or ours is behind now. Until that time is over every code of the token counts as used, and nothing lowers the mark (a code that
 * was seen meanwhile would be good again); the time from which its codes are accepted is `usableAtMs`. Undefined otherwise.
 */
export function futureMark(
  seed: Pick<Seed, "type" | "periodSeconds" | "t0Seconds" | "driftSteps">,
  lastAcceptedFactor: number,
  nowMs: number,
): MfaErrorDetails | undefined {
  if (seed.type === "hotp") return undefined;
  const driftSteps = Math.max(0, seed.driftSteps);
  if (lastAcceptedFactor <= timeStepAt(seed, nowMs) + driftSteps + REACH_STEPS) return undefined;
  const usableAtSeconds = (lastAcceptedFactor + 1 - driftSteps) * seed.periodSeconds + seed.t0Seconds;
  return { reason: "mark-in-future", usableAtMs: usableAtSeconds * 1000 };
}
