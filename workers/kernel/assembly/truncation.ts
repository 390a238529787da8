import { MAC } from "./areas";

/** What is looked for, and where hits go. */
let code: u32 = 0;
let modulus: u32 = 1;
let lowBits: u32 = 0;
let hits: usize = 0;
let found: u32 = 0;

/** Dynamic truncation of one of the four MACs to 31 bits (RFC 4226, 5.3); `last` is the offset of its last word. */
@inline
function truncate(lane: usize, last: usize): u32 {
  const offset = load<u32>(MAC + last + lane * 4) & 15;
  const words = MAC + (offset >> 2) * 16 + lane * 4;
  const pair = ((<u64>load<u32>(words)) << 32) | load<u32>(words, 16);
  return <u32>((pair << ((offset & 3) * 8)) >> 32) & 0x7fffffff;
}

export function lookFor(wanted: u32, digitsModulus: u32, out: usize): void {
  code = wanted;
  modulus = digitsModulus;
  // 10^d is a multiple of 2^d: the low d bits decide nearly all, without a division.
  lowBits = (digitsModulus & (0 - digitsModulus)) - 1;
  hits = out;
  found = 0;
}

/** Notes which of the four MACs give the code; `index` is the first one's number. */
export function compare(last: usize, index: u32): void {
  for (let lane: u32 = 0; lane < 4; lane += 1) {
    const value = truncate(lane, last);
    if (((value ^ code) & lowBits) == 0 && value % modulus == code) {
      store<u32>(hits + found * 4, index + lane);
      found += 1;
    }
  }
}

export function hitCount(): u32 {
  return found;
}

/** Writes the codes of the four MACs. */
export function writeFour(last: usize, digitsModulus: u32, out: usize): void {
  for (let lane: usize = 0; lane < 4; lane += 1) {
    store<u32>(out + lane * 4, truncate(lane, last) % digitsModulus);
  }
}
