import { cutSerials, type SerialIndex } from "./serial-index.ts";

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
    const fits = fitsIn(block.text, text, block.from, hasText);
    for (let at = 0; at < fits.length; at += 1) {
      const place = block.from + at;
      while (nextOwned < owned.length && (owned[nextOwned] ?? 0) < place) nextOwned += 1;
      const isOwned = owned[nextOwned] === place;
      if (fits[at] === true && (assigned === undefined || assigned === isOwned)) found.push(place);
    }
  }
  return Uint32Array.from(found);
}

/** Of a block, which tokens fit; empty where none does. The whole text is looked through first: most blocks have nothing. */
function fitsIn(
  packed: string,
  text: string | undefined,
  from: number,
  hasText: SearchedInventory["hasText"],
): readonly boolean[] {
  const isInSerials = text === undefined || packed.toUpperCase().includes(text);
  if (!isInSerials && !hasText) return [];
  return cutSerials(packed).map(
    (one, at) => text === undefined || one.toUpperCase().includes(text) || (hasText?.(from + at) ?? false),
  );
}
