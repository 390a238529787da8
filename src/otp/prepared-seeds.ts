import type { HotpKernel } from "./kernel.ts";
import { countSeeds, type KeyCounts, KeyedInventory } from "./keyed-inventory.ts";
import type { Seed } from "./seed.ts";
import { packSeeds } from "./seed-pack.ts";

/** Seeds counted or prepared at a time: a few milliseconds, also of the slowest hash. */
const PIECE = 2048;

/**
 * An inventory whose states are derived piece by piece. Several searches may wait for it at once, and each may move it on;
 * one that is cancelled leaves what is done to the next.
 */
export class PreparedSeeds {
  readonly inventory: KeyedInventory;
  readonly #seeds: readonly Seed[];
  /** Complete before the first seed is prepared. */
  readonly #counts: KeyCounts = { SHA1: 0, SHA256: 0, SHA512: 0 };
  #counted = 0;
  #done = 0;

  constructor(kernel: HotpKernel, seeds: readonly Seed[]) {
    this.inventory = new KeyedInventory(kernel, this.#counts);
    this.#seeds = seeds;
  }

  /** Seeds not yet prepared. */
  get remaining(): number {
    return this.#seeds.length - this.#done;
  }

  /** Counts or prepares the next piece. */
  advance(): void {
    if (this.#counted < this.#seeds.length) {
      const to = Math.min(this.#seeds.length, this.#counted + PIECE);
      countSeeds(this.#counts, this.#seeds, this.#counted, to);
      this.#counted = to;
      return;
    }
    const to = Math.min(this.#seeds.length, this.#done + PIECE);
    this.inventory.add(packSeeds(this.#seeds, this.#done, to));
    this.#done = to;
  }

  release(): void {
    this.inventory.release();
  }
}
