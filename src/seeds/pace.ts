import { nextTask } from "../core/next-task.ts";

/** Lets a long reading be watched and cancelled; reading itself never waits for anything. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: ((done: number, total: number) => void) | undefined;

  constructor(options: {
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((done: number, total: number) => void) | undefined;
  }) {
    this.#signal = options.signal;
    this.#onProgress = options.onProgress;
  }

  /**
   * Tells the progress and gives the thread back for one turn, so that a message or click asking to stop gets through.
   * Rejects with the signal's reason.
   */
  async pause(done: number, total: number): Promise<void> {
    this.#signal?.throwIfAborted();
    this.#onProgress?.(done, Math.max(done, total));
    await nextTask();
    this.#signal?.throwIfAborted();
  }
}
