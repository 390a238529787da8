import type { TokenTimer } from "./token-timer.ts";

/** How long a key waits for a touch, as canokey-core has it. */
export const TOUCH_TIMEOUT_MS = 30_000;

/** The spot of a key that a person touches. */
export class TouchSensor {
  readonly #timer: TokenTimer;
  readonly #listeners = new Set<() => void>();
  #answer: ((touched: boolean) => void) | null = null;

  constructor(timer: TokenTimer) {
    this.#timer = timer;
  }

  /** True while the key waits (and, on a real one, blinks). */
  get isWaiting(): boolean {
    return this.#answer !== null;
  }

  /** Calls `listener` whenever a wait begins or ends; gives back what stops that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A person touches the key; nothing happens when it does not wait. */
  touch(): void {
    this.#answer?.(true);
  }

  /** Ends the wait without a touch, as a loss of power does. */
  cancel(): void {
    this.#answer?.(false);
  }

  /** Waits for a touch; false when none came within {@link TOUCH_TIMEOUT_MS}. */
  wait(): Promise<boolean> {
    return new Promise((resolve) => {
      const stop = this.#timer.after(TOUCH_TIMEOUT_MS, () => this.#answer?.(false));
      const answer = (touched: boolean) => {
        this.#set(null);
        stop();
        resolve(touched);
      };
      this.#set(answer);
    });
  }

  #set(answer: ((touched: boolean) => void) | null): void {
    this.#answer = answer;
    for (const listener of this.#listeners) listener();
  }
}
