import type { Seed } from "./seed.ts";

/** Moving factors tried around the expected one, both ends inclusive. HOTP tokens only look ahead. */
export interface Window {
  /** Steps before the expected one, 0 or more. */
  readonly backSteps: number;
  /** Steps (HOTP: counters) after the expected one, 0 or more. */
  readonly aheadSteps: number;
}

/** A run of moving factors, both ends inclusive; empty when `last < first`. */
export interface FactorRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The time step of a moment by our clock: whole periods since T0 (RFC 6238 section 4.2), before any drift.
 * Negative before T0.
 */
export function timeStepAt(seed: Pick<Seed, "periodSeconds" | "t0Seconds">, atMs: number): number {
  return Math.floor((atMs / 1000 - seed.t0Seconds) / seed.periodSeconds);
}

/** The moving factor a token should show at `atMs`: TOTP's time step plus its drift, or HOTP's next counter. */
export function expectedMovingFactor(seed: Seed, atMs: number): number {
  return seed.type === "hotp" ? seed.counter : timeStepAt(seed, atMs) + seed.driftSteps;
}

/** The moving factors of `window` around `expected` that exist (0 … 2^53 − 1). */
export function factorsInWindow(seed: Seed, expected: number, window: Window): FactorRange {
  requireWindow(window);
  const back = seed.type === "hotp" ? 0 : window.backSteps;
  return {
    first: Math.max(0, expected - back),
    last: Math.min(Number.MAX_SAFE_INTEGER, expected + window.aheadSteps),
  };
}

/** Throws a `RangeError` unless both ends are 0 or more whole steps. */
export function requireWindow(window: Window): void {
  requireSteps("backSteps", window.backSteps);
  requireSteps("aheadSteps", window.aheadSteps);
}

function requireSteps(name: string, steps: number): void {
  if (!Number.isSafeInteger(steps) || steps < 0) {
    throw new RangeError(`${name} is ${steps}; a window holds 0 or more whole steps`);
  }
}

/** True when one distance from the expected moving factor comes before another: nearer, or as near but ahead. */
export function isNearer(distance: number, other: number): boolean {
  const [near, far] = [Math.abs(distance), Math.abs(other)];
  return near < far || (near === far && distance > other);
}

/** The distances of a window in the order they are tried: 0, +1, −1, +2, −2 … */
export function* distancesOf({ backSteps, aheadSteps }: Window): Generator<number, void> {
  yield 0;
  for (let steps = 1; steps <= Math.max(backSteps, aheadSteps); steps += 1) {
    if (steps <= aheadSteps) yield steps;
    if (steps <= backSteps) yield -steps;
  }
}
