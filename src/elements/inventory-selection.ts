import type { ReactiveControllerHost } from "lit";
import type { SeedChoice, SeedFilter } from "../mfa/local-contract.ts";

/** All tokens that fit a filter, but for some. */
interface AllBut {
  readonly filter: SeedFilter;
  /** How many fit. */
  readonly total: number;
}

/**
 * Which tokens are chosen. One by one, they stay chosen while others are looked for. *All* means a filter, not a million serial
 * numbers; it ends with another search.
 */
export class InventorySelection {
  readonly #host: ReactiveControllerHost;
  /** Chosen; or, of all, left out. */
  readonly #named = new Set<string>();
  #all: AllBut | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get count(): number {
    return this.#all ? Math.max(0, this.#all.total - this.#named.size) : this.#named.size;
  }

  /** True while all that fit are chosen, but perhaps for some. */
  get isAll(): boolean {
    return this.#all !== null;
  }

  /** As the service takes it. */
  get choice(): SeedChoice {
    return this.#all ? { ...this.#all.filter, except: [...this.#named] } : [...this.#named];
  }

  has(serialNumber: string): boolean {
    return this.#named.has(serialNumber) !== this.isAll;
  }

  set(serialNumber: string, isChosen: boolean): void {
    if (isChosen === this.isAll) this.#named.delete(serialNumber);
    else this.#named.add(serialNumber);
    this.#host.requestUpdate();
  }

  setAll(filter: SeedFilter, total: number): void {
    this.#named.clear();
    this.#all = { filter, total };
    this.#host.requestUpdate();
  }

  /** Another list is on view. */
  listChanged(): void {
    if (this.#all) this.clear();
  }

  clear(): void {
    this.#named.clear();
    this.#all = null;
    this.#host.requestUpdate();
  }
}
