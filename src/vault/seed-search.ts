import { cutSerials, type PackedSerials, type SerialIndex } from "./serial-index.ts";

/** Which tokens are wanted; undefined where it does not matter. */
export interface SearchTerms {
  /** In capitals; not empty. */
  readonly text: string | undefined;
  readonly assigned: boolean | undefined;
}

/** What a search looks in. */
export interface SearchedInventory {
  readonly index: SerialIndex;
  /** Places of the tokens that have an owner, rising. */
  readonly owned: Uint32Array;
  /** Whether the token at a place has the text elsewhere than in its serial number; null where none has. */
  readonly hasText: ((place: number) => boolean) | null;
}

/**
 * The places of the tokens that fit, rising. `pause` is awaited after each block of a thousand, and rejects to stop it.
 */
export async function searchPlaces(
  { index, owned, hasText }: SearchedInventory,
  { text, assigned }: SearchTerms,
  pause: () => Promise<void> | void,
): Promise<Uint32Array> {
  const found: number[] = [];
  let nextOwned = 0;
  for (const block of index.blocks()) {
    await pause();
    const fits = fitsIn(block, text, hasText);
    if (!fits) continue;
    for (let place = block.from; place < block.from + block.length; place += 1) {
      if (!fits(place)) continue;
      while (nextOwned < owned.length && (owned[nextOwned] ?? 0) < place) nextOwned += 1;
      const isOwned = owned[nextOwned] === place;
      if (assigned === undefined || assigned === isOwned) found.push(place);
    }
  }
  return Uint32Array.from(found);
}

/** Whether the token at a place of a block fits; null where none does. The whole text is looked through first. */
function fitsIn(
  { from, text: packed }: PackedSerials,
  text: string | undefined,
  hasText: SearchedInventory["hasText"],
): ((place: number) => boolean) | null {
  if (text === undefined) return () => true;
  if (!packed.toUpperCase().includes(text)) return hasText;
  const serialNumbers = cutSerials(packed);
  return (place) =>
    (serialNumbers[place - from]?.toUpperCase().includes(text) ?? false) || (hasText?.(place) ?? false);
}
