import type { HotpKey } from "./kernel.ts";
import type { Digits } from "./seed.ts";
import { type FactorRange, isNearer } from "./window.ts";

/** What to look for: codes of consecutive moving factors, and where the last of them may be. */
export interface TupleSearch {
  readonly key: HotpKey;
  readonly digits: Digits;
  /** Numeric codes in the order they were shown. */
  readonly codes: readonly number[];
  /** Bounds the moving factor of the last code. */
  readonly range: FactorRange;
  /** Only moving factors after this one count, for every code of the tuple. */
  readonly after: number;
  /** The nearest hit to this moving factor wins; of two at the same distance the later one. */
  readonly expected: number;
}

/**
 * Finds the whole tuple at once, so that an accidental earlier hit of one code alone never hides the true tuple: all places
 * of the last code first, then the codes before it at those places. Every candidate is computed, hit or not; only a place
 * where the last code fits (one in 10^digits by chance) costs the few codes before it in addition.
 */
export function findNearestTuple({ key, digits, codes, range, after, expected }: TupleSearch): number | null {
  const before = codes.length - 1;
  const first = Math.max(range.first, before);
  const count = Math.max(0, range.last - first + 1);
  const earlier = new Uint32Array(before);
  let nearest: number | null = null;
  for (const offset of key.findCodes(codes[before] ?? -1, first, count, digits)) {
    const last = first + offset;
    key.writeCodes(earlier, last - before, digits);
    const fits = earlier.every((code, index) => code === codes[index]) && last - before > after;
    if (fits && (nearest === null || isNearer(last - expected, nearest - expected))) nearest = last;
  }
  return nearest;
}
