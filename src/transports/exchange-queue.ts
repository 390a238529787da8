import { raceWithSignal } from "../core/abort.ts";

/** Lets one exchange run at a time; the others wait in the order they came. */
export class ExchangeQueue {
  #last: Promise<unknown> = Promise.resolve();
  /** Exchanges begun or waiting. */
  #waiting = 0;
  #closed = false;

  /**
   * Runs `exchange` when its turn comes. An abort rejects at once, but an exchange under way keeps its turn until it has
   * settled, for the device is still busy with it. Rejects with an `AbortError` once the queue is closed.
   */
  run<T>(exchange: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const begin = async (): Promise<T> => {
      signal?.throwIfAborted();
      if (this.#closed) throw new DOMException("The connection to the token was closed.", "AbortError");
      return exchange();
    };
    // Begun at once where it can be: it is then under way, should the queue be closed in the next moment.
    const turn = this.#waiting === 0 ? begin() : this.#last.then(begin);
    this.#waiting += 1;
    this.#last = turn
      .catch(() => null)
      .finally(() => {
        this.#waiting -= 1;
      });
    return raceWithSignal(turn, signal);
  }

  /** Refuses whatever has not started, and resolves when the exchange under way has settled. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
  }
}
