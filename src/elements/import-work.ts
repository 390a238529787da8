import type { LongCallOptions } from "../mfa/vault-contract.ts";

/** How a piece of work ended; null when nobody waits for its end any longer. */
export type WorkOutcome<T> = { readonly value: T } | { readonly error: unknown } | null;

/** One long call at a time. */
export class ImportWork {
  #running: AbortController | null = null;

  async run<T>(
    call: (watch: LongCallOptions) => Promise<T>,
    onProgress: (done: number, total: number) => void,
  ): Promise<WorkOutcome<T>> {
    const running = new AbortController();
    this.#running = running;
    const isCurrent = () => this.#running === running;
    try {
      const value = await call({
        signal: running.signal,
        onProgress: (done, total) => {
          if (isCurrent()) onProgress(done, total);
        },
      });
      return isCurrent() ? { value } : null;
    } catch (error) {
      return isCurrent() ? { error } : null;
    } finally {
      if (isCurrent()) this.#running = null;
    }
  }

  /** Asks the call to stop. Its outcome still counts: it may have been done already. */
  stop(): void {
    this.#running?.abort();
  }

  /** Asks the call to stop, and waits for it no longer. */
  drop(): void {
    this.stop();
    this.#running = null;
  }
}
