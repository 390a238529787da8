import type { ReactiveControllerHost } from "lit";
import type { LocalMfaService, SeedSummary } from "../mfa/local-contract.ts";

/** Rows shown at first, and added by each *Show more*. */
const PAGE_ROWS = 100;

/** Which tokens to list. */
export type InventoryFilter = "all" | "assigned" | "free";

/** What is asked for. */
export interface InventoryQuery {
  readonly text: string;
  readonly filter: InventoryFilter;
}

/** The tokens on view, loaded page by page; an answer that a newer question has overtaken is dropped. */
export class InventoryList {
  readonly #host: ReactiveControllerHost;
  #query: InventoryQuery = { text: "", filter: "all" };
  #question = 0;
  #seeds: readonly SeedSummary[] | null = null;
  #hasMore = false;
  #error: unknown = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Null until the first answer. */
  get seeds(): readonly SeedSummary[] | null {
    return this.#seeds;
  }

  get hasMore(): boolean {
    return this.#hasMore;
  }

  get query(): InventoryQuery {
    return this.#query;
  }

  /** What the last question failed with, or null. */
  get error(): unknown {
    return this.#error;
  }

  /** Asks anew, from the first row on. */
  async load(service: LocalMfaService, query: Partial<InventoryQuery> = {}): Promise<void> {
    this.#query = { ...this.#query, ...query };
    await this.#ask(service, 0);
  }

  /** Adds the next rows. */
  async more(service: LocalMfaService): Promise<void> {
    await this.#ask(service, this.#seeds?.length ?? 0);
  }

  async #ask(service: LocalMfaService, offset: number): Promise<void> {
    const question = ++this.#question;
    const { text, filter } = this.#query;
    try {
      const found = await service.listSeeds({
        ...(text.trim() === "" ? {} : { text: text.trim() }),
        ...(filter === "all" ? {} : { assigned: filter === "assigned" }),
        offset,
        // One more than is shown tells whether there are more.
        limit: PAGE_ROWS + 1,
      });
      if (question !== this.#question) return;
      const shown = found.slice(0, PAGE_ROWS);
      this.#seeds = offset === 0 ? shown : [...(this.#seeds ?? []), ...shown];
      this.#hasMore = found.length > PAGE_ROWS;
      this.#error = null;
    } catch (error) {
      if (question !== this.#question) return;
      this.#error = error;
    }
    this.#host.requestUpdate();
  }
}
