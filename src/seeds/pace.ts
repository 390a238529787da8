import { nextTask } from "../core/next-task.ts";

/** Progress is told when so small a part of the whole was done since: a bar shows no more, and each telling costs a message. */
const PARTS = 500;

/** Lets a long reading be watched and cancelled; reading itself never waits for anything. */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: ((done: number, total: number) => void) | undefined;
  readonly #atPause: (() => Promise<void>) | undefined;
  #told = -Infinity;

  /** `atPause` runs at each pause; it may take its time. */
  constructor(options: {
    readonly signal?: AbortSignal | undefined;
    readonly onProgress?: ((done: number, total: number) => void) | undefined;
    readonly atPause?: () => Promise<void>;
  }) {
    this.#signal = options.signal;
    this.#onProgress = options.onProgress;
    this.#atPause = options.atPause;
  }

  /**
   * Tells the progress and gives the thread back for one turn, so that a message or click asking to stop gets through.
   * Rejects with the signal's reason.
   */
  async pause(done: number, total: number): Promise<void> {
    this.#signal?.throwIfAborted();
    if ((done - this.#told) * PARTS >= total) {
      this.#told = done;
      this.#onProgress?.(done, Math.max(done, total));
    }
    await this.#atPause?.();
    await nextTask();
    this.#signal?.throwIfAborted();
  }
}
