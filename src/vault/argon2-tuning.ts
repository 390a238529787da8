import { wipe } from "../core/bytes.ts";
import type { Argon2Cost, Argon2id } from "./argon2.ts";
import { ARGON2_LIMITS, argon2Work } from "./kdf-parameters.ts";

const MIB = 1024;
/** RFC 9106 section 4, second recommendation: 64 MiB and three passes. A vault kept under it is never measured again. */
export const PREFERRED: Argon2Cost = { memoryKiB: 64 * MIB, passes: 3 };
const FLOOR: Argon2Cost = { memoryKiB: ARGON2_LIMITS.leastMemoryKiB, passes: 2 };
/** A person waits this long for an unlock at the most, where the floor allows. */
const LONGEST_MS = 1_000;
/** Below it, a machine can afford more memory than we prefer. */
const SHORTEST_MS = 500;
const PROBE: Argon2Cost = { memoryKiB: 32 * MIB, passes: 1 };

/** The cost that takes half a second to a second here, never below OWASP's floor. `nowMs` is any steady clock. */
export async function tuneArgon2(argon2: Argon2id, nowMs: () => number): Promise<Argon2Cost> {
  // The first run loads and compiles, and either may be held up by something else: the quickest is what the machine can do.
  const tries = [await probe(argon2, nowMs), await probe(argon2, nowMs)];
  return argon2CostFor(Math.min(...tries) / (PROBE.memoryKiB / MIB));
}

/** The cost for a machine that takes `msPerMiB` to pass once over a mebibyte. */
export function argon2CostFor(msPerMiB: number): Argon2Cost {
  const { memoryKiB } = PREFERRED;
  const msPerPass = Math.max(Number.MIN_VALUE, (msPerMiB * memoryKiB) / MIB);
  const passes = Math.floor(LONGEST_MS / msPerPass);
  if (passes < 1) return FLOOR;
  if (passes <= PREFERRED.passes) return { memoryKiB, passes };
  // More memory before more passes: it is what an attacker's machines have least of.
  let cost: Argon2Cost = PREFERRED;
  while (durationMs(cost, msPerMiB) < SHORTEST_MS && cost.memoryKiB < ARGON2_LIMITS.mostMemoryKiB) {
    cost = { ...cost, memoryKiB: cost.memoryKiB * 2 };
  }
  while (durationMs(cost, msPerMiB) < SHORTEST_MS && cost.passes < ARGON2_LIMITS.mostPasses) {
    cost = { ...cost, passes: cost.passes + 1 };
  }
  return cost;
}

function durationMs(cost: Argon2Cost, msPerMiB: number): number {
  return argon2Work(cost) * msPerMiB;
}

async function probe(argon2: Argon2id, nowMs: () => number): Promise<number> {
  const startedMs = nowMs();
  wipe(await argon2(Uint8Array.of(0), new Uint8Array(16), PROBE));
  return nowMs() - startedMs;
}
