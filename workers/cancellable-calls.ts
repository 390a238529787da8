/** Calls that the page can cancel, by the id it gave each. */
export class CancellableCalls {
  readonly #running = new Map<string, AbortController>();

  async run<T>(callId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(callId, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#running.delete(callId);
    }
  }

  /** Does nothing when the call is over. */
  cancel(callId: string): void {
    this.#running.get(callId)?.abort();
  }
}
