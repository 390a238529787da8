import { DEFAULTS, LIMITS } from "./limits.ts";
import { RowProblem } from "./row-problem.ts";

/** A whole number written in decimal, with at most a sign; null when it is not, or not exact in a double. */
export function parseWholeNumber(text: string): number | null {
  const trimmed = text.trim();
  if (!/^[+-]?\d{1,16}$/u.test(trimmed)) return null;
  const value = Number(trimmed);
  // Adding 0 makes -0 an ordinary zero.
  return Number.isSafeInteger(value) ? value + 0 : null;
}

/** Seconds of a time step; 30 when the text is blank. Throws {@link RowProblem} `bad-interval`. */
export function parsePeriodSeconds(text: string): number {
  if (text.trim() === "") return DEFAULTS.periodSeconds;
  const seconds = parseWholeNumber(text);
  if (seconds === null || seconds < 1 || seconds > LIMITS.periodSeconds) {
    throw new RowProblem(
      "bad-interval",
      `The time interval is not a whole number of seconds from 1 to ${LIMITS.periodSeconds}. Most tokens use 30 or 60.`,
    );
  }
  return seconds;
}
