import { type GroupLayout, LANES } from "./wasm-instance.ts";

/** Copies one key's states from a lane of one group to a lane of another. Both are numbered from the first of `states`. */
export function copyLane(
  { hash, groupBytes }: GroupLayout,
  states: Uint8Array,
  fromGroup: number,
  fromLane: number,
  toGroup: number,
  toLane: number,
): void {
  const keyBytes = groupBytes / LANES;
  // SHA-512 has one key after the other; the others have a word of each of the four in turn.
  const [piece, step] = hash === 512 ? [keyBytes, groupBytes] : [4, 4 * LANES];
  for (let at = 0; at < groupBytes; at += step) {
    const source = fromGroup * groupBytes + fromLane * piece + at;
    states.copyWithin(toGroup * groupBytes + toLane * piece + at, source, source + piece);
  }
}
