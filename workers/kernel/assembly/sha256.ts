import { HI, INNER, INNER_PAD, KEY, LO, MAC, mixKeys32, OUTER, OUTER_PAD, pad32, START, startFrom, V } from "./areas";
import { H256, K256 } from "./constants";

/** SHA-256 on four lanes (FIPS 180-4, 6.2): loops of eight rounds, after which every variable is back in its place. */

/** Bytes of four keys' states: eight words, inner and outer. */
export const GROUP256: usize = 2 * 8 * 16;
/** Offset of the last word in MAC. */
export const LAST256: usize = 7 * V;
const OUT: usize = 8 * 16;

@inline
function rotate(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shr_u(x, bits), i32x4.shl(x, 32 - bits));
}

@inline
function sum0(a: v128): v128 {
  return v128.xor(v128.xor(rotate(a, 2), rotate(a, 13)), rotate(a, 22));
}

@inline
function sum1(e: v128): v128 {
  return v128.xor(v128.xor(rotate(e, 6), rotate(e, 11)), rotate(e, 25));
}

@inline
function choose(e: v128, f: v128, g: v128): v128 {
  return v128.xor(g, v128.and(e, v128.xor(f, g)));
}

@inline
function majority(a: v128, b: v128, c: v128): v128 {
  return v128.or(v128.and(a, b), v128.and(c, v128.or(a, b)));
}

/** T1 of the round. */
@inline
function first(e: v128, f: v128, g: v128, h: v128, kw: v128): v128 {
  return i32x4.add(sum1(e), i32x4.add(choose(e, f, g), i32x4.add(h, kw)));
}

/** T2 of the round. */
@inline
function second(a: v128, b: v128, c: v128): v128 {
  return i32x4.add(sum0(a), majority(a, b, c));
}

/** Word of the schedule at `p` from those before it; kept for those after it. */
@inline
function expand(p: usize): v128 {
  const early = v128.load(p - 15 * V);
  const late = v128.load(p - 2 * V);
  const s0 = v128.xor(v128.xor(rotate(early, 7), rotate(early, 18)), i32x4.shr_u(early, 3));
  const s1 = v128.xor(v128.xor(rotate(late, 17), rotate(late, 19)), i32x4.shr_u(late, 10));
  const word = i32x4.add(i32x4.add(v128.load(p - 16 * V), s0), i32x4.add(v128.load(p - 7 * V), s1));
  v128.store(p, word);
  return word;
}

/** One of the first 16 words of the schedule, plus its constant. */
@inline
function given(p: usize, k: usize): v128 {
  return i32x4.add(v128.load(p), v128.load32_splat(k));
}

/** One of the other 48, plus its constant. */
@inline
function next(p: usize, k: usize): v128 {
  return i32x4.add(expand(p), v128.load32_splat(k));
}

/** Compresses the block at `w` into the state at `from`; the sum goes to `to`. */
function compress(from: usize, w: usize, to: usize): void {
  let a = v128.load(from);
  let b = v128.load(from, 16);
  let c = v128.load(from, 32);
  let d = v128.load(from, 48);
  let e = v128.load(from, 64);
  let f = v128.load(from, 80);
  let g = v128.load(from, 96);
  let h = v128.load(from, 112);
  let p = w;
  let k = K256;
  for (const end = w + 16 * V; p < end; p += 8 * V, k += 64) {
    h = first(e, f, g, h, given(p, k));
    d = i32x4.add(d, h);
    h = i32x4.add(h, second(a, b, c));
    g = first(d, e, f, g, given(p + V, k + 8));
    c = i32x4.add(c, g);
    g = i32x4.add(g, second(h, a, b));
    f = first(c, d, e, f, given(p + 2 * V, k + 16));
    b = i32x4.add(b, f);
    f = i32x4.add(f, second(g, h, a));
    e = first(b, c, d, e, given(p + 3 * V, k + 24));
    a = i32x4.add(a, e);
    e = i32x4.add(e, second(f, g, h));
    d = first(a, b, c, d, given(p + 4 * V, k + 32));
    h = i32x4.add(h, d);
    d = i32x4.add(d, second(e, f, g));
    c = first(h, a, b, c, given(p + 5 * V, k + 40));
    g = i32x4.add(g, c);
    c = i32x4.add(c, second(d, e, f));
    b = first(g, h, a, b, given(p + 6 * V, k + 48));
    f = i32x4.add(f, b);
    b = i32x4.add(b, second(c, d, e));
    a = first(f, g, h, a, given(p + 7 * V, k + 56));
    e = i32x4.add(e, a);
    a = i32x4.add(a, second(b, c, d));
  }
  for (const end = w + 64 * V; p < end; p += 8 * V, k += 64) {
    h = first(e, f, g, h, next(p, k));
    d = i32x4.add(d, h);
    h = i32x4.add(h, second(a, b, c));
    g = first(d, e, f, g, next(p + V, k + 8));
    c = i32x4.add(c, g);
    g = i32x4.add(g, second(h, a, b));
    f = first(c, d, e, f, next(p + 2 * V, k + 16));
    b = i32x4.add(b, f);
    f = i32x4.add(f, second(g, h, a));
    e = first(b, c, d, e, next(p + 3 * V, k + 24));
    a = i32x4.add(a, e);
    e = i32x4.add(e, second(f, g, h));
    d = first(a, b, c, d, next(p + 4 * V, k + 32));
    h = i32x4.add(h, d);
    d = i32x4.add(d, second(e, f, g));
    c = first(h, a, b, c, next(p + 5 * V, k + 40));
    g = i32x4.add(g, c);
    c = i32x4.add(c, second(d, e, f));
    b = first(g, h, a, b, next(p + 6 * V, k + 48));
    f = i32x4.add(f, b);
    b = i32x4.add(b, second(c, d, e));
    a = first(f, g, h, a, next(p + 7 * V, k + 56));
    e = i32x4.add(e, a);
    a = i32x4.add(a, second(b, c, d));
  }
  v128.store(to, i32x4.add(a, v128.load(from)));
  v128.store(to, i32x4.add(b, v128.load(from, 16)), 16);
  v128.store(to, i32x4.add(c, v128.load(from, 32)), 32);
  v128.store(to, i32x4.add(d, v128.load(from, 48)), 48);
  v128.store(to, i32x4.add(e, v128.load(from, 64)), 64);
  v128.store(to, i32x4.add(f, v128.load(from, 80)), 80);
  v128.store(to, i32x4.add(g, v128.load(from, 96)), 96);
  v128.store(to, i32x4.add(h, v128.load(from, 112)), 112);
}

/** Writes the padding that all codes share: 64 + 8 bytes inside, 64 + 32 outside. */
export function begin256(): void {
  pad32(INNER, 2, 72 * 8);
  pad32(OUTER, 8, 96 * 8);
}

/** The states of four keys whose blocks are at `keys`. */
export function prepare256(keys: usize, group: usize): void {
  startFrom(H256, 8, 8);
  let pad = INNER_PAD;
  for (const end = group + GROUP256; group < end; group += OUT, pad = OUTER_PAD) {
    mixKeys32(keys, pad);
    compress(START, KEY, group);
  }
}

/** HMACs of the four moving factors at HI and LO under the four keys of `group`. */
export function mac256(group: usize): void {
  v128.store(INNER, v128.load(HI));
  v128.store(INNER, v128.load(LO), 16);
  compress(group, INNER, OUTER);
  compress(group + OUT, OUTER, MAC);
}
