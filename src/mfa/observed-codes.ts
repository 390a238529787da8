import { isCode, normaliseCode } from "../core/digits.ts";
import type { DriftObservation } from "../otp/drift.ts";
import { timeStepAt } from "../otp/window.ts";
import type { Seed } from "../otp/seed.ts";
import type { ObservedCode } from "./contract.ts";
import { MfaError, MfaInputError } from "./errors.ts";

/** The longest time between typing and submitting that corrects the drift. */
const MAX_AGE_MS = 120_000;

/** Characters in which eight digits can come, grouped and in any script. */
const LONGEST_TEXT = 64;

/** A code made ready: ASCII digits, age within bounds. */
export interface CheckedCode {
  readonly code: string;
  readonly ageMs: number;
  /** True when it was typed longer ago than its age can correct. */
  readonly isStale: boolean;
}

/** Normalises what a caller handed in. Throws {@link MfaInputError} `invalid-request` for a malformed object. */
export function checkObservedCode(observed: unknown): CheckedCode {
  if (typeof observed !== "object" || observed === null || !("code" in observed)) {
    throw new MfaInputError("invalid-request", "A code and its age are expected.");
  }
  const { code, ageMs } = observed as Partial<ObservedCode>;
  if (typeof code !== "string") throw new MfaInputError("invalid-request", "A code is a text of digits.");
  // Whatever is this long is no code; it is not worth normalising.
  const text = code.length > LONGEST_TEXT ? "" : normaliseCode(code);
  const isStale = typeof ageMs === "number" && ageMs > MAX_AGE_MS;
  return { code: text, ageMs: clampAge(ageMs), isStale };
}

/** Two or three codes. Throws {@link MfaInputError} `invalid-request`. */
export function checkObservedCodes(observed: unknown): CheckedCode[] {
  if (!Array.isArray(observed) || observed.length < 2 || observed.length > 3) {
    throw new MfaInputError("invalid-request", "Two or three consecutive codes are expected.");
  }
  return Array.from(observed, checkObservedCode);
}

/** Throws `invalid-code`: the person typed too much, too little, or something else than digits. */
export function requireDigits(codes: readonly CheckedCode[], digits: number): void {
  if (!codes.every(({ code }) => isCode(code, digits))) {
    throw new MfaError("invalid-code", `Enter the ${digits} digits shown on the token.`);
  }
}

/** The last of some codes. */
export function lastOf(codes: readonly CheckedCode[]): CheckedCode {
  const last = codes.at(-1);
  if (!last) throw new MfaInputError("invalid-request", "At least one code is expected.");
  return last;
}

/**
 * The token's drift as its code shows it: the code's step minus our step when it was typed, so that the time between
 * typing and submitting is not mistaken for drift. HOTP tokens have none.
 */
export function measuredDriftSteps(seed: Seed, movingFactor: number, nowMs: number, ageMs: number): number {
  return seed.type === "hotp" ? 0 : movingFactor - timeStepAt(seed, nowMs - ageMs);
}

/** What an accepted code adds to the history of its token's clock: how far off it was when it was typed. Nothing for HOTP. */
export function driftObservation(
  seed: Seed,
  driftSteps: number,
  nowMs: number,
  ageMs: number,
): { readonly observation?: DriftObservation } {
  return seed.type === "hotp" ? {} : { observation: { atMs: nowMs - ageMs, driftSteps } };
}

/**
 * Throws `too-old` for codes that were typed longer ago than we correct, and match a time as long ago: their drift would be
 * stored wrong, and the next code refused. Codes of now pass, whatever age they are said to have.
 */
export function refuseStale(seed: Seed, last: CheckedCode, movingFactor: number, nowMs: number): void {
  if (!last.isStale || seed.type === "hotp") return;
  if (movingFactor >= timeStepAt(seed, nowMs - MAX_AGE_MS) + seed.driftSteps) return;
  throw new MfaError("code-not-recognised", "These codes are too old. Enter two new ones.", {
    details: { reason: "too-old" },
  });
}

function clampAge(ageMs: unknown): number {
  return typeof ageMs === "number" && ageMs > 0 ? Math.min(ageMs, MAX_AGE_MS) : 0;
}
