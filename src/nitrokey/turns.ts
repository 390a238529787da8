import { raceWithSignal } from "../core/abort.ts";

/** Lets one operation run at a time; the others wait in the order they came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `task` when its turn comes. An abort rejects at once; a task under way keeps its turn until it has settled. */
  take<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const turn = this.#last.then(() => {
      signal?.throwIfAborted();
      return task();
    });
    this.#last = turn.catch(() => null);
    return raceWithSignal(turn, signal);
  }
}
