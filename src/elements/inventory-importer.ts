import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isAbortError } from "../core/errors.ts";
import type { ImportReport, LocalMfaService } from "../mfa/local-contract.ts";

/** Where an import stands. */
export type ImportState =
  | { readonly kind: "idle" }
  | { readonly kind: "reading"; readonly fileName: string; readonly done: number; readonly total: number }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "done"; readonly report: ImportReport };

/** Runs one import at a time for an element, and stops it when the element leaves the page. */
export class InventoryImporter implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #state: ImportState = { kind: "idle" };
  #running: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get state(): ImportState {
    return this.#state;
  }

  hostDisconnected(): void {
    this.cancel();
  }

  /** Asks the import to stop; its transaction is then never begun. */
  cancel(): void {
    this.#running?.abort();
  }

  /** Imports `file`. Resolves with the report, or null when it failed, was cancelled or another one is running. */
  async run(service: LocalMfaService, file: File): Promise<ImportReport | null> {
    if (this.#running) return null;
    const running = new AbortController();
    this.#running = running;
    this.#set({ kind: "reading", fileName: file.name, done: 0, total: 0 });
    try {
      const report = await service.importSeeds(file, {
        signal: running.signal,
        onProgress: (done, total) => {
          if (this.#running === running) this.#set({ kind: "reading", fileName: file.name, done, total });
        },
      });
      this.#set({ kind: "done", report });
      return report;
    } catch (error) {
      this.#set(isAbortError(error) ? { kind: "cancelled" } : { kind: "failed", error });
      return null;
    } finally {
      this.#running = undefined;
    }
  }

  #set(state: ImportState): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
