import { withDeadline } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { TransmitOptions } from "../apdu/connection.ts";

/** How long to wait for tokens, in milliseconds. */
export const PATIENCE = {
  /** One command, without a touch. The slowest measured (a first PIN check) takes 70 ms. */
  ANSWER_MS: 3_000,
  /** A command that may wait for a touch: tokens give up after 30 s themselves, and then say so. */
  TOUCH_MS: 32_000,
  /** A token that works longer than this is likely to wait for a touch. */
  NOTICE_MS: 500,
} as const;

/** The time one command gets: what the caller says, else a touch's when the caller is ready to ask for one. */
export function answerLimitMs(options: TransmitOptions): number {
  return options.timeoutMs ?? (options.onWaiting ? PATIENCE.TOUCH_MS : PATIENCE.ANSWER_MS);
}

/** Settles as `work` does, or rejects with `timeout`. */
export function withPatience<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return withDeadline(work, milliseconds, answerTimeout);
}

/** Calls `onWaiting`, once, when `work` has not settled after {@link PATIENCE.NOTICE_MS}. */
export async function withWaitingNotice<T>(
  work: Promise<T>,
  onWaiting: (() => void) | undefined,
): Promise<T> {
  if (!onWaiting) return work;
  const timer = setTimeout(onWaiting, PATIENCE.NOTICE_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

/** The token did not answer in time. */
export function answerTimeout(): BridgeError {
  return new BridgeError("timeout", "The token does not answer. Unplug it, plug it in again, then retry.");
}

/** Resolves after a while. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
