import { raceWithSignal } from "../core/abort.ts";

/**
 * Runs operations one after another: each is several exchanges, which must not mix with another's. Whoever gives up while
 * waiting hears so at once, and the operation is never begun.
 */
export class OperationQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `operation` when everything before it has ended, well or not. Rejects with the signal's reason. */
  async run<T>(operation: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.#last.then(async () => {
      signal?.throwIfAborted();
      return operation();
    });
    this.#last = turn.catch(() => undefined);
    return raceWithSignal(turn, signal);
  }
}
