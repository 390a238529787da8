import type { Fit } from "../../src/otp/fits.ts";
import type { HotpKernel } from "../../src/otp/kernel.ts";
import { LocalPart } from "../../src/otp/local-part.ts";
import type { PartAnswer, PartCommand } from "./protocol.ts";

/** A worker's global scope, as far as it is needed. */
export interface PartScope {
  addEventListener(type: "message", listener: (event: MessageEvent<PartCommand>) => void): void;
  postMessage(answer: PartAnswer, options: StructuredSerializeOptions): void;
  close(): void;
}

/** At least so many milliseconds between two messages of progress, which are the worker's sign of life as well. */
const PROGRESS_MS = 50;

/** The side in the worker: one part of an inventory, and the searches in it. */
export class PartServer {
  readonly #scope: PartScope;
  readonly #loadKernel: () => Promise<HotpKernel>;
  readonly #searches = new Map<number, AbortController>();
  #part: LocalPart | undefined;

  constructor(scope: PartScope, loadKernel: () => Promise<HotpKernel>) {
    this.#scope = scope;
    this.#loadKernel = loadKernel;
  }

  /** Listens from now on. */
  serve(): void {
    this.#scope.addEventListener("message", ({ data }) => this.#take(data));
  }

  #take(command: PartCommand): void {
    switch (command.kind) {
      case "open":
        void this.#answer(command.id, async () => {
          this.#part = new LocalPart(await this.#loadKernel(), command.counts);
          return [];
        });
        break;
      case "add":
        void this.#answer(command.id, async () => {
          await this.#require().add(command.pack);
          return [];
        });
        break;
      case "search":
        void this.#answer(command.id, () => this.#search(command));
        break;
      case "cancel":
        this.#searches.get(command.id)?.abort();
        break;
      case "release":
        this.#part?.release();
        this.#scope.close();
        break;
    }
  }

  async #search({ id, search }: Extract<PartCommand, { kind: "search" }>): Promise<Fit[]> {
    const controller = new AbortController();
    this.#searches.set(id, controller);
    let searched = 0;
    let toldAt = performance.now();
    try {
      return await this.#require().search(search, {
        signal: controller.signal,
        onProgress: (candidates) => {
          searched += candidates;
          if (performance.now() - toldAt < PROGRESS_MS) return;
          this.#tell({ kind: "progress", id, candidates: searched });
          searched = 0;
          toldAt = performance.now();
        },
      });
    } finally {
      this.#searches.delete(id);
    }
  }

  /** Why something failed stays here: the engine does the work itself then, and meets the reason if there is one. */
  async #answer(id: number, work: () => Promise<readonly Fit[]>): Promise<void> {
    try {
      this.#tell({ kind: "done", id, fits: await work() });
    } catch {
      this.#tell({ kind: "failed", id });
    }
  }

  #tell(answer: PartAnswer): void {
    this.#scope.postMessage(answer, { transfer: [] });
  }

  #require(): LocalPart {
    if (!this.#part) throw new RangeError("the part was not opened");
    return this.#part;
  }
}
