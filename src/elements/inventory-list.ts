import type { ReactiveControllerHost } from "lit";
import { isAbortError } from "../core/errors.ts";
import type { LocalMfaService, SeedFilter, SeedPage, SeedSummary } from "../mfa/local-contract.ts";

/** Rows asked for at a time: some screens of them. */
const PAGE_ROWS = 64;

/** Pages kept: of a list of a million tokens the page holds a thousand and a half at the most. */
const MOST_PAGES = 24;

/** Which tokens to list. */
export type InventoryFilter = "all" | "assigned" | "free";

/** What is asked for. */
export interface InventoryQuery {
  readonly text: string;
  readonly filter: InventoryFilter;
}

/** How far a search is. */
export interface Looking {
  readonly done: number;
  readonly total: number;
}

/** The rows of a list that are in sight and around it, asked for as they come into sight; an answer overtaken is dropped. */
export class InventoryList {
  readonly #host: ReactiveControllerHost;
  #query: InventoryQuery = { text: "", filter: "all" };
  #service: LocalMfaService | null = null;
  #question = new AbortController();
  /** In the order of their last use. */
  #pages = new Map<number, readonly SeedSummary[]>();
  readonly #asked = new Set<number>();
  #list: Omit<SeedPage, "seeds"> | null = null;
  #looking: Looking | null = null;
  #error: unknown = null;
  #wanted = { first: 0, end: PAGE_ROWS };

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Tokens in the list; null until the first answer. */
  get total(): number | null {
    return this.#list?.total ?? null;
  }

  /** The token at a place; null while it is not known. */
  at(place: number): SeedSummary | null {
    return this.#pages.get(Math.floor(place / PAGE_ROWS))?.[place % PAGE_ROWS] ?? null;
  }

  /** The whole list, where that is one page; else null. */
  get whole(): readonly SeedSummary[] | null {
    const first = this.#pages.get(0);
    return first && first.length === this.total ? first : null;
  }

  get query(): InventoryQuery {
    return this.#query;
  }

  /** The same, as the service takes it. */
  get seedFilter(): SeedFilter {
    const text = this.#query.text.trim();
    const { filter } = this.#query;
    return { ...(text !== "" && { text }), ...(filter !== "all" && { assigned: filter === "assigned" }) };
  }

  /** How far a search is that takes long; null when there is none. */
  get looking(): Looking | null {
    return this.#looking;
  }

  /** What the last question failed with, or null. */
  get error(): unknown {
    return this.#error;
  }

  /** Asks anew. What was on view stays until the answer comes. */
  async load(service: LocalMfaService, query: Partial<InventoryQuery> = {}): Promise<void> {
    const isOther = query.text !== undefined || query.filter !== undefined;
    this.#query = { ...this.#query, ...query };
    this.#service = service;
    this.#question.abort();
    this.#question = new AbortController();
    this.#asked.clear();
    const { signal } = this.#question;
    const page = isOther ? 0 : Math.floor(this.#wanted.first / PAGE_ROWS);
    this.#looking = null;
    await this.#ask(page, signal, false, true);
    if (!signal.aborted && this.#list?.isWhole === false) await this.#ask(0, signal, true, true);
    this.need(this.#wanted.first, this.#wanted.end);
  }

  /** Stops a search that takes long; what was found so far stays. */
  stop(): void {
    this.#question.abort();
    this.#question = new AbortController();
    this.#asked.clear();
    this.#looking = null;
    this.#host.requestUpdate();
  }

  /** These rows are in sight, from `first` to before `end`. */
  need(first: number, end: number): void {
    this.#wanted = { first, end };
    if (!this.#list || this.#error !== null) return;
    const last = Math.min(end, this.#list.total) - 1;
    for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page += 1) {
      const known = this.#pages.get(page);
      if (known) {
        this.#pages.delete(page);
        this.#pages.set(page, known);
      } else if (!this.#asked.has(page) && this.#asked.size < 2) {
        void this.#askInSight(page);
      }
    }
  }

  /** After it, what came into sight meanwhile is asked for: what was scrolled past is not. */
  async #askInSight(page: number): Promise<void> {
    await this.#ask(page, this.#question.signal, this.#list?.isWhole ?? false, false);
    this.need(this.#wanted.first, this.#wanted.end);
  }

  async #ask(page: number, signal: AbortSignal, wait: boolean, isNew: boolean): Promise<void> {
    const service = this.#service;
    if (!service) return;
    this.#asked.add(page);
    const listId = isNew ? undefined : this.#list?.listId;
    const onProgress = (done: number, total: number) => {
      if (signal.aborted || total === 0) return;
      this.#looking = { done, total };
      this.#host.requestUpdate();
    };
    try {
      const query = { ...this.seedFilter, offset: page * PAGE_ROWS, limit: PAGE_ROWS };
      const answer = await service.seedPage(
        { ...query, ...(wait && { wait }), ...(listId !== undefined && { listId }) },
        { signal, onProgress },
      );
      if (signal.aborted) return;
      this.#take(page, answer);
    } catch (error) {
      if (signal.aborted || isAbortError(error)) return;
      this.#error = error;
      this.#looking = null;
    }
    this.#asked.delete(page);
    this.#host.requestUpdate();
  }

  #take(page: number, { seeds, ...list }: SeedPage): void {
    if (list.listId !== this.#list?.listId) {
      this.#pages = new Map();
      this.#list = list;
    }
    this.#looking = list.isWhole ? null : (this.#looking ?? { done: 0, total: list.total });
    this.#error = null;
    this.#pages.set(page, seeds);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) break;
      this.#pages.delete(oldest);
    }
  }
}
