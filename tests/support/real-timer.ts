import type { TokenTimer } from "../../src/virtual/oath/token-timer.ts";

/** The real clock, for tokens that a browser talks to. */
export const REAL_TIMER: TokenTimer = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Random bytes. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
