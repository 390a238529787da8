import { HI, INNER, INNER_PAD, KEY, LO, MAC, mixKeys32, OUTER, OUTER_PAD, pad32, splat, START, startFrom, V } from "./areas";

/**
 * SHA-1 on four lanes (FIPS 180-4, 6.1). Loops of five rounds, after which every variable is back in its place, and the
 * schedule computed on the way: the shape that engines compile best (unrolled further, it leaves the instruction cache).
 */

/** Initial state, FIPS 180-4 section 5.3.1. */
const H1 = memory.data<u32>([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]);

/** Bytes of four keys' states: five words, inner and outer. */
export const GROUP1: usize = 2 * 5 * 16;
/** Offset of the last word in MAC. */
export const LAST1: usize = 4 * V;
const OUT: usize = 5 * 16;

@inline
function rotate(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

@inline
function choose(b: v128, c: v128, d: v128): v128 {
  return v128.xor(d, v128.and(b, v128.xor(c, d)));
}

@inline
function parity(b: v128, c: v128, d: v128): v128 {
  return v128.xor(v128.xor(b, c), d);
}

@inline
function majority(b: v128, c: v128, d: v128): v128 {
  return v128.or(v128.and(b, c), v128.and(d, v128.or(b, c)));
}

/** The new e. What depends on a comes last of all: the chain from a to a decides the speed. */
@inline
function round(a: v128, f: v128, e: v128, kw: v128): v128 {
  return i32x4.add(rotate(a, 5), i32x4.add(f, i32x4.add(e, kw)));
}

/** Word of the schedule at `p` from those 3, 8, 14 and 16 before it; kept for those after it. */
@inline
function expand(p: usize): v128 {
  const near = v128.xor(v128.load(p - 3 * V), v128.load(p - 8 * V));
  const word = rotate(v128.xor(near, v128.xor(v128.load(p - 14 * V), v128.load(p - 16 * V))), 1);
  v128.store(p, word);
  return word;
}

/** Word of the schedule that stands at `p`, plus k. */
@inline
function given(p: usize, k: u32): v128 {
  return i32x4.add(v128.load(p), splat(k));
}

/** The next word of the schedule, plus k. */
@inline
function next(p: usize, k: u32): v128 {
  return i32x4.add(expand(p), splat(k));
}

/** Compresses the block at `w` into the states at `from`; the sum goes to `to`. */
function compress(from: usize, w: usize, to: usize): void {
  let a = v128.load(from);
  let b = v128.load(from, 16);
  let c = v128.load(from, 32);
  let d = v128.load(from, 48);
  let e = v128.load(from, 64);
  // Four words ahead, so that the first twenty rounds are one loop.
  for (let i: usize = 16; i < 20; i += 1) expand(w + i * V);
  let p = w;
  for (const end = w + 20 * V; p < end; p += 5 * V) {
    e = round(a, choose(b, c, d), e, given(p, 0x5a827999));
    b = rotate(b, 30);
    d = round(e, choose(a, b, c), d, given(p + V, 0x5a827999));
    a = rotate(a, 30);
    c = round(d, choose(e, a, b), c, given(p + 2 * V, 0x5a827999));
    e = rotate(e, 30);
    b = round(c, choose(d, e, a), b, given(p + 3 * V, 0x5a827999));
    d = rotate(d, 30);
    a = round(b, choose(c, d, e), a, given(p + 4 * V, 0x5a827999));
    c = rotate(c, 30);
  }
  for (const end = w + 40 * V; p < end; p += 5 * V) {
    e = round(a, parity(b, c, d), e, next(p, 0x6ed9eba1));
    b = rotate(b, 30);
    d = round(e, parity(a, b, c), d, next(p + V, 0x6ed9eba1));
    a = rotate(a, 30);
    c = round(d, parity(e, a, b), c, next(p + 2 * V, 0x6ed9eba1));
    e = rotate(e, 30);
    b = round(c, parity(d, e, a), b, next(p + 3 * V, 0x6ed9eba1));
    d = rotate(d, 30);
    a = round(b, parity(c, d, e), a, next(p + 4 * V, 0x6ed9eba1));
    c = rotate(c, 30);
  }
  for (const end = w + 60 * V; p < end; p += 5 * V) {
    e = round(a, majority(b, c, d), e, next(p, 0x8f1bbcdc));
    b = rotate(b, 30);
    d = round(e, majority(a, b, c), d, next(p + V, 0x8f1bbcdc));
    a = rotate(a, 30);
    c = round(d, majority(e, a, b), c, next(p + 2 * V, 0x8f1bbcdc));
    e = rotate(e, 30);
    b = round(c, majority(d, e, a), b, next(p + 3 * V, 0x8f1bbcdc));
    d = rotate(d, 30);
    a = round(b, majority(c, d, e), a, next(p + 4 * V, 0x8f1bbcdc));
    c = rotate(c, 30);
  }
  for (const end = w + 80 * V; p < end; p += 5 * V) {
    e = round(a, parity(b, c, d), e, next(p, 0xca62c1d6));
    b = rotate(b, 30);
    d = round(e, parity(a, b, c), d, next(p + V, 0xca62c1d6));
    a = rotate(a, 30);
    c = round(d, parity(e, a, b), c, next(p + 2 * V, 0xca62c1d6));
    e = rotate(e, 30);
    b = round(c, parity(d, e, a), b, next(p + 3 * V, 0xca62c1d6));
    d = rotate(d, 30);
    a = round(b, parity(c, d, e), a, next(p + 4 * V, 0xca62c1d6));
    c = rotate(c, 30);
  }
  v128.store(to, i32x4.add(a, v128.load(from)));
  v128.store(to, i32x4.add(b, v128.load(from, 16)), 16);
  v128.store(to, i32x4.add(c, v128.load(from, 32)), 32);
  v128.store(to, i32x4.add(d, v128.load(from, 48)), 48);
  v128.store(to, i32x4.add(e, v128.load(from, 64)), 64);
}

/** Writes the padding that all codes share: 64 + 8 bytes inside, 64 + 20 outside. */
export function begin1(): void {
  pad32(INNER, 2, 72 * 8);
  pad32(OUTER, 5, 84 * 8);
}

/** The states of four keys whose blocks are at `keys`. */
export function prepare1(keys: usize, group: usize): void {
  startFrom(H1, 4, 5);
  let pad = INNER_PAD;
  for (const end = group + GROUP1; group < end; group += OUT, pad = OUTER_PAD) {
    mixKeys32(keys, pad);
    compress(START, KEY, group);
  }
}

/** HMACs of the four moving factors at HI and LO under the four keys of `group`. */
export function mac1(group: usize): void {
  v128.store(INNER, v128.load(HI));
  v128.store(INNER, v128.load(LO), 16);
  compress(group, INNER, OUTER);
  compress(group + OUT, OUTER, MAC);
}
