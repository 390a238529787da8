import { html, type TemplateResult } from "lit";
import { formatDuration } from "./formats.ts";
import type { Messages } from "./messages.ts";
import type { RetryWait } from "./retry-wait.ts";

/** What a running wait says; empty when there is none. */
export function waitingText(wait: RetryWait, text: Messages): string {
  if (wait.secondsLeft === 0) return "";
  const retryIn = formatDuration(wait.secondsLeft, text);
  return text.errors["too-many-attempts"]({ digits: 0, nextCodeIn: null, retryIn, taken: undefined });
}

/** The main button: it counts a wait down and says when it is at work, but can always be pressed to hear why. */
export function renderSubmit(button: {
  readonly label: string;
  readonly busyLabel: string;
  readonly isBusy: boolean;
  /** It changes the account: see `.sensitive` in the control styles. */
  readonly isSensitive?: boolean;
  readonly wait: RetryWait;
  readonly text: Messages;
}): TemplateResult {
  const { label, busyLabel, isBusy, isSensitive = false, wait, text } = button;
  const isWaiting = wait.secondsLeft > 0;
  const words = isWaiting ? text.tryAgainIn(formatDuration(wait.secondsLeft, text)) : label;
  return html`<button
    type="submit"
    class=${isSensitive ? "primary sensitive" : "primary"}
    aria-disabled=${isBusy || isWaiting ? "true" : "false"}
  >
    ${isBusy ? busyLabel : words}
  </button>`;
}
