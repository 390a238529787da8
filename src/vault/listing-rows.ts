import { recordsAmong, type SerialStore } from "./keys-among.ts";
import type { SeedRecord } from "./records.ts";
import type { SerialIndex } from "./serial-index.ts";

/** What a list is made of: a range of serial numbers (null: all), some of them one by one, or places in an index. */
export type Origin =
  | { readonly range: IDBKeyRange | null }
  | { readonly serialNumbers: readonly string[] }
  | { readonly index: SerialIndex; readonly places: Uint32Array };

/** What is asked of the seeds here. */
interface SeedStore extends Pick<SerialStore<SeedRecord>, "count" | "get"> {
  getAll(range: IDBKeyRange | null, count: number): Promise<SeedRecord[]>;
  openKeyCursor(range: IDBKeyRange | null): Promise<{
    advance(count: number): Promise<{ readonly key: string } | null>;
  } | null>;
}

/** The records of a piece of a list, in its order; those that are gone are left out. */
export async function readRows(
  seeds: SeedStore,
  from: Origin,
  offset: number,
  limit: number,
): Promise<SeedRecord[]> {
  if ("range" in from) return await recordsIn(seeds, from.range, offset, limit);
  const serialNumbers =
    "places" in from
      ? from.index.pick(from.places.subarray(offset, offset + limit))
      : from.serialNumbers.slice(offset, offset + limit);
  const found = await recordsAmong(seeds, serialNumbers);
  return serialNumbers.flatMap((serialNumber) => found.get(serialNumber) ?? []);
}

/** The cursor skips by itself, without reading what it skips. */
async function recordsIn(
  seeds: SeedStore,
  range: IDBKeyRange | null,
  offset: number,
  limit: number,
): Promise<SeedRecord[]> {
  if (limit === 0) return [];
  if (offset === 0) return await seeds.getAll(range, limit);
  const start = await seeds.openKeyCursor(range);
  const at = await start?.advance(offset);
  if (!at) return [];
  const rest = range ? IDBKeyRange.bound(at.key, range.upper) : IDBKeyRange.lowerBound(at.key);
  return await seeds.getAll(rest, limit);
}
