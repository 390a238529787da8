/** A deadline that is put off by each sign of life. */
export class Patience {
  readonly #silenceMs: number;
  readonly #makeError: () => Error;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #giveUp: (() => void) | undefined;

  /** `makeError` makes what is rejected with after `silenceMs` without a sign of life. */
  constructor(silenceMs: number, makeError: () => Error) {
    this.#silenceMs = silenceMs;
    this.#makeError = makeError;
  }

  /** A sign of life: waiting begins anew. One that comes too early or too late does nothing. */
  renew(): void {
    clearTimeout(this.#timer);
    if (this.#giveUp) this.#timer = setTimeout(this.#giveUp, this.#silenceMs);
  }

  /** Settles as `promise` does, or rejects when there was no sign of life for too long. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#giveUp = () => reject(this.#makeError());
      this.renew();
      promise.then(resolve, reject).finally(() => {
        this.#giveUp = undefined;
        clearTimeout(this.#timer);
      });
    });
  }
}
