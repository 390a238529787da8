import { MfaError } from "../src/mfa/errors.ts";

/** Calls of one page that may be under way at once. No page of ours comes near it; a page gone wild is told so at once. */
export const MOST_CALLS = 64;

/** Bounds what one page can heap up in its worker. */
export class CallLimit {
  #underWay = 0;

  /** Runs a call; rejects with `busy`, and does nothing, where {@link MOST_CALLS} are under way already. */
  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#underWay >= MOST_CALLS) {
      throw new MfaError("busy", "Too many calls are under way at once. Try again when some are done.");
    }
    this.#underWay += 1;
    try {
      return await call();
    } finally {
      this.#underWay -= 1;
    }
  }
}
