import { BridgeError, type BridgeErrorCode } from "../core/bridge-error.ts";
import { findResponseCode, SMART_CARD_PROBLEMS } from "./smart-card-errors.ts";

/** What the browser was asked to do. */
export type BrowserStep = "request" | "list" | "open" | "claim" | "transfer" | "report" | "smart-card";

/** What else is known when a call fails; exceptions of one name do not always mean the same. */
export interface FailureContext {
  /** `request`: false when the person had not just clicked (`navigator.userActivation.isActive`, read before the call). */
  readonly hadGesture?: boolean;
  /** False when the device is known to be gone (`opened` of a USB device turned false, or a `disconnect` event came). */
  readonly connected?: boolean;
}

/** A code, and what the person can do. */
export type Problem = readonly [BridgeErrorCode, string];

const NO_PERMISSION: Problem = [
  "not-supported",
  "This page may not use USB tokens: its address is not secure, or the site around it forbids it. Type the code instead.",
];
const GONE: Problem = ["unplugged", "The token was taken out. Plug it in again, then retry."];
const BUSY: Problem = [
  "device-in-use",
  "Another tab or program is using the token. Close it there, then try again.",
];
const NO_ACCESS: Problem = [
  "not-granted",
  "The operating system does not let the browser open the token. On Linux add the maker's udev rule, then plug the token in again.",
];
const NOT_AS_DESCRIBED: Problem = [
  "malformed-answer",
  "The token does not work as it describes itself. Unplug it, plug it in again.",
];

/**
 * The exceptions of Chromium 156 by step and name (its messages are not looked at). Names that are missing here fall back to
 * {@link FALLBACK}. Sources: WebUSB and WebHID specifications; every row was seen in a run.
 */
const PROBLEMS: Record<BrowserStep, Readonly<Record<string, Problem>>> = {
  request: { SecurityError: NO_PERMISSION },
  list: { SecurityError: NO_PERMISSION },
  open: {
    SecurityError: NO_ACCESS,
    // WebHID: no rights, or gone since it was listed.
    NotAllowedError: NO_ACCESS,
    NotFoundError: GONE,
    NetworkError: BUSY,
    // WebHID: this page has it open already.
    InvalidStateError: BUSY,
  },
  claim: {
    SecurityError: [
      "blocked-by-browser",
      "The browser keeps this part of the key from web pages. Let the key type its code, or use its maker's app.",
    ],
    NetworkError: BUSY,
    NotFoundError: NOT_AS_DESCRIBED,
    InvalidStateError: GONE,
  },
  transfer: {
    NetworkError: GONE,
    NotFoundError: NOT_AS_DESCRIBED,
    // Closed or released behind our back, by other code of this page.
    InvalidStateError: ["unplugged", "The connection to the token was lost. Connect it again."],
    SecurityError: [
      "blocked-by-browser",
      "The browser keeps this part of the key from web pages. Use its maker's app instead.",
    ],
  },
  report: {
    NotAllowedError: [
      "not-granted",
      "The system does not let the browser talk to this token, as with old firmware that poses as a keyboard. Update its firmware.",
    ],
    InvalidStateError: ["unplugged", "The connection to the token was lost. Connect it again."],
  },
  "smart-card": {
    SecurityError: NO_PERMISSION,
    NotAllowedError: ["not-granted", "The page may not use this card reader. Connect again and allow it."],
    // Another operation runs in this context, or the connection is gone.
    InvalidStateError: BUSY,
  },
};

const FALLBACK: Record<BrowserStep, Problem> = {
  request: NO_PERMISSION,
  list: NO_PERMISSION,
  open: BUSY,
  claim: BUSY,
  transfer: GONE,
  report: GONE,
  "smart-card": ["malformed-answer", "The card reader reports a fault. Unplug it, plug it in again."],
};

/**
 * What a rejected call of WebUSB, WebHID or the Web Smart Card API means, with the exception as `cause`. An abort, a
 * `BridgeError` and what is no DOMException (a mistake in our own call) are given back as they are.
 */
export function toBridgeError(error: unknown, step: BrowserStep, context: FailureContext = {}): unknown {
  if (!(error instanceof DOMException) || error.name === "AbortError") return error;
  const [code, message] = findProblem(error, step, context);
  return new BridgeError(code, message, { cause: error });
}

/** True when the person closed the browser's USB chooser without a choice (WebHID's gives an empty list instead). */
export function isChooserDismissed(error: unknown): boolean {
  return error instanceof DOMException && error.name === "NotFoundError";
}

function findProblem(error: DOMException, step: BrowserStep, context: FailureContext): Problem {
  if (step === "request" && context.hadGesture === false) {
    return ["not-granted", "The browser shows its list of tokens only after a click. Press Connect again."];
  }
  // A device closed behind our back is not connected either, but it is still there.
  if (context.connected === false && error.name !== "InvalidStateError") return GONE;
  const responseCode = findResponseCode(error);
  if (responseCode !== null) return SMART_CARD_PROBLEMS[responseCode] ?? FALLBACK["smart-card"];
  return PROBLEMS[step][error.name] ?? FALLBACK[step];
}
