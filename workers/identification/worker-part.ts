import { OtpError } from "../../src/otp/errors.ts";
import type { Fit, FitSearch } from "../../src/otp/fits.ts";
import type { InventoryPart, PartSearchOptions } from "../../src/otp/inventory-part.ts";
import type { KeyCounts } from "../../src/otp/keyed-inventory.ts";
import { type SeedPack, transferablesOf } from "../../src/otp/seed-pack.ts";
import type { PartAnswer, PartCommand } from "./protocol.ts";

/** A command with an id, before it has got it. */
type Question =
  Extract<PartCommand, { id: number }> extends infer C
    ? C extends { kind: "cancel" }
      ? never
      : Omit<C, "id">
    : never;

interface Waiting {
  resolve(fits: readonly Fit[]): void;
  reject(error: unknown): void;
  onProgress?(candidates: number): void;
}

/** A released worker ends itself once it has wiped its states; one that has not by then is ended. */
const FAREWELL_MS = 1000;

/**
 * The page's side of one worker and the part in it. Everything rejects with {@link OtpError} `part-lost` once the worker has
 * failed, was released, or has given no sign of life for `patienceMs` while it had something to do.
 */
export class WorkerPart implements InventoryPart {
  readonly #worker: Worker;
  readonly #patienceMs: number;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #isLost = false;
  #watch: ReturnType<typeof setInterval> | undefined;
  #isQuiet = false;

  constructor(worker: Worker, patienceMs: number) {
    this.#worker = worker;
    this.#patienceMs = patienceMs;
    worker.addEventListener("message", this.#onMessage);
    worker.addEventListener("messageerror", this.#onFailure);
    // Also a script that does not load or is blocked by a policy says so by this event only.
    worker.addEventListener("error", this.#onFailure);
  }

  /** Comes first. */
  async open(counts: KeyCounts): Promise<void> {
    await this.#ask({ kind: "open", counts });
  }

  async add(pack: SeedPack): Promise<void> {
    await this.#ask({ kind: "add", pack }, { transfer: transferablesOf(pack) });
  }

  async search(search: FitSearch, { signal, onProgress }: PartSearchOptions): Promise<Fit[]> {
    signal.throwIfAborted();
    return [...(await this.#ask({ kind: "search", search }, { signal, onProgress }))];
  }

  release(): void {
    if (this.#isLost) return;
    this.#lose();
    this.#post({ kind: "release" });
    setTimeout(() => this.#worker.terminate(), FAREWELL_MS);
  }

  async #ask(
    question: Question,
    options: Partial<PartSearchOptions> & { readonly transfer?: Transferable[] } = {},
  ): Promise<readonly Fit[]> {
    if (this.#isLost) throw partLost();
    const { signal, onProgress, transfer } = options;
    this.#lastId += 1;
    const id = this.#lastId;
    let cancel: (() => void) | undefined;
    try {
      return await new Promise<readonly Fit[]>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject, ...(onProgress && { onProgress }) });
        cancel = () => {
          this.#post({ kind: "cancel", id });
          reject(signal?.reason as Error);
        };
        signal?.addEventListener("abort", cancel, { once: true });
        this.#post({ ...question, id }, transfer);
        this.#watchOver();
      });
    } finally {
      if (cancel) signal?.removeEventListener("abort", cancel);
      this.#waiting.delete(id);
      this.#watchOver();
    }
  }

  #post(command: PartCommand, transfer: Transferable[] = []): void {
    this.#worker.postMessage(command, transfer);
  }

  /**
   * Looks twice in the time of its patience. After the machine slept, the first look may come before messages that were sent
   * long ago; the second comes after.
   */
  #watchOver(): void {
    const isBusy = this.#waiting.size > 0;
    if (isBusy === (this.#watch !== undefined)) return;
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#isQuiet = false;
    if (!isBusy) return;
    this.#watch = setInterval(() => {
      if (this.#isQuiet) this.#end();
      this.#isQuiet = true;
    }, this.#patienceMs / 2);
  }

  readonly #onMessage = ({ data }: MessageEvent<PartAnswer>) => {
    this.#isQuiet = false;
    const waiting = this.#waiting.get(data.id);
    if (!waiting) return;
    try {
      if (data.kind === "done") waiting.resolve(data.fits);
      else if (data.kind === "failed") waiting.reject(partLost());
      else waiting.onProgress?.(data.candidates);
    } catch (error) {
      // The caller's own.
      this.#post({ kind: "cancel", id: data.id });
      waiting.reject(error);
    }
  };

  readonly #onFailure = (event: Event) => {
    // It is told by the rejection, and made good by the engine: no reason to alarm the console.
    event.preventDefault();
    this.#end();
  };

  #end(): void {
    this.#lose();
    this.#worker.terminate();
  }

  #lose(): void {
    this.#isLost = true;
    clearInterval(this.#watch);
    this.#worker.removeEventListener("message", this.#onMessage);
    for (const { reject } of this.#waiting.values()) reject(partLost());
  }
}

function partLost(): OtpError {
  return new OtpError("part-lost", "A worker that searched a part of the inventory is gone.");
}
