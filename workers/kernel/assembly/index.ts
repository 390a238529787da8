import { HI, KEY, LO, V } from "./areas";
import { sha2 } from "./constants";
import { begin1, GROUP1, LAST1, mac1, prepare1 } from "./sha1";
import { begin256, GROUP256, LAST256, mac256, prepare256 } from "./sha256";
import { begin512, GROUP512, LAST512, mac512, prepare512 } from "./sha512";
import { compare, hitCount, lookFor, writeFour } from "./truncation";

/**
 * The kernel's exports. Keys come in groups of four; `algorithm` is the hash's length in bits, 1 for SHA-1. All pointers
 * are the caller's, multiples of 16. Moving factors are a high and a low word; runs of them do not cross a high word.
 */

/** Bytes from here on are the caller's. */
export const heap: usize = __heap_base;
/** Where the caller writes the constants before it calls anything. */
export const constants: usize = sha2;

/** Bytes of a group's states. */
function groupBytes(algorithm: i32): usize {
  return algorithm == 1 ? GROUP1 : algorithm == 256 ? GROUP256 : GROUP512;
}

/** States of `groups` groups from their keys' zero-padded blocks (64 bytes, SHA512: 128). */
export function prepare(algorithm: i32, keys: usize, states: usize, groups: u32): void {
  const size = groupBytes(algorithm);
  const blocks: usize = algorithm == 512 ? 512 : 256;
  for (let i: u32 = 0; i < groups; i += 1, keys += blocks, states += size) {
    if (algorithm == 1) prepare1(keys, states);
    else if (algorithm == 256) prepare256(keys, states);
    else prepare512(keys, states);
  }
  memory.fill(KEY, 0, 80 * V);
}

/** Sets the moving factors: four times the same, or one after the other. */
function begin(algorithm: i32, hi: u32, lo: u32, step: u32): void {
  v128.store(HI, i32x4.splat(hi));
  v128.store(LO, i32x4.add(i32x4.splat(lo), i32x4.mul(i32x4.splat(step), i32x4(0, 1, 2, 3))));
  if (algorithm == 1) begin1();
  else if (algorithm == 256) begin256();
  else begin512();
}

/** HMACs of the moving factors at HI and LO under the keys of `group`. Returns where their last word is in MAC. */
function mac(algorithm: i32, group: usize): usize {
  if (algorithm == 1) {
    mac1(group);
    return LAST1;
  }
  if (algorithm == 256) {
    mac256(group);
    return LAST256;
  }
  mac512(group);
  return LAST512;
}

function advance(steps: u32): void {
  v128.store(LO, i32x4.add(v128.load(LO), i32x4.splat(steps)));
}

/** Codes of 4 · `fours` moving factors from the first on; one key stands four times in `group`. */
export function writeCodes(
  algorithm: i32,
  group: usize,
  fours: u32,
  hi: u32,
  lo: u32,
  modulus: u32,
  out: usize,
): void {
  begin(algorithm, hi, lo, 1);
  for (let i: u32 = 0; i < fours; i += 1, out += 16) {
    writeFour(mac(algorithm, group), modulus, out);
    advance(4);
  }
}

/** Writes to `hits` which of those moving factors give the code, counted from the first; returns how many. */
export function findCodes(
  algorithm: i32,
  group: usize,
  fours: u32,
  hi: u32,
  lo: u32,
  code: u32,
  modulus: u32,
  hits: usize,
): u32 {
  begin(algorithm, hi, lo, 1);
  lookFor(code, modulus, hits);
  for (let i: u32 = 0; i < fours; i += 1) {
    compare(mac(algorithm, group), i * 4);
    advance(4);
  }
  return hitCount();
}

/**
 * Writes to `hits` which keys of the groups give the code, counted from the first; returns how many. All at one moving
 * factor, or, when `factors` is not 0, each at its own: four high and four low words a group.
 */
export function findKeys(
  algorithm: i32,
  states: usize,
  groups: u32,
  hi: u32,
  lo: u32,
  code: u32,
  modulus: u32,
  hits: usize,
  factors: usize,
): u32 {
  const size = groupBytes(algorithm);
  begin(algorithm, hi, lo, 0);
  lookFor(code, modulus, hits);
  for (let i: u32 = 0; i < groups; i += 1, states += size) {
    if (factors) {
      memory.copy(HI, factors, 32);
      factors += 32;
    }
    compare(mac(algorithm, states), i * 4);
  }
  return hitCount();
}
