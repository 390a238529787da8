import type { PackedSecrets } from "./kernel.ts";
import type { Algorithm, Digits, Seed } from "./seed.ts";
import { seedProblem } from "./seed-problem.ts";

/** From this many seeds with one expected moving factor on, they are searched together; the rest each at its own. */
const TOGETHER = 16;

/** How a token arrives at its moving factor, without what is its own (drift, counter). */
export type TokenClock =
  | { readonly type: "hotp" }
  | { readonly type: "totp"; readonly periodSeconds: number; readonly t0Seconds: number };

/** Keys `from` … `to` − 1 of a part: the same digits, the same clock. */
export interface KeySpan {
  readonly digits: Digits;
  readonly clock: TokenClock;
  readonly from: number;
  readonly to: number;
  /** Drift steps, or for HOTP the counter: one for all keys, or one for each. */
  readonly offsets: number | Float64Array<ArrayBuffer>;
}

/** The keys of one hash, in the order of the spans. */
export interface PackPart {
  readonly algorithm: Algorithm;
  /** Wiped by whoever takes the states from it. */
  readonly secrets: PackedSecrets;
  /** Which seed of the inventory each key is. */
  readonly seedIndexes: Uint32Array<ArrayBuffer>;
  readonly spans: readonly KeySpan[];
}

/**
 * Some seeds of an inventory, without what identification does not need. All of it can be cloned to a worker, its buffers
 * ({@link transferablesOf}) transferred.
 */
export interface SeedPack {
  readonly parts: readonly PackPart[];
}

interface Bucket {
  readonly sample: Seed;
  /** Seeds by their offset. */
  readonly byOffset: Map<number, number[]>;
}

/** True when a seed can be searched. */
export function isSearchable(seed: Seed): boolean {
  if (!ArrayBuffer.isView(seed.secret) || seedProblem(seed) !== null) return false;
  return seed.type === "hotp" || (Number.isSafeInteger(seed.driftSteps) && Number.isFinite(seed.t0Seconds));
}

/**
 * Packs the seeds `from` … `to` − 1, leaving out those no code can be computed from. A few thousand take a few ms. `base`
 * is the place in the inventory of `seeds[0]`, where they are a piece of it.
 */
export function packSeeds(seeds: readonly Seed[], from: number, to: number, base = 0): SeedPack {
  const buckets = new Map<string, Bucket>();
  let bucket: Bucket | undefined;
  for (let index = from; index < to; index += 1) {
    const seed = seeds[index];
    if (!seed || !isSearchable(seed)) continue;
    // Neighbours are mostly of one kind: the name of the bucket is then not even made.
    if (!bucket || !isSameKind(bucket.sample, seed)) bucket = bucketOf(buckets, seed);
    const offset = seed.type === "hotp" ? seed.counter : seed.driftSteps;
    const members = bucket.byOffset.get(offset);
    if (members) members.push(index);
    else bucket.byOffset.set(offset, [index]);
  }
  const algorithms = new Set([...buckets.values()].map(({ sample }) => sample.algorithm));
  return {
    parts: [...algorithms].map((algorithm) =>
      packPart(
        seeds,
        base,
        algorithm,
        [...buckets.values()].filter(({ sample }) => sample.algorithm === algorithm),
      ),
    ),
  };
}

/** The buffers of a pack, for `postMessage`'s list. */
export function transferablesOf({ parts }: SeedPack): ArrayBuffer[] {
  return parts.flatMap(({ secrets, seedIndexes, spans }) => [
    secrets.bytes.buffer,
    secrets.ends.buffer,
    seedIndexes.buffer,
    ...spans.flatMap(({ offsets }) => (typeof offsets === "number" ? [] : [offsets.buffer])),
  ]);
}

function isSameKind(a: Seed, b: Seed): boolean {
  if (a.algorithm !== b.algorithm || a.digits !== b.digits || a.type !== b.type) return false;
  return a.type === "hotp" || (a.periodSeconds === b.periodSeconds && a.t0Seconds === b.t0Seconds);
}

function bucketOf(buckets: Map<string, Bucket>, seed: Seed): Bucket {
  const clock = seed.type === "hotp" ? "" : `${seed.periodSeconds} ${seed.t0Seconds}`;
  const kind = `${seed.algorithm} ${seed.digits} ${seed.type} ${clock}`;
  const bucket = buckets.get(kind) ?? { sample: seed, byOffset: new Map<number, number[]>() };
  buckets.set(kind, bucket);
  return bucket;
}

function packPart(
  seeds: readonly Seed[],
  base: number,
  algorithm: Algorithm,
  buckets: readonly Bucket[],
): PackPart {
  const indexes: number[] = [];
  const spans: KeySpan[] = [];
  for (const { sample, byOffset } of buckets) {
    const own: number[] = [];
    const common = { digits: sample.digits, clock: clockOf(sample) };
    const addSpan = (offsets: KeySpan["offsets"], members: readonly number[]) => {
      if (members.length === 0) return;
      const from = indexes.length;
      for (const index of members) indexes.push(index);
      spans.push({ ...common, from, to: indexes.length, offsets });
    };
    const ownOffsets: number[] = [];
    for (const [offset, members] of byOffset) {
      if (members.length >= TOGETHER) {
        addSpan(offset, members);
      } else {
        own.push(...members);
        ownOffsets.push(...members.map(() => offset));
      }
    }
    addSpan(Float64Array.from(ownOffsets), own);
  }
  const seedIndexes = Uint32Array.from(indexes, (index) => base + index);
  return { algorithm, secrets: packSecrets(seeds, indexes), seedIndexes, spans };
}

function clockOf({ type, periodSeconds, t0Seconds }: Seed): TokenClock {
  return type === "hotp" ? { type } : { type, periodSeconds, t0Seconds };
}

function packSecrets(seeds: readonly Seed[], indexes: readonly number[]): PackedSecrets {
  const ends = new Uint32Array(indexes.length);
  let length = 0;
  for (const [key, index] of indexes.entries()) {
    length += seeds[index]?.secret.length ?? 0;
    ends[key] = length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const index of indexes) {
    const secret = seeds[index]?.secret;
    if (!secret) continue;
    for (let i = 0; i < secret.length; i += 1) bytes[at + i] = secret[i] ?? 0;
    at += secret.length;
  }
  return { bytes, ends };
}
