import type { Bytes } from "../core/bytes.ts";
import type { NitrokeyModel } from "./report-channel.ts";
import type { ClockDialogue } from "./token-clock.ts";

/** What one call may bring with it. */
export interface NitrokeyCall {
  readonly signal?: AbortSignal | undefined;
  /** Asked when the token refuses its clock to be set; instead of the session's own. */
  readonly onClockRefused?: ClockDialogue | undefined;
}

/** How a session is opened. */
export interface NitrokeyOptions extends NitrokeyCall {
  readonly model: NitrokeyModel;
  /** The trusted clock in Unix milliseconds. */
  readonly now?: () => number;
  /** Random bytes, for the temporary password. */
  readonly random?: (length: number) => Bytes;
  readonly sleep?: (milliseconds: number) => Promise<void>;
}

/** The sleep used unless another is given. */
export function timerSleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The randomness used unless another is given. */
export function cryptoRandom(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
