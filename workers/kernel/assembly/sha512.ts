import { HI, INNER, INNER_PAD, KEY, LO, MAC, OUTER, OUTER_PAD, START } from "./areas";
import { H512, K512 } from "./constants";

/** SHA-512 on 64-bit integers (FIPS 180-4, 6.4), one candidate at a time: two lanes a vector are no faster. */

/** Bytes of one key's states: eight 64-bit words, inner and outer. */
const ONE: usize = 2 * 8 * 8;
/** Bytes of four keys' states, one after the other. */
export const GROUP512: usize = 4 * ONE;
/** Offset of the last word in MAC. */
export const LAST512: usize = 7 * 16;
const OUT: usize = 8 * 8;
const BLOCK: usize = 128;

@inline
function sum0(a: u64): u64 {
  return rotr<u64>(a, 28) ^ rotr<u64>(a, 34) ^ rotr<u64>(a, 39);
}

@inline
function sum1(e: u64): u64 {
  return rotr<u64>(e, 14) ^ rotr<u64>(e, 18) ^ rotr<u64>(e, 41);
}

/** T1 of the round. */
@inline
function first(e: u64, f: u64, g: u64, h: u64, kw: u64): u64 {
  return sum1(e) + ((g ^ (e & (f ^ g))) + (h + kw));
}

/** T2 of the round. */
@inline
function second(a: u64, b: u64, c: u64): u64 {
  return sum0(a) + ((a & b) | (c & (a | b)));
}

/** Word of the schedule at `p` from those before it; kept for those after it. */
@inline
function expand(p: usize): u64 {
  const early = load<u64>(p - 15 * 8);
  const late = load<u64>(p - 2 * 8);
  const s0 = rotr<u64>(early, 1) ^ rotr<u64>(early, 8) ^ (early >> 7);
  const s1 = rotr<u64>(late, 19) ^ rotr<u64>(late, 61) ^ (late >> 6);
  const word = load<u64>(p - 16 * 8) + s0 + (load<u64>(p - 7 * 8) + s1);
  store<u64>(p, word);
  return word;
}

/** One of the first 16 words of the schedule, plus its constant. */
@inline
function given(p: usize, k: usize): u64 {
  return load<u64>(p) + load<u64>(k);
}

/** One of the other 64, plus its constant. */
@inline
function next(p: usize, k: usize): u64 {
  return expand(p) + load<u64>(k);
}

/** Compresses the block at `w` into the state at `from`; the sum goes to `to`. */
function compress(from: usize, w: usize, to: usize): void {
  let a = load<u64>(from);
  let b = load<u64>(from, 8);
  let c = load<u64>(from, 16);
  let d = load<u64>(from, 24);
  let e = load<u64>(from, 32);
  let f = load<u64>(from, 40);
  let g = load<u64>(from, 48);
  let h = load<u64>(from, 56);
  let p = w;
  let k = K512;
  for (const end = w + 16 * 8; p < end; p += 8 * 8, k += 64) {
    h = first(e, f, g, h, given(p, k));
    d += h;
    h += second(a, b, c);
    g = first(d, e, f, g, given(p + 8, k + 8));
    c += g;
    g += second(h, a, b);
    f = first(c, d, e, f, given(p + 2 * 8, k + 16));
    b += f;
    f += second(g, h, a);
    e = first(b, c, d, e, given(p + 3 * 8, k + 24));
    a += e;
    e += second(f, g, h);
    d = first(a, b, c, d, given(p + 4 * 8, k + 32));
    h += d;
    d += second(e, f, g);
    c = first(h, a, b, c, given(p + 5 * 8, k + 40));
    g += c;
    c += second(d, e, f);
    b = first(g, h, a, b, given(p + 6 * 8, k + 48));
    f += b;
    b += second(c, d, e);
    a = first(f, g, h, a, given(p + 7 * 8, k + 56));
    e += a;
    a += second(b, c, d);
  }
  for (const end = w + 80 * 8; p < end; p += 8 * 8, k += 64) {
    h = first(e, f, g, h, next(p, k));
    d += h;
    h += second(a, b, c);
    g = first(d, e, f, g, next(p + 8, k + 8));
    c += g;
    g += second(h, a, b);
    f = first(c, d, e, f, next(p + 2 * 8, k + 16));
    b += f;
    f += second(g, h, a);
    e = first(b, c, d, e, next(p + 3 * 8, k + 24));
    a += e;
    e += second(f, g, h);
    d = first(a, b, c, d, next(p + 4 * 8, k + 32));
    h += d;
    d += second(e, f, g);
    c = first(h, a, b, c, next(p + 5 * 8, k + 40));
    g += c;
    c += second(d, e, f);
    b = first(g, h, a, b, next(p + 6 * 8, k + 48));
    f += b;
    b += second(c, d, e);
    a = first(f, g, h, a, next(p + 7 * 8, k + 56));
    e += a;
    a += second(b, c, d);
  }
  store<u64>(to, a + load<u64>(from));
  store<u64>(to, b + load<u64>(from, 8), 8);
  store<u64>(to, c + load<u64>(from, 16), 16);
  store<u64>(to, d + load<u64>(from, 24), 24);
  store<u64>(to, e + load<u64>(from, 32), 32);
  store<u64>(to, f + load<u64>(from, 40), 40);
  store<u64>(to, g + load<u64>(from, 48), 48);
  store<u64>(to, h + load<u64>(from, 56), 56);
}

function pad(block: usize, words: usize, bits: u64): void {
  memory.fill(block + words * 8, 0, BLOCK - <i32>words * 8);
  store<u64>(block + words * 8, 0x8000000000000000);
  store<u64>(block + 15 * 8, bits);
}

/** Writes the padding that all codes share: 128 + 8 bytes inside, 128 + 64 outside. */
export function begin512(): void {
  pad(INNER, 1, 136 * 8);
  pad(OUTER, 8, 192 * 8);
}

/** The states of four keys whose blocks are at `keys`, 128 bytes each. */
export function prepare512(keys: usize, group: usize): void {
  memory.copy(START, H512, 64);
  for (const end = group + GROUP512; group < end; keys += BLOCK) {
    let pad = <u64>INNER_PAD;
    for (const next = group + ONE; group < next; group += OUT, pad = OUTER_PAD) {
      const mask = (pad << 32) | pad;
      for (let i: usize = 0; i < BLOCK; i += 8) store<u64>(KEY + i, bswap<u64>(load<u64>(keys + i)) ^ mask);
      compress(START, KEY, group);
    }
  }
}

/** Leaves the digest at START among the four of MAC, as 32-bit words: the first five and the last. */
@inline
function keepMac(lane: usize): void {
  for (let i: usize = 0; i < 3; i += 1) {
    const word = load<u64>(START + i * 8);
    store<u32>(MAC + i * 32 + lane * 4, <u32>(word >> 32));
    store<u32>(MAC + i * 32 + 16 + lane * 4, <u32>word);
  }
  store<u32>(MAC + 7 * 16 + lane * 4, <u32>load<u64>(START + 7 * 8));
}

/** HMACs of the four moving factors at HI and LO under the four keys of `group`. */
export function mac512(group: usize): void {
  for (let lane: usize = 0; lane < 4; lane += 1, group += ONE) {
    store<u64>(INNER, ((<u64>load<u32>(HI + lane * 4)) << 32) | load<u32>(LO + lane * 4));
    compress(group, INNER, OUTER);
    compress(group + OUT, OUTER, START);
    keepMac(lane);
  }
}
