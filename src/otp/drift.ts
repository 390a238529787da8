import { followClock, stateAt, type OffsetInterval } from "./drift-filter.ts";
import type { Seed } from "./seed.ts";
import { timeStepAt } from "./window.ts";

/** One accepted code: by how many steps the token was ahead of us when the code was typed. */
export interface DriftObservation {
  /** When it was typed, in Unix milliseconds by our clock. */
  readonly atMs: number;
  /** The code's time step minus ours at `atMs`. */
  readonly driftSteps: number;
}

/** What the accepted codes say of a token's clock; ahead of ours is positive. */
export interface DriftEstimate {
  /** The token's clock minus ours at the latest observation, in seconds; 0 without any. */
  readonly offsetSeconds: number;
  /** How much the token runs fast, in parts per million (−100 … 100); 0 until two observations tell. */
  readonly ratePpm: number;
  /** Standard error of `offsetSeconds`; `Infinity` without observations. */
  readonly standardErrorSeconds: number;
  /** The offset expected at a moment in Unix milliseconds. Throws `RangeError` unless a `Date` can hold it. */
  predictSeconds(atMs: number): number;
  /** The standard error of `predictSeconds(atMs)`: it grows with the time to the observations. */
  predictionErrorSeconds(atMs: number): number;
  /** The whole steps the token is expected to be ahead of us at a moment: `timeStepAt` of its clock minus that of ours. */
  predictSteps(atMs: number): number;
}

/** Any `Date` holds this many milliseconds to either side of 1970 (ECMA-262, time values). */
const LARGEST_MS = 8.64e15;

/** A year, the longest time step a seed file may name. */
const LONGEST_PERIOD_SECONDS = 31_536_000;

/**
 * Estimates a token's clock from accepted codes, in any order. A code of step `s` typed at `atMs` says that the token's clock
 * was somewhere inside that step: an interval one period wide, of which the middle is taken (the step's beginning would be
 * half a step off on average), with the standard error period/√12. Through these goes a line, with crystals' usual rates
 * (±20 ppm) as prior knowledge, so that two codes an hour apart predict no nonsense; old observations count less, for
 * clocks wander. A single late code is left out. After a jump that two codes in a row confirm only what follows counts.
 *
 * One observation gives its own offset and rate 0; none gives 0 with an infinite error. Observations of the same moment are
 * averaged. `t0Seconds` is the seed's T0; it matters only where it is no multiple of the period. Throws `RangeError` for a
 * moment no `Date` can hold, a drift that is no whole number, or a period that is not above 0 and at most a year.
 */
export function estimateDrift(
  observations: readonly DriftObservation[],
  periodSeconds: number,
  t0Seconds = 0,
): DriftEstimate {
  if (!(periodSeconds > 0 && periodSeconds <= LONGEST_PERIOD_SECONDS)) {
    throw new RangeError(`a time step of ${periodSeconds} seconds has no drift`);
  }
  if (!Number.isFinite(t0Seconds)) throw new RangeError(`t0Seconds is ${t0Seconds}`);
  const steps = { periodSeconds, t0Seconds };
  const intervals = observations.map((observation) => intervalOf(observation, steps)).toSorted(byTime);
  const state = followClock(intervals);
  const at = (atMs: number) => stateAt(state, requireMoment(atMs) / 1000);
  const predictSeconds = (atMs: number) => at(atMs).offset;
  return {
    offsetSeconds: state.offset,
    ratePpm: state.rate * 1e6,
    standardErrorSeconds: Math.sqrt(state.offsetVariance),
    predictSeconds,
    predictionErrorSeconds: (atMs) => Math.sqrt(Math.max(0, at(atMs).offsetVariance)),
    predictSteps: (atMs) => timeStepAt(steps, atMs + predictSeconds(atMs) * 1000) - timeStepAt(steps, atMs),
  };
}

type Steps = Pick<Seed, "periodSeconds" | "t0Seconds">;

function intervalOf({ atMs, driftSteps }: DriftObservation, steps: Steps): OffsetInterval {
  const atSeconds = requireMoment(atMs) / 1000;
  if (!Number.isSafeInteger(driftSteps)) throw new RangeError(`driftSteps is ${driftSteps}`);
  const { periodSeconds, t0Seconds } = steps;
  const stepStart = (timeStepAt(steps, atMs) + driftSteps) * periodSeconds + t0Seconds;
  return { atSeconds, offsetSeconds: stepStart + periodSeconds / 2 - atSeconds, widthSeconds: periodSeconds };
}

/** Of the same moment the smaller offset first, so that the order they came in makes no difference. */
function byTime(a: OffsetInterval, b: OffsetInterval): number {
  return a.atSeconds - b.atSeconds || a.offsetSeconds - b.offsetSeconds;
}

function requireMoment(atMs: number): number {
  if (!(Math.abs(atMs) <= LARGEST_MS)) throw new RangeError("atMs is not a moment in Unix milliseconds");
  return atMs;
}
