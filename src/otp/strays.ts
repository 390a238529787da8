import type { InventorySpan, KeyedInventory } from "./keyed-inventory.ts";

/** A key that is searched by itself: its drift or counter is not what it was when the inventory was packed. */
export interface Stray {
  readonly span: InventorySpan;
  readonly key: number;
  /** Drift steps, or for HOTP the counter. */
  readonly offset: number;
}

/** Finds the keys of seeds that have moved (new offsets by seed index). Yields 0 after each span, a few thousand keys. */
export function* findStrays(
  { spans }: KeyedInventory,
  moved: ReadonlyMap<number, number>,
): Generator<number, Stray[]> {
  const strays: Stray[] = [];
  if (moved.size === 0) return strays;
  for (const span of spans) {
    for (let key = span.from; key < span.to; key += 1) {
      const offset = moved.get(span.seedIndexes[key] ?? -1);
      if (offset !== undefined) strays.push({ span, key, offset });
    }
    yield 0;
  }
  return strays;
}
