import type { InventorySpan, KeyedInventory } from "./keyed-inventory.ts";
import { distancesOf, isNearer, timeStepAt, type Window } from "./window.ts";

/** A seed that shows the codes. */
export interface Fit {
  readonly seedIndex: number;
  /** The last code's. */
  readonly movingFactor: number;
  /** From where the token was expected, in steps; ahead is positive. */
  readonly distance: number;
  /** The token's step minus ours (not minus the stored drift). HOTP: counters skipped. */
  readonly driftSteps: number;
}

/** What is looked for, in whichever part of the inventory. */
export interface FitSearch {
  /** Of all codes; seeds with another number are not searched. */
  readonly digits: number;
  /** Numeric, consecutive, in the order they were shown. */
  readonly codes: readonly number[];
  /** Unix milliseconds. */
  readonly atMs: number;
  /** Bounds the last code's moving factor. HOTP: ahead only, and no code may be before the counter. */
  readonly window: Window;
}

/**
 * Searches an inventory (or a worker's part of it) in the order of distance: 0 for all seeds, then +1, −1 … Yields, after
 * each small piece of work (a few thousand candidates), how many candidates it was. Answers every fit, nearest first.
 */
export function* findFits(inventory: KeyedInventory, search: FitSearch): Generator<number, Fit[]> {
  const fits: Fit[] = [];
  for (const distance of distancesOf(search.window)) {
    for (const span of inventory.spans) {
      if (!isSearched(span, distance, search)) continue;
      fits.push(...fitsAt(span, distance, search));
      yield span.to - span.from;
    }
  }
  return rankFits(fits);
}

/** Candidates `findFits` will go through; those before moving factor 0, which do not exist, are counted all the same. */
export function countCandidates(inventory: KeyedInventory, search: FitSearch): number {
  const { backSteps, aheadSteps } = search.window;
  const earlier = search.codes.length - 1;
  return inventory.spans
    .filter(({ digits }) => digits === search.digits)
    .reduce((total, { from, to, clock }) => {
      const places =
        clock.type === "hotp" ? Math.max(0, aheadSteps + 1 - earlier) : backSteps + 1 + aheadSteps;
      return total + (to - from) * places;
    }, 0);
}

/** Best first: nearest, ahead before behind, then in the order of the inventory. Merges what several workers found. */
export function rankFits(fits: readonly Fit[]): Fit[] {
  return fits.toSorted((a, b) => {
    if (a.distance === b.distance) return a.seedIndex - b.seedIndex;
    return isNearer(a.distance, b.distance) ? -1 : 1;
  });
}

function isSearched(span: InventorySpan, distance: number, { digits, codes }: FitSearch): boolean {
  return span.digits === digits && (span.clock.type === "totp" || distance >= codes.length - 1);
}

function fitsAt(span: InventorySpan, distance: number, { codes, atMs }: FitSearch): Fit[] {
  const { keys, from, to, offsets, clock, seedIndexes } = span;
  const ours = clock.type === "hotp" ? 0 : timeStepAt(clock, atMs);
  const earlier = codes.length - 1;
  const last = codes[earlier] ?? -1;
  /** The last code's moving factor; −1 where one of the codes would have none. */
  const factorOf = (offset: number) => {
    const factor = ours + offset + distance;
    return factor >= earlier && factor <= Number.MAX_SAFE_INTEGER ? factor : -1;
  };
  const offsetOf = (key: number) => (typeof offsets === "number" ? offsets : (offsets[key - from] ?? 0));
  return hitsOf()
    .filter((key) =>
      codes.every((code, index) => {
        const factor = factorOf(offsetOf(key)) - earlier + index;
        return keys.codeAt(key, factor, span.digits) === code;
      }),
    )
    .map((key) => ({
      seedIndex: seedIndexes[key] ?? -1,
      movingFactor: factorOf(offsetOf(key)),
      distance,
      driftSteps: clock.type === "hotp" ? distance : offsetOf(key) + distance,
    }));

  function hitsOf(): number[] {
    if (typeof offsets !== "number") return keys.findKeysAt(last, offsets.map(factorOf), span.digits, from);
    const factor = factorOf(offsets);
    return factor < 0 ? [] : keys.findKeys(last, factor, span.digits, from, to);
  }
}
