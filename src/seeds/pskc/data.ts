import { DEFAULTS, LIMITS } from "../limits.ts";
import { RowProblem } from "../row-problem.ts";
import { parsePeriodSeconds, parseWholeNumber } from "../whole-number.ts";
import type { XmlElement } from "../xml/element.ts";
import { findChild, findText } from "./elements.ts";

/** HOTP: the next counter; 0 when the file is silent, as in figure 2 of RFC 6030. Throws {@link RowProblem} `bad-counter`. */
export function readCounter(data: XmlElement | null): number {
  const text = findPlain(data, "Counter");
  const counter = text === null ? 0 : parseWholeNumber(text);
  if (counter !== null && counter >= 0) return counter;
  throw new RowProblem(
    "bad-counter",
    "The Counter is not a whole number of 0 or more. Ask the sender for a file with plain decimal numbers.",
  );
}

/** TOTP: seconds of a time step. Throws {@link RowProblem} `bad-interval`. */
export function readPeriodSeconds(data: XmlElement | null): number {
  return parsePeriodSeconds(findPlain(data, "TimeInterval") ?? String(DEFAULTS.periodSeconds));
}

/**
 * TOTP: the drift in steps, device minus server (RFC 6030 section 4.3.5: device at 8, server at 9 is −1).
 * Throws {@link RowProblem} `bad-drift`.
 */
export function readDriftSteps(data: XmlElement | null): number {
  const text = findPlain(data, "TimeDrift");
  const driftSteps = text === null ? 0 : parseWholeNumber(text);
  if (driftSteps !== null && Math.abs(driftSteps) <= LIMITS.driftSteps) return driftSteps;
  throw new RowProblem(
    "bad-drift",
    "The TimeDrift is not a whole number of steps. Ask the sender for a file with plain decimal numbers.",
  );
}

/** TOTP: refuses a clock that does not count from 1970. Throws {@link RowProblem} `unsupported-algorithm`. */
export function requireZeroTime(data: XmlElement | null): void {
  const text = findPlain(data, "Time");
  if (text === null || parseWholeNumber(text) === 0) return;
  throw new RowProblem(
    "unsupported-algorithm",
    "The token counts its time from a moment of its own (a Time other than 0). Such tokens cannot be used.",
  );
}

/** The text of a Data item; null when it is absent. Throws {@link RowProblem} `encrypted-value`. */
function findPlain(data: XmlElement | null, name: string): string | null {
  const item = findChild(data, name);
  if (item?.children.some((child) => child.name === "EncryptedValue")) {
    throw new RowProblem(
      "encrypted-value",
      `The ${name} of this key is encrypted, and only plain values can be read so far. Ask the sender for a plain file.`,
    );
  }
  return findText(item, "PlainValue");
}
