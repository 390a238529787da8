import type { DriftObservation } from "../otp/drift.ts";

/** Observations kept of a token. */
export const LONGEST_HISTORY = 64;

/** The newest ones are never thinned out: they tell how the clock stands now. */
const NEWEST_KEPT = 8;

/**
 * The history in the order of time with one observation more. When it is full, one gives way where they are densest: what
 * stays spans the whole time about evenly, for the rate shows best between observations far apart.
 */
export function rememberObservation(
  history: readonly DriftObservation[],
  observation: DriftObservation,
): DriftObservation[] {
  const { atMs, driftSteps } = observation;
  const all = [...history, { atMs, driftSteps }].toSorted((a, b) => a.atMs - b.atMs);
  while (all.length > LONGEST_HISTORY) all.splice(densestPlace(all), 1);
  return all;
}

/** Where leaving one out makes the smallest gap; neither the first nor one of the newest. */
function densestPlace(all: readonly DriftObservation[]): number {
  let densest = 1;
  let smallestGap = Number.POSITIVE_INFINITY;
  for (let index = 1; index < all.length - NEWEST_KEPT; index += 1) {
    const gap = (all[index + 1]?.atMs ?? 0) - (all[index - 1]?.atMs ?? 0);
    if (gap < smallestGap) {
      smallestGap = gap;
      densest = index;
    }
  }
  return densest;
}
