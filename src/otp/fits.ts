import type { InventorySpan, KeyedInventory } from "./keyed-inventory.ts";
import type { KeySpan } from "./seed-pack.ts";
import { findStrays, type Stray } from "./strays.ts";
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

/** What is looked for, in whichever part of the inventory. All of it can be cloned to a worker. */
export interface FitSearch {
  /** Of all codes; seeds with another number are not searched. */
  readonly digits: number;
  /** Numeric, consecutive, in the order they were shown. */
  readonly codes: readonly number[];
  /** Unix milliseconds. */
  readonly atMs: number;
  /** Bounds the last code's moving factor. HOTP: ahead only, and no code may be before the counter. */
  readonly window: Window;
  /** Drifts (HOTP: counters) by seed index, of the seeds where they are no longer what the seed says. */
  readonly moved: ReadonlyMap<number, number>;
}

/** Strays searched between two yields. */
const STRAYS_AT_ONCE = 256;

/**
 * Searches an inventory (or a worker's part of it) in the order of distance: 0 for all seeds, then +1, −1 … Yields, after
 * each small piece of work (a few thousand candidates), how many candidates it was. Answers every fit, nearest first.
 */
export function* findFits(inventory: KeyedInventory, search: FitSearch): Generator<number, Fit[]> {
  const { window, moved } = search;
  const strays = yield* findStrays(inventory, moved);
  const fits: Fit[] = [];
  for (const distance of distancesOf(window)) {
    for (const span of inventory.spans) {
      if (!isSearched(span, distance, search)) continue;
      const found = fitsAt(span, distance, search);
      fits.push(...(moved.size === 0 ? found : found.filter(({ seedIndex }) => !moved.has(seedIndex))));
      yield span.to - span.from;
    }
    for (let from = 0; from < strays.length; from += STRAYS_AT_ONCE) {
      for (const stray of strays.slice(from, from + STRAYS_AT_ONCE)) {
        if (isSearched(stray.span, distance, search)) fits.push(...strayFits(stray, distance, search));
      }
      yield 0;
    }
  }
  return rankFits(fits);
}

/** Candidates `findFits` will go through; those before moving factor 0, which do not exist, are counted all the same. */
export function countCandidates(
  spans: Iterable<Pick<KeySpan, "digits" | "clock" | "from" | "to">>,
  search: Pick<FitSearch, "digits" | "codes" | "window">,
): number {
  const { backSteps, aheadSteps } = search.window;
  const earlier = search.codes.length - 1;
  let total = 0;
  for (const { from, to, digits, clock } of spans) {
    if (digits !== search.digits) continue;
    const places = clock.type === "hotp" ? Math.max(0, aheadSteps + 1 - earlier) : backSteps + 1 + aheadSteps;
    total += (to - from) * places;
  }
  return total;
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

function fitsAt(span: InventorySpan, distance: number, search: FitSearch): Fit[] {
  const { keys, from, to, offsets } = span;
  const last = search.codes.at(-1) ?? -1;
  if (typeof offsets === "number") {
    const factor = lastFactor(span, offsets, distance, search);
    if (factor < 0) return [];
    const hits = keys.findKeys(last, factor, span.digits, from, to);
    return hits.flatMap((key) => fitOf({ span, key, offset: offsets }, distance, search));
  }
  const factors = offsets.map((offset) => lastFactor(span, offset, distance, search));
  return keys
    .findKeysAt(last, factors, span.digits, from)
    .flatMap((key) => fitOf({ span, key, offset: offsets[key - from] ?? 0 }, distance, search));
}

function strayFits({ span, key, offset }: Stray, distance: number, search: FitSearch): Fit[] {
  if (lastFactor(span, offset, distance, search) < 0) return [];
  return fitOf({ span, key, offset }, distance, search);
}

/** The fit of a key whose last code's moving factor exists, if it shows all codes. */
function fitOf({ span, key, offset }: Stray, distance: number, search: FitSearch): Fit[] {
  const { keys, digits, clock, seedIndexes } = span;
  const movingFactor = lastFactor(span, offset, distance, search);
  const first = movingFactor - search.codes.length + 1;
  if (!search.codes.every((code, index) => keys.codeAt(key, first + index, digits) === code)) return [];
  const driftSteps = clock.type === "hotp" ? distance : offset + distance;
  return [{ seedIndex: seedIndexes[key] ?? -1, movingFactor, distance, driftSteps }];
}

/** The last code's moving factor; −1 where one of the codes would have none. */
function lastFactor(
  { clock }: Pick<InventorySpan, "clock">,
  offset: number,
  distance: number,
  { codes, atMs }: FitSearch,
): number {
  const ours = clock.type === "hotp" ? 0 : timeStepAt(clock, atMs);
  const factor = ours + offset + distance;
  return factor >= codes.length - 1 && factor <= Number.MAX_SAFE_INTEGER ? factor : -1;
}
