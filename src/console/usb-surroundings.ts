import type { ModelOptions } from "./usb-token-models.ts";

/** The page's own clock and randomness, for virtual USB tokens. Only the entry uses it; a test may bring another. */
export const pageSurroundings: ModelOptions = {
  timer: {
    now: () => performance.now(),
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
  },
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
};
