import type { DriftHistory } from "../mfa/drift-history.ts";

/** Seconds of a mean month, a twelfth of 365.25 days. */
const MONTH_SECONDS = 2_629_800;

const YEAR_MS = 31_557_600_000;

/** A change of less than half a second a month cannot be told from none by codes of half a minute. */
const LEAST_RATE = 0.5;

/** A code that was accepted: how far ahead it showed the token's clock, in seconds; behind is negative. */
export interface DriftPoint {
  readonly atMs: number;
  readonly seconds: number;
}

/** What a token's history says, in figures. */
export interface DriftFigures {
  readonly points: readonly DriftPoint[];
  /** Of now, in seconds. */
  readonly offsetSeconds: number;
  /** Seconds gained each month; null while nothing tells, 0 where it is too little. */
  readonly secondsPerMonth: number | null;
  /** In a year from now; null while nothing tells. */
  readonly inAYearSeconds: number | null;
}

/**
 * A code of a time step says that the clock stood somewhere in that step: its middle is taken, as the estimate takes it.
 * `t0Seconds` is left out, for it matters only where it is no multiple of the period.
 */
export function driftFigures(history: DriftHistory, periodSeconds: number, nowMs: number): DriftFigures {
  const points = history.observations.map(({ atMs, driftSteps }) => {
    const step = Math.floor(atMs / 1000 / periodSeconds) + driftSteps;
    return { atMs, seconds: (step + 0.5) * periodSeconds - atMs / 1000 };
  });
  const isRun = points.length > 1;
  const rate = history.ratePpm * 1e-6 * MONTH_SECONDS;
  return {
    points,
    offsetSeconds: points.length === 0 ? 0 : history.predictSeconds(nowMs),
    secondsPerMonth: isRun ? (Math.abs(rate) < LEAST_RATE ? 0 : rate) : null,
    inAYearSeconds: isRun ? history.predictSeconds(nowMs + YEAR_MS) : null,
  };
}
