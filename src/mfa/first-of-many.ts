import { MOST_REPORTED_ROWS } from "./local-contract.ts";

/** The first of what may be a million, and how many there were. */
export class FirstOfMany<T> {
  readonly first: T[] = [];
  readonly #most: number;
  #count = 0;

  /** `most`: how many are kept. */
  constructor(most: number = MOST_REPORTED_ROWS) {
    this.#most = most;
  }

  /** How many were added. */
  get count(): number {
    return this.#count;
  }

  add(items: readonly T[]): void {
    this.#count += items.length;
    for (const item of items.slice(0, this.#most - this.first.length)) this.first.push(item);
  }
}
