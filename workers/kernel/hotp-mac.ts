import type { HashFunction } from "./hash-function.ts";

/** Computes the truncated MAC (31 bits, RFC 4226 section 5.3 step 2) of one moving factor, from a key's states. */
export type HotpMac = (states: Int32Array, at: number, high: number, low: number) => number;

const BYTES_OF_FACTOR = 8;

/** Both blocks are mostly padding, which is written once here. */
export function createHotpMac(hash: HashFunction): HotpMac {
  const { blockWords, start } = hash;
  const size = start.length;
  const inner = paddedBlock(blockWords, BYTES_OF_FACTOR / 4);
  const outer = paddedBlock(blockWords, size);
  const digest = new Int32Array(size);
  return (states, at, high, low) => {
    inner[0] = high;
    inner[1] = low;
    hash.compress(states, at, inner, outer, 0);
    hash.compress(states, at + size, outer, digest, 0);
    return truncate(digest, (digest[size - 1] ?? 0) & 15);
  };
}

/** A block that ends a message of one whole block before it and `words` in it. */
function paddedBlock(blockWords: number, words: number): Int32Array {
  const block = new Int32Array(blockWords);
  block[words] = 0x80000000;
  block[blockWords - 1] = (blockWords + words) * 32;
  return block;
}

/** The 31 bits from byte `offset` (0 … 15) on. */
function truncate(digest: Int32Array, offset: number): number {
  const word = digest[offset >> 2] ?? 0;
  const bits = (offset & 3) * 8;
  const next = digest[(offset >> 2) + 1] ?? 0;
  // A shift by 32 is a shift by 0 in JavaScript: two steps.
  return ((word << bits) | ((next >>> 1) >>> (31 - bits))) & 0x7fffffff;
}
