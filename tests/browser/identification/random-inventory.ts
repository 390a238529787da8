import type { Seed } from "../../../src/otp/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const SECRET_LENGTH = 20;
/** `getRandomValues` fills 65536 bytes at the most. */
const CHUNK = 3000;

/** Tokens with random secrets. */
export function randomInventory(count: number): Seed[] {
  const seeds: Seed[] = [];
  while (seeds.length < count) {
    const bytes = crypto.getRandomValues(new Uint8Array(CHUNK * SECRET_LENGTH));
    for (let at = 0; at < bytes.length && seeds.length < count; at += SECRET_LENGTH) {
      const serialNumber = `N${seeds.length}`;
      seeds.push(totpSeed({ serialNumber, secret: bytes.subarray(at, at + SECRET_LENGTH) }));
    }
  }
  return seeds;
}

/** The codes of the steps `last` − `count` + 1 … `last`. */
export function codesUpTo(seed: Seed | undefined, last: number, count: number): string[] {
  if (!seed) throw new RangeError("no such seed");
  return Array.from({ length: count }, (_, index) => oracleCode(seed, last - count + 1 + index));
}
