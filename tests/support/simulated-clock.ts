import type { DriftObservation } from "../../src/otp/index.ts";

/** 2026-01-01T00:00:00Z. */
export const SIMULATION_START_MS = 1_767_225_600_000;

export const DAY_MS = 86_400_000;

/** Random numbers that are the same in every run (mulberry32): a simulation that fails must fail again. */
export function seededRandom(seed: number): (least: number, most: number) => number {
  let state = seed >>> 0;
  return (least, most) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (most - least);
  };
}

/** The step of a clock. */
export function stepAt(atMs: number, periodSeconds = 30): number {
  return Math.floor(atMs / 1000 / periodSeconds);
}

/** What a token's code shows when its clock is `offsetSeconds` ahead at that moment. */
export function observe(atMs: number, offsetSeconds: number, periodSeconds = 30): DriftObservation {
  const theirs = stepAt(atMs + offsetSeconds * 1000, periodSeconds);
  return { atMs, driftSteps: theirs - stepAt(atMs, periodSeconds) };
}
