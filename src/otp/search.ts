import type { HotpKey } from "./kernel.ts";
import type { Digits } from "./seed.ts";
import type { FactorRange } from "./window.ts";

/** Codes computed at a time: bounds memory, whatever the window. */
const BLOCK = 1 << 16;

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
 * Finds the whole tuple at once, so that an accidental earlier hit of one code alone never hides the true tuple. Computes
 * and compares every candidate, hit or not: the work depends on the window only. Returns the last code's moving factor.
 */
export function findNearestTuple({ key, digits, codes, range, after, expected }: TupleSearch): number | null {
  const before = codes.length - 1;
  let nearest: number | null = null;
  for (let start = Math.max(range.first, before); start <= range.last; start += BLOCK) {
    const lasts = Math.min(BLOCK, range.last - start + 1);
    const block = new Uint32Array(lasts + before);
    key.writeCodes(block, start - before, digits);
    for (let index = 0; index < lasts; index += 1) {
      const last = start + index;
      const hit = equalsAt(block, index, codes) && last - before > after;
      if (hit && (nearest === null || isNearer(last, nearest, expected))) nearest = last;
    }
  }
  return nearest;
}

/** Compares all codes, without stopping at the first difference. */
function equalsAt(block: Uint32Array, offset: number, codes: readonly number[]): boolean {
  let difference = 0;
  for (const [index, code] of codes.entries()) difference |= (block[offset + index] ?? 0) ^ code;
  return difference === 0;
}

function isNearer(candidate: number, nearest: number, expected: number): boolean {
  const distance = Math.abs(candidate - expected);
  const nearestDistance = Math.abs(nearest - expected);
  return distance < nearestDistance || (distance === nearestDistance && candidate > nearest);
}
