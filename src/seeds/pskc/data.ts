import { DEFAULTS, LIMITS } from "../limits.ts";
import { RowProblem } from "../row-problem.ts";
import { parseSecret, requireSecretLength } from "../secret.ts";
import type { Bytes } from "../../core/bytes.ts";
import { parsePeriodSeconds, parseWholeNumber } from "../whole-number.ts";
import type { XmlElement } from "../xml/element.ts";
import { findChild, findText } from "./elements.ts";
import { findAny } from "./foreign.ts";
import { readInteger } from "./integer.ts";
import type { Protection } from "./protection.ts";

/**
 * The secret, plain or encrypted. Throws {@link RowProblem} `missing-secret`, `bad-secret` or `encrypted-value`, and
 * `SeedFileError` when it shows that the file cannot be trusted or opened.
 */
export function readSecret(data: XmlElement | null, protection: Protection, leastBytes?: number): Bytes {
  const item = findChild(data, "Secret");
  const encrypted = findAny(item, "EncryptedValue");
  if (item && encrypted) return requireSecretLength(protection.open(item, encrypted), leastBytes);
  const text = findText(item, "PlainValue");
  if (text !== null) protection.refusePlainSecret();
  return parseSecret(text ?? "", "base64", leastBytes);
}

/** HOTP: the next counter; 0 when the file is silent, as in figure 2 of RFC 6030. Throws {@link RowProblem} `bad-counter`. */
export function readCounter(data: XmlElement | null, protection: Protection): number {
  const text = readInteger(data, "Counter", protection);
  const counter = text === null ? 0 : parseWholeNumber(text);
  if (counter !== null && counter >= 0) return counter;
  throw new RowProblem(
    "bad-counter",
    "The Counter is not a whole number of 0 or more. Ask the sender for a file with plain decimal numbers.",
  );
}

/** TOTP: seconds of a time step. Throws {@link RowProblem} `bad-interval`. */
export function readPeriodSeconds(data: XmlElement | null, protection: Protection): number {
  const text = readInteger(data, "TimeInterval", protection);
  // An empty text is an encrypted value that is no number; parsePeriodSeconds would take it for an empty cell.
  return parsePeriodSeconds(text === null ? String(DEFAULTS.periodSeconds) : text || "?");
}

/**
 * TOTP: the drift in steps, device minus server (RFC 6030 section 4.3.5: device at 8, server at 9 is −1).
 * Throws {@link RowProblem} `bad-drift`.
 */
export function readDriftSteps(data: XmlElement | null, protection: Protection): number {
  const text = readInteger(data, "TimeDrift", protection, "signed");
  const driftSteps = text === null ? 0 : parseWholeNumber(text);
  if (driftSteps !== null && Math.abs(driftSteps) <= LIMITS.driftSteps) return driftSteps;
  throw new RowProblem(
    "bad-drift",
    "The TimeDrift is not a whole number of steps. Ask the sender for a file with plain decimal numbers.",
  );
}

/** TOTP: refuses a clock that does not count from 1970. Throws {@link RowProblem} `unsupported-algorithm`. */
export function requireZeroTime(data: XmlElement | null, protection: Protection): void {
  const text = readInteger(data, "Time", protection);
  if (text === null || parseWholeNumber(text) === 0) return;
  throw new RowProblem(
    "unsupported-algorithm",
    "The token counts its time from a moment of its own (a Time other than 0). Such tokens cannot be used.",
  );
}
