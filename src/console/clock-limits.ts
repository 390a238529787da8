/** A token of a year can be some minutes wrong; a day leaves room to try what a wide search does. */
export const MAX_DRIFT_SECONDS = 86_400;

/** At this rate a clock runs twice as fast as ours, or stands still. */
export const MAX_RATE_PPM = 1_000_000;

/** Steps and a wrong rate may carry a clock further than a person sets it, but not out of its decade. */
const MAX_TOTAL_DRIFT_MS = 10 * 366 * 86_400_000;

/** True for a clock that the controls can have led to. */
export function isPossibleClock(driftMs: number, ratePpm: number): boolean {
  return Math.abs(driftMs) <= MAX_TOTAL_DRIFT_MS && Math.abs(ratePpm) <= MAX_RATE_PPM;
}
