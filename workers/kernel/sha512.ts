import type { HashFunction } from "./hash-function.ts";
import { H512, K512 } from "./sha2-constants.ts";

/**
 * SHA-512 (FIPS 180-4, 6.4) on halves of 32 bits. Low halves are summed as exact numbers below 2^53; what is above 2^32 is
 * the carry. 64-bit integers of JavaScript (BigInt) are slower by far.
 */
export const sha512: HashFunction = { blockWords: 32, start: H512, compress, wipe: () => w.fill(0) };

/** The schedule, high and low words in turn; overwritten by the next block. */
const w = new Int32Array(160);

function carry(low: number): number {
  return (low / 0x1_0000_0000) | 0;
}

function expand(block: Int32Array): void {
  for (let i = 0; i < 32; i += 1) w[i] = block[i] ?? 0;
  for (let i = 32; i < 160; i += 2) {
    const earlyHigh = w[i - 30] ?? 0;
    const earlyLow = w[i - 29] ?? 0;
    const lateHigh = w[i - 4] ?? 0;
    const lateLow = w[i - 3] ?? 0;
    const s0High =
      ((earlyHigh >>> 1) | (earlyLow << 31)) ^ ((earlyHigh >>> 8) | (earlyLow << 24)) ^ (earlyHigh >>> 7);
    const s0Low =
      ((earlyLow >>> 1) | (earlyHigh << 31)) ^
      ((earlyLow >>> 8) | (earlyHigh << 24)) ^
      ((earlyLow >>> 7) | (earlyHigh << 25));
    const s1High =
      ((lateHigh >>> 19) | (lateLow << 13)) ^ ((lateLow >>> 29) | (lateHigh << 3)) ^ (lateHigh >>> 6);
    const s1Low =
      ((lateLow >>> 19) | (lateHigh << 13)) ^
      ((lateHigh >>> 29) | (lateLow << 3)) ^
      ((lateLow >>> 6) | (lateHigh << 26));
    const low = ((w[i - 31] ?? 0) >>> 0) + (s0Low >>> 0) + ((w[i - 13] ?? 0) >>> 0) + (s1Low >>> 0);
    w[i] = ((w[i - 32] ?? 0) + s0High + (w[i - 14] ?? 0) + s1High + carry(low)) | 0;
    w[i + 1] = low | 0;
  }
}

function compress(from: Int32Array, at: number, block: Int32Array, to: Int32Array, toAt: number): void {
  expand(block);
  let ah = from[at] ?? 0;
  let al = from[at + 1] ?? 0;
  let bh = from[at + 2] ?? 0;
  let bl = from[at + 3] ?? 0;
  let ch = from[at + 4] ?? 0;
  let cl = from[at + 5] ?? 0;
  let dh = from[at + 6] ?? 0;
  let dl = from[at + 7] ?? 0;
  let eh = from[at + 8] ?? 0;
  let el = from[at + 9] ?? 0;
  let fh = from[at + 10] ?? 0;
  let fl = from[at + 11] ?? 0;
  let gh = from[at + 12] ?? 0;
  let gl = from[at + 13] ?? 0;
  let hh = from[at + 14] ?? 0;
  let hl = from[at + 15] ?? 0;
  for (let i = 0; i < 160; i += 2) {
    const sum1High = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23));
    const sum1Low = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23));
    const chooseHigh = gh ^ (eh & (fh ^ gh));
    const chooseLow = gl ^ (el & (fl ^ gl));
    const t1Low =
      (hl >>> 0) + (sum1Low >>> 0) + (chooseLow >>> 0) + ((w[i + 1] ?? 0) >>> 0) + ((K512[i + 1] ?? 0) >>> 0);
    const t1High = (hh + sum1High + chooseHigh + (w[i] ?? 0) + (K512[i] ?? 0) + carry(t1Low)) | 0;
    const sum0High = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25));
    const sum0Low = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25));
    const majorityHigh = (ah & bh) | (ch & (ah | bh));
    const majorityLow = (al & bl) | (cl & (al | bl));
    hh = gh;
    hl = gl;
    gh = fh;
    gl = fl;
    fh = eh;
    fl = el;
    const eLow = (dl >>> 0) + (t1Low >>> 0);
    eh = (dh + t1High + carry(eLow)) | 0;
    el = eLow | 0;
    dh = ch;
    dl = cl;
    ch = bh;
    cl = bl;
    bh = ah;
    bl = al;
    const aLow = (t1Low >>> 0) + (sum0Low >>> 0) + (majorityLow >>> 0);
    ah = (t1High + sum0High + majorityHigh + carry(aLow)) | 0;
    al = aLow | 0;
  }
  addTo(to, toAt, from, at, ah, al);
  addTo(to, toAt + 2, from, at + 2, bh, bl);
  addTo(to, toAt + 4, from, at + 4, ch, cl);
  addTo(to, toAt + 6, from, at + 6, dh, dl);
  addTo(to, toAt + 8, from, at + 8, eh, el);
  addTo(to, toAt + 10, from, at + 10, fh, fl);
  addTo(to, toAt + 12, from, at + 12, gh, gl);
  addTo(to, toAt + 14, from, at + 14, hh, hl);
}

/** Adds a word of the state before to the word after, high and low half. */
function addTo(to: Int32Array, toAt: number, from: Int32Array, at: number, high: number, low: number): void {
  const sum = (low >>> 0) + ((from[at + 1] ?? 0) >>> 0);
  to[toAt] = high + (from[at] ?? 0) + carry(sum);
  to[toAt + 1] = sum | 0;
}
