import type { Match, OtpEngine, SearchOptions } from "../otp/engine.ts";
import type { Seed } from "../otp/seed.ts";
import type { Window } from "../otp/window.ts";
import { MfaError } from "./errors.ts";
import { futureMark } from "./future-mark.ts";

/** The most codes left out between two that is still called a skip. */
const LARGEST_SKIP = 3;

/**
 * Looks for consecutive codes around the token's known drift, then around our own clock: the known drift may be all wrong,
 * for a token that was set right or had its battery changed.
 */
export function findConsecutive(
  engine: OtpEngine,
  seed: Seed,
  codes: readonly string[],
  options: SearchOptions,
): Match | null {
  return (
    engine.resynchronize(seed, codes, options) ??
    engine.resynchronize({ ...seed, driftSteps: 0 }, codes, options)
  );
}

/**
 * Why a pair (or triple) of codes was refused. Asked only after the attempt was counted, for the answer tells a guesser
 * whether one of the codes was right.
 */
export function diagnoseCodes(
  engine: OtpEngine,
  seed: Seed,
  codes: readonly string[],
  options: SearchOptions & { readonly wideWindow: Window },
): MfaError {
  const { atMs, window, wideWindow, after } = options;
  const anyFactor = { atMs, window };
  if (findConsecutive(engine, seed, codes, anyFactor)) {
    return new MfaError(
      "code-already-used",
      "These codes were shown before the last one accepted. Wait for new ones.",
      { details: (after !== undefined && futureMark(seed, after, atMs)) || {} },
    );
  }
  // Asked before the single codes: of a pair just outside the window one code may lie inside.
  const elsewhere = findConsecutive(engine, seed, codes, { atMs, window: widened(wideWindow, codes.length) });
  if (elsewhere) {
    return new MfaError("code-not-recognised", "These codes belong to another time.", {
      details: { reason: elsewhere.driftSteps < seed.driftSteps ? "too-old" : "too-new" },
    });
  }
  if (engine.resynchronize(seed, codes.toReversed(), anyFactor)) {
    return new MfaError("codes-not-consecutive", "The codes are in the wrong order.", {
      details: { reason: "swapped" },
    });
  }
  const places = codes.map((code) => engine.match(seed, code, anyFactor)?.movingFactor);
  if (isSkipped(places)) {
    return new MfaError("codes-not-consecutive", "A code was left out between these.", {
      details: { reason: "skipped" },
    });
  }
  if (places.some((place) => place !== undefined)) {
    return new MfaError("codes-not-consecutive", "These codes do not follow each other.");
  }
  return new MfaError("code-not-recognised", "The codes did not match this token.");
}

/** True when each code comes after the one before it, with at least one step left out in all. */
function isSkipped(places: readonly (number | undefined)[]): boolean {
  return places.every((place, index) => {
    const before = index === 0 ? undefined : places[index - 1];
    if (place === undefined) return false;
    return index === 0 || (before !== undefined && place > before && place - before <= LARGEST_SKIP);
  });
}

function widened({ backSteps, aheadSteps }: Window, steps: number): Window {
  return { backSteps: backSteps + steps, aheadSteps: aheadSteps + steps };
}
