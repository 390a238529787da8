import { MfaError, MfaInputError } from "../mfa/errors.ts";
import { secondsToNextStep } from "./code-period.ts";
import type { ErrorFacts } from "./error-messages.ts";
import { formatDuration, formatMoment } from "./formats.ts";
import type { Messages } from "./messages.ts";

/** What the element knows of the token an error is about. */
export interface TokenFacts {
  readonly digits: number;
  readonly periodSeconds: number;
  /** HOTP: the next code comes by a press, not by waiting. */
  readonly counterBased?: boolean;
  readonly nowMs: number;
}

/** What an error says to the person, with what to do next. Anything unforeseen gets a text that shows none of its detail. */
export function errorText(error: unknown, text: Messages, token: TokenFacts): string {
  if (error instanceof MfaError) {
    const facts = factsOf(error, text, token);
    const { reason } = error.details;
    return reason ? text.reasons[reason](facts) : text.errors[error.code](facts);
  }
  if (error instanceof MfaInputError) {
    return text.inputErrors[error.code](factsOf(undefined, text, token));
  }
  return text.unknownError;
}

/** The text for a second code that is still the first, told before anything is sent. */
export function sameCodeText(text: Messages, token: TokenFacts): string {
  return text.errors["same-code-twice"](factsOf(undefined, text, token));
}

function factsOf(error: MfaError | undefined, text: Messages, token: TokenFacts): ErrorFacts {
  const usableAtMs = error?.details.usableAtMs;
  const next = formatDuration(secondsToNextStep(token.nowMs, token.periodSeconds), text);
  return {
    digits: token.digits,
    nextCodeIn: token.counterBased ? null : next,
    retryIn: formatDuration((error?.retryAfterMs ?? 0) / 1000, text),
    taken: error?.details.taken,
    ...(usableAtMs !== undefined && { usableAt: formatMoment(usableAtMs, text) }),
  };
}
