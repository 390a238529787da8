import type { ReactiveController, ReactiveControllerHost } from "lit";

/**
 * Runs down the time until the service evaluates the next attempt. The host draws `secondsLeft`; it is told in words only
 * at the end, for a countdown read out each second would drown everything else.
 */
export class RetryWait implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #onOver: () => void;
  #untilMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, onOver: () => void) {
    this.#host = host;
    this.#onOver = onOver;
    host.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  hostConnected(): void {
    if (this.secondsLeft > 0) this.#tick();
  }

  /** Whole seconds left, rounded up; 0 when an attempt may be made. */
  get secondsLeft(): number {
    return Math.max(0, Math.ceil((this.#untilMs - performance.now()) / 1000));
  }

  begin(waitMs: number): void {
    this.#untilMs = performance.now() + waitMs;
    this.#tick();
  }

  /** Forgets the wait: it belongs to a token that is no longer asked for. */
  clear(): void {
    this.#untilMs = 0;
    clearTimeout(this.#timer);
  }

  #tick(): void {
    clearTimeout(this.#timer);
    this.#host.requestUpdate();
    const leftMs = this.#untilMs - performance.now();
    if (leftMs <= 0) {
      this.#onOver();
      return;
    }
    this.#timer = setTimeout(() => this.#tick(), leftMs % 1000 || 1000);
  }
}
