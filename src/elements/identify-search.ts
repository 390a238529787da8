import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isAbortError } from "../core/errors.ts";
import type { ObservedCode } from "../mfa/contract.ts";
import type { Identification, LocalMfaService } from "../mfa/local-contract.ts";

/** Around where each token is expected, for three codes: an hour to either side for one of half a minute. */
const WIDE = { backSteps: 120, aheadSteps: 120 } as const;

/**
 * What a search came to. It names a token only when there is but one and no doubt about it: how many else would fit is
 * nobody's business (it helps a guesser, and nobody else).
 */
export type IdentifyOutcome =
  { readonly kind: "unique"; readonly token: Identification } | { readonly kind: "several" | "none" };

/** A search under way. */
export interface IdentifyProgress {
  /** `ready`: the seeds are made ready for the search that comes; `search`: the search itself. */
  readonly kind: "ready" | "search";
  readonly done: number;
  readonly total: number;
}

/** Looks for a token by its codes, one search at a time. */
export class IdentifySearch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #work = new AbortController();
  #progress: IdentifyProgress | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get progress(): IdentifyProgress | null {
    return this.#progress;
  }

  hostDisconnected(): void {
    this.stop();
  }

  stop(): void {
    this.#work.abort();
    this.#set(null);
  }

  /**
   * The first search opens every seed, which of a million takes seconds: that is done while the person waits for the next code.
   * What comes of it is thrown away, for one code proves nothing. A failure shows when it matters.
   */
  async getReady(service: LocalMfaService, first: ObservedCode): Promise<void> {
    await this.#run("ready", (options) => service.identifyToken([first], options)).catch(() => undefined);
  }

  /** Null when it was stopped. Rejects as the service does. */
  async find(service: LocalMfaService, codes: readonly ObservedCode[]): Promise<IdentifyOutcome | null> {
    const window = codes.length > 2 ? { window: WIDE } : {};
    const found = await this.#run("search", (options) =>
      service.identifyToken(codes, { ...options, ...window }),
    );
    if (!found) return null;
    const [token, another] = found;
    if (!token) return { kind: "none" };
    return another || token.furtherCodesNeeded > 0 ? { kind: "several" } : { kind: "unique", token };
  }

  async #run<T>(
    kind: IdentifyProgress["kind"],
    work: (options: {
      readonly signal: AbortSignal;
      readonly onProgress: (done: number, total: number) => void;
    }) => Promise<T>,
  ): Promise<T | null> {
    this.#work.abort();
    const own = new AbortController();
    this.#work = own;
    const { signal } = own;
    this.#set({ kind, done: 0, total: 1 });
    const onProgress = (done: number, total: number) => {
      if (!signal.aborted && total > 0) this.#set({ kind, done, total });
    };
    try {
      const result = await work({ signal, onProgress });
      return signal.aborted ? null : result;
    } catch (error) {
      if (signal.aborted || isAbortError(error)) return null;
      throw error;
    } finally {
      if (this.#work === own) this.#set(null);
    }
  }

  #set(progress: IdentifyProgress | null): void {
    this.#progress = progress;
    this.#host.requestUpdate();
  }
}
