import type { Seed } from "../../src/otp/index.ts";
import { pseudoRandomBytes, seedOf } from "./random.ts";

/**
 * Seeds made from one run of pseudo-random bytes. Their secrets are views of one buffer: a million buffers would measure the
 * garbage collector.
 */
const CHUNK = 5000;
const SECRET_LENGTH = 20;

/** The seeds `from` … `to` − 1 of the inventory that every part of the bench agrees on. */
export function* inventory(from: number, to: number): Generator<Seed, void> {
  for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK < to; chunk += 1) {
    const bytes = pseudoRandomBytes(CHUNK * SECRET_LENGTH, 1000 + chunk);
    const last = Math.min(to, (chunk + 1) * CHUNK);
    for (let index = Math.max(from, chunk * CHUNK); index < last; index += 1) {
      const start = (index - chunk * CHUNK) * SECRET_LENGTH;
      yield seedOf(String(index), bytes.subarray(start, start + SECRET_LENGTH));
    }
  }
}

/** One seed of the inventory. */
export function seedAt(index: number): Seed {
  for (const seed of inventory(index, index + 1)) return seed;
  throw new RangeError(`no seed ${index}`);
}
