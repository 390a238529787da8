import type { HashFunction } from "./hash-function.ts";
import { H256, K256 } from "./sha2-constants.ts";

/** SHA-256 (FIPS 180-4, 6.2): eight rounds a turn, after which every variable is back in its place. */
export const sha256: HashFunction = { blockWords: 16, start: H256, compress, wipe: () => w.fill(0) };

/** The schedule; overwritten by the next block. */
const w = new Int32Array(64);

function sum0(a: number): number {
  return ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
}

function sum1(e: number): number {
  return ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
}

function expand(block: Int32Array): void {
  for (let i = 0; i < 16; i += 1) w[i] = block[i] ?? 0;
  for (let i = 16; i < 64; i += 1) {
    const early = w[i - 15] ?? 0;
    const late = w[i - 2] ?? 0;
    const s0 = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const s1 = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    w[i] = ((w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1) | 0;
  }
}

function compress(from: Int32Array, at: number, block: Int32Array, to: Int32Array, toAt: number): void {
  expand(block);
  let a = from[at] ?? 0;
  let b = from[at + 1] ?? 0;
  let c = from[at + 2] ?? 0;
  let d = from[at + 3] ?? 0;
  let e = from[at + 4] ?? 0;
  let f = from[at + 5] ?? 0;
  let g = from[at + 6] ?? 0;
  let h = from[at + 7] ?? 0;
  for (let i = 0; i < 64; i += 8) {
    h = (h + (w[i] ?? 0) + (K256[i] ?? 0) + (g ^ (e & (f ^ g))) + sum1(e)) | 0;
    d = (d + h) | 0;
    h = (h + ((a & b) | (c & (a | b))) + sum0(a)) | 0;
    g = (g + (w[i + 1] ?? 0) + (K256[i + 1] ?? 0) + (f ^ (d & (e ^ f))) + sum1(d)) | 0;
    c = (c + g) | 0;
    g = (g + ((h & a) | (b & (h | a))) + sum0(h)) | 0;
    f = (f + (w[i + 2] ?? 0) + (K256[i + 2] ?? 0) + (e ^ (c & (d ^ e))) + sum1(c)) | 0;
    b = (b + f) | 0;
    f = (f + ((g & h) | (a & (g | h))) + sum0(g)) | 0;
    e = (e + (w[i + 3] ?? 0) + (K256[i + 3] ?? 0) + (d ^ (b & (c ^ d))) + sum1(b)) | 0;
    a = (a + e) | 0;
    e = (e + ((f & g) | (h & (f | g))) + sum0(f)) | 0;
    d = (d + (w[i + 4] ?? 0) + (K256[i + 4] ?? 0) + (c ^ (a & (b ^ c))) + sum1(a)) | 0;
    h = (h + d) | 0;
    d = (d + ((e & f) | (g & (e | f))) + sum0(e)) | 0;
    c = (c + (w[i + 5] ?? 0) + (K256[i + 5] ?? 0) + (b ^ (h & (a ^ b))) + sum1(h)) | 0;
    g = (g + c) | 0;
    c = (c + ((d & e) | (f & (d | e))) + sum0(d)) | 0;
    b = (b + (w[i + 6] ?? 0) + (K256[i + 6] ?? 0) + (a ^ (g & (h ^ a))) + sum1(g)) | 0;
    f = (f + b) | 0;
    b = (b + ((c & d) | (e & (c | d))) + sum0(c)) | 0;
    a = (a + (w[i + 7] ?? 0) + (K256[i + 7] ?? 0) + (h ^ (f & (g ^ h))) + sum1(f)) | 0;
    e = (e + a) | 0;
    a = (a + ((b & c) | (d & (b | c))) + sum0(b)) | 0;
  }
  to[toAt] = a + (from[at] ?? 0);
  to[toAt + 1] = b + (from[at + 1] ?? 0);
  to[toAt + 2] = c + (from[at + 2] ?? 0);
  to[toAt + 3] = d + (from[at + 3] ?? 0);
  to[toAt + 4] = e + (from[at + 4] ?? 0);
  to[toAt + 5] = f + (from[at + 5] ?? 0);
  to[toAt + 6] = g + (from[at + 6] ?? 0);
  to[toAt + 7] = h + (from[at + 7] ?? 0);
}
