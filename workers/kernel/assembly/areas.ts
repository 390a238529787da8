/**
 * Where things stand in memory below the heap. Four candidates are computed at a time, one in each 32-bit lane; the 64-bit
 * hash computes them one after the other and leaves its result in the same form.
 */

/** One vector. */
export const V: usize = 16;

/** Message schedule of the inner hash: words 2 … 15 are RFC 2104 padding, words 0 and 1 the moving factor. */
export const INNER = memory.data(80 * 16, 16);
/** Message schedule of the outer hash: the inner digest, then padding. */
export const OUTER = memory.data(80 * 16, 16);
/** Message schedule of a key's block while its states are computed. Holds the key: wiped. */
export const KEY = memory.data(80 * 16, 16);
/** High and low words of four moving factors. HI is followed by LO. */
export const HI = memory.data(2 * 16, 16);
export const LO = HI + 16;
/** The last HMAC: words 0 … 4 and the last word of four digests, as vectors. */
export const MAC = memory.data(8 * 16, 16);
/** Initial states, as vectors. */
export const START = memory.data(8 * 16, 16);

/** Four times ipad and opad, RFC 2104 section 2. */
export const INNER_PAD: u32 = 0x36363636;
export const OUTER_PAD: u32 = 0x5c5c5c5c;

@inline
export function splat(word: u32): v128 {
  return i32x4.splat(word);
}

/** The initial state of all lanes from `words` 32-bit words, `step` bytes from one to the next. */
export function startFrom(state: usize, step: usize, words: usize): void {
  for (let i: usize = 0; i < words; i += 1) v128.store(START + i * V, v128.load32_splat(state + i * step));
}

/** The 32-bit words are stored big-endian in hashes' blocks (FIPS 180-4, 3.1). */
@inline
export function swapBytes(words: v128): v128 {
  return i8x16.shuffle(words, words, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/** Padding of a block whose message ends after `words` words, `bits` being the length of all that was hashed. */
export function pad32(block: usize, words: usize, bits: u32): void {
  v128.store(block + words * V, splat(0x80000000));
  for (let i = words + 1; i < 15; i += 1) v128.store(block + i * V, splat(0));
  v128.store(block + 15 * V, splat(bits));
}

/** Word `i` of four keys' blocks, 64 bytes each and zero-padded, mixed with ipad or opad (RFC 2104, 2). */
export function mixKeys32(keys: usize, pad: u32): void {
  for (let i: usize = 0; i < 16; i += 1) {
    let words = i32x4.splat(load<u32>(keys + i * 4));
    words = i32x4.replace_lane(words, 1, load<u32>(keys + i * 4 + 64));
    words = i32x4.replace_lane(words, 2, load<u32>(keys + i * 4 + 128));
    words = i32x4.replace_lane(words, 3, load<u32>(keys + i * 4 + 192));
    v128.store(KEY + i * V, v128.xor(swapBytes(words), splat(pad)));
  }
}
