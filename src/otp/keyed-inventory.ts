import { wipe } from "../core/bytes.ts";
import type { HotpKernel, HotpKeySet } from "./kernel.ts";
import type { Algorithm, Seed } from "./seed.ts";
import { isSearchable, type KeySpan, type SeedPack } from "./seed-pack.ts";

/** How many searchable seeds there are of each hash. */
export type KeyCounts = Record<Algorithm, number>;

/** Counts to add to. */
export function noKeys(): KeyCounts {
  return { SHA1: 0, SHA256: 0, SHA512: 0 };
}

/** Adds counts to counts. */
export function addCounts(counts: KeyCounts, more: KeyCounts): void {
  counts.SHA1 += more.SHA1;
  counts.SHA256 += more.SHA256;
  counts.SHA512 += more.SHA512;
}

/** Adds the searchable seeds `from` … `to` − 1 to the counts. */
export function countSeeds(counts: KeyCounts, seeds: readonly Seed[], from: number, to: number): void {
  for (let index = from; index < to; index += 1) {
    const seed = seeds[index];
    if (seed && isSearchable(seed)) counts[seed.algorithm] += 1;
  }
}

/** A span of one key set. */
export interface InventorySpan extends KeySpan {
  readonly keys: HotpKeySet;
  /** Which seed of the inventory each key of the set is. */
  readonly seedIndexes: Uint32Array;
}

interface Keys {
  readonly keys: HotpKeySet;
  readonly seedIndexes: Uint32Array;
}

/** The derived states of an inventory or a part of it, pack by pack: no secrets are kept. 44 bytes a seed for SHA1. */
export class KeyedInventory {
  readonly spans: InventorySpan[] = [];
  readonly #kernel: HotpKernel;
  readonly #counts: KeyCounts;
  readonly #byAlgorithm = new Map<Algorithm, Keys>();

  /** `counts` is what all packs together may hold; a hash that none of them holds takes no memory. */
  constructor(kernel: HotpKernel, counts: KeyCounts) {
    this.#kernel = kernel;
    this.#counts = counts;
  }

  /** Takes a pack's states and wipes its secrets. */
  add({ parts }: SeedPack): void {
    for (const part of parts) {
      const { keys, seedIndexes } = this.#keysOf(part.algorithm);
      const base = keys.size;
      keys.add(part.secrets);
      wipe(part.secrets.bytes);
      seedIndexes.set(part.seedIndexes, base);
      for (const span of part.spans) {
        this.spans.push({ ...span, from: base + span.from, to: base + span.to, keys, seedIndexes });
      }
    }
  }

  /** Wipes everything. The inventory is of no use afterwards. */
  release(): void {
    for (const { keys } of this.#byAlgorithm.values()) keys.release();
    this.#byAlgorithm.clear();
    this.spans.length = 0;
  }

  #keysOf(algorithm: Algorithm): Keys {
    const known = this.#byAlgorithm.get(algorithm);
    if (known) return known;
    const count = this.#counts[algorithm];
    const made = {
      keys: this.#kernel.createKeySet(count, algorithm),
      seedIndexes: new Uint32Array(count),
    };
    this.#byAlgorithm.set(algorithm, made);
    return made;
  }
}
