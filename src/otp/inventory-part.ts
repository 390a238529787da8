import type { Fit, FitSearch } from "./fits.ts";
import type { KeyCounts } from "./keyed-inventory.ts";
import type { SeedPack } from "./seed-pack.ts";

/** How a part tells of its search and is stopped. */
export interface PartSearchOptions {
  readonly signal: AbortSignal;
  /** Told now and then how many candidates were searched since it was told last. */
  readonly onProgress: (candidates: number) => void;
}

/**
 * A part of an inventory that holds its seeds' states and searches them: in this thread, or somewhere else. All methods but
 * `release` may reject when the part is lost; the engine then does its work itself.
 */
export interface InventoryPart {
  /** Takes a pack, whose buffers it may transfer, and wipes its secrets. */
  add(pack: SeedPack): Promise<void>;
  /** Every fit among its seeds. Rejects with the signal's reason at once when it is aborted, and stops. */
  search(search: FitSearch, options: PartSearchOptions): Promise<Fit[]>;
  /** Wipes everything; what is under way rejects. Calling it twice is harmless. */
  release(): void;
}

/** Opens parts that search somewhere else. */
export interface PartOpener {
  /** Into how many parts an inventory of so many seeds is to be cut; 0 leaves it in this thread. */
  partsFor(seedCount: number): number;
  /** An empty part with room for the seeds counted. Rejects when there can be none. */
  open(counts: KeyCounts): Promise<InventoryPart>;
}
