/** How wrong a token's clock may be made, one sigma, in parts per million (watch crystals: ±20 ppm at 25 °C). */
const CRYSTAL_PPM = 20;

/** No quartz clock is further off; a steeper line is codes typed late, or somebody's game. */
const LARGEST_RATE_PPM = 100;

/**
 * How a clock wanders besides its steady rate, in seconds² a second: up to 20 ppm either way, at random from week to week
 * (a crystal loses 0.035 ppm/°C² away from 25 °C), is 7 s of standard deviation after a week and 50 s after a year.
 */
const WANDER = 8e-5;

/** Standard deviations of the prediction that an observation may lie outside before it is taken for an outlier. */
const GATE_SIGMAS = 3;

const PPM = 1e-6;

/** What an accepted code says: the token's clock minus ours, somewhere in an interval around `offsetSeconds`. */
export interface OffsetInterval {
  readonly atSeconds: number;
  /** The middle of the interval. */
  readonly offsetSeconds: number;
  readonly widthSeconds: number;
}

/** What is known of a clock at a moment: its offset and rate (seconds a second), with their covariances. */
export interface ClockState {
  readonly atSeconds: number;
  readonly offset: number;
  readonly rate: number;
  readonly offsetVariance: number;
  readonly covariance: number;
  readonly rateVariance: number;
}

/** What is known before the first code: nothing of the offset, and of the rate what crystals are like. */
const UNKNOWN_CLOCK: ClockState = {
  atSeconds: 0,
  offset: 0,
  rate: 0,
  offsetVariance: Number.POSITIVE_INFINITY,
  covariance: 0,
  rateVariance: (CRYSTAL_PPM * PPM) ** 2,
};

/**
 * Least squares in the recursive form (a Kalman filter of offset and rate), for intervals in the order of time. An interval
 * far from the line is left out; when the next one agrees with it the clock was set, and the line begins anew there with
 * the rate found so far, for it is the same crystal.
 */
export function followClock(intervals: readonly OffsetInterval[]): ClockState {
  const [first, ...later] = intervals;
  if (!first) return UNKNOWN_CLOCK;
  let state = restart(UNKNOWN_CLOCK, first);
  let outlier: OffsetInterval | null = null;
  for (const interval of later) {
    const { atSeconds } = interval;
    const expected = stateAt(state, atSeconds);
    const afterJump: ClockState | null = outlier && stateAt(restart(expected, outlier), atSeconds);
    if (fits(expected, interval)) {
      state = learn(expected, interval);
      outlier = null;
    } else if (afterJump && fits(afterJump, interval)) {
      state = learn(afterJump, interval);
      outlier = null;
    } else {
      outlier = interval;
    }
  }
  return stateAt(state, (later.at(-1) ?? first).atSeconds);
}

/** The state carried to another moment, later or earlier; the further away, the less is known. */
export function stateAt(state: ClockState, atSeconds: number): ClockState {
  const { offset, rate, offsetVariance, covariance, rateVariance } = state;
  const elapsed = atSeconds - state.atSeconds;
  return {
    atSeconds,
    offset: offset + rate * elapsed,
    rate,
    offsetVariance:
      offsetVariance + 2 * elapsed * covariance + elapsed ** 2 * rateVariance + WANDER * Math.abs(elapsed),
    covariance: covariance + elapsed * rateVariance,
    rateVariance,
  };
}

function restart(state: ClockState, { atSeconds, offsetSeconds, widthSeconds }: OffsetInterval): ClockState {
  return {
    ...state,
    atSeconds,
    offset: offsetSeconds,
    offsetVariance: uniformVariance(widthSeconds),
    covariance: 0,
  };
}

function learn(state: ClockState, { offsetSeconds, widthSeconds }: OffsetInterval): ClockState {
  const { atSeconds, offset, rate, offsetVariance, covariance, rateVariance } = state;
  const variance = offsetVariance + uniformVariance(widthSeconds);
  const surprise = offsetSeconds - offset;
  const kept = uniformVariance(widthSeconds) / variance;
  const limit = LARGEST_RATE_PPM * PPM;
  return {
    atSeconds,
    offset: offset + (offsetVariance / variance) * surprise,
    rate: Math.min(limit, Math.max(-limit, rate + (covariance / variance) * surprise)),
    offsetVariance: kept * offsetVariance,
    covariance: kept * covariance,
    rateVariance: Math.max(0, rateVariance - covariance ** 2 / variance),
  };
}

/** One width of tolerance: half of it is the interval's own, half is for a code that was typed when it was nearly over. */
function fits(
  { offset, offsetVariance }: ClockState,
  { offsetSeconds, widthSeconds }: OffsetInterval,
): boolean {
  return (
    Math.abs(offsetSeconds - offset) <= widthSeconds + GATE_SIGMAS * Math.sqrt(Math.max(0, offsetVariance))
  );
}

function uniformVariance(width: number): number {
  return width ** 2 / 12;
}
