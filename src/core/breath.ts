import { nextTask } from "./next-task.ts";

/** The longest time in milliseconds without leaving the thread: far below the 50 ms of a long task. */
const SLICE_MS = 5;

/** Tells when it is time to leave the thread, and leaves it. Time is only measured here, not used. */
export class Breath {
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal?: AbortSignal) {
    this.#signal = signal;
  }

  isDue(): boolean {
    return performance.now() - this.#since >= SLICE_MS;
  }

  /** Rejects with the signal's reason. */
  async take(): Promise<void> {
    this.#signal?.throwIfAborted();
    await nextTask();
    this.#signal?.throwIfAborted();
    this.#since = performance.now();
  }
}
