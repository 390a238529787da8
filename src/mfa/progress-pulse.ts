/** Milliseconds between two messages about progress: a bar shows no more. */
const INTERVAL_MS = 100;

/**
 * Tells how far a long piece of work is, some times a second at the most; the end always. Whoever waits also takes it as a sign
 * of life, so work whose end cannot be foreseen repeats what was told last.
 */
export class ProgressPulse {
  readonly #listener: (done: number, total: number) => void;
  #last: readonly [done: number, total: number] = [0, 0];
  #toldAtMs = -Infinity;

  constructor(listener: (done: number, total: number) => void) {
    this.#listener = listener;
  }

  readonly tell = (done: number, total: number): void => {
    this.#last = [done, total];
    if (done === total) this.#toldAtMs = -Infinity;
    this.beat();
  };

  /** A sign of life. */
  readonly beat = (): void => {
    const nowMs = performance.now();
    if (nowMs - this.#toldAtMs < INTERVAL_MS) return;
    this.#toldAtMs = nowMs;
    this.#listener(...this.#last);
  };
}
