import type { TextStorage } from "../safe-storage.ts";

/** The least time between two messages, or two calls. */
export const RESEND_WAIT_MS = 60_000;
const WINDOW_MS = 3_600_000;
/** In an hour; more is a nuisance to whoever owns the mailbox or the phone. */
const SENDS_MAX = 5;

/**
 * How often something may be sent: at most once a minute and five times an hour. Kept by the browser, so that another tab
 * or a reload does not begin anew. Nothing but times is stored.
 */
export class SendLimit {
  readonly #storage: TextStorage;
  readonly #key: string;
  readonly #now: () => number;

  constructor(storage: TextStorage, name: string, now: () => number) {
    this.#storage = storage;
    this.#key = `oath-console.sent.${name}`;
    this.#now = now;
  }

  /** Milliseconds until the next one; 0 when it may go now. */
  get waitMs(): number {
    const now = this.#now();
    const times = this.#times(now);
    const last = times.at(-1) ?? Number.NEGATIVE_INFINITY;
    const oldest = times.at(-SENDS_MAX);
    return Math.max(0, last + RESEND_WAIT_MS - now, oldest === undefined ? 0 : oldest + WINDOW_MS - now);
  }

  /** Counts one that went. */
  count(): void {
    const now = this.#now();
    this.#storage.setItem(this.#key, JSON.stringify([...this.#times(now), now]));
  }

  clear(): void {
    this.#storage.removeItem(this.#key);
  }

  /** Those of the last hour; one of the future, after the clock was set back, counts as now. */
  #times(now: number): number[] {
    try {
      const saved: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? "[]");
      if (!Array.isArray(saved)) return [];
      const times = saved.filter((time) => typeof time === "number").map((time) => Math.min(time, now));
      return times.filter((time) => time > now - WINDOW_MS);
    } catch {
      return [];
    }
  }
}
