import { wipe } from "../core/bytes.ts";
import { countSeeds, type KeyCounts, noKeys } from "./keyed-inventory.ts";
import type { Seed } from "./seed.ts";
import { packSeeds, type SeedPack } from "./seed-pack.ts";

/**
 * An inventory that is read piece by piece, so that its secrets are never in memory all at once: identification keeps what it
 * derives from them and nothing else. It must not change; a piece may be read again.
 */
export interface SeedSource {
  /** How many seeds there are. */
  readonly length: number;
  /** About how many codes could be computed in the time a seed is read; for the progress alone. */
  readonly codesPerSeed: number;
  /** Asked only for what was counted. */
  serialNumberOf(index: number): string;
  /**
   * How many of the seeds `from` … `to` − 1 there are of each hash, or more: memory is taken for so many, and used for those
   * there are. Asked in order, before anything is read.
   */
  count(from: number, to: number): Promise<KeyCounts>;
  /** The seeds `from` … `to` − 1. Their secrets are copies, wiped by the engine. */
  read(from: number, to: number): Promise<readonly Seed[]>;
  /**
   * Drifts (HOTP: next counters) by the seed's place, where they are no longer what was read: so a search need not derive
   * everything anew because a token was used. Asked before each search. For some seeds, not for all: each of them costs a
   * few microseconds a step.
   */
  moved(): Promise<ReadonlyMap<number, number>>;
}

/** What both kinds of inventory are to the engine. */
export interface PackSource extends Pick<SeedSource, "length" | "codesPerSeed" | "moved"> {
  count(from: number, to: number): Promise<KeyCounts>;
  /** Packs the seeds `from` … `to` − 1. */
  pack(from: number, to: number): Promise<SeedPack>;
}

/** Deriving a seed's states, packing included, takes about as long as two codes. */
const CODES_PER_STATE = 2;

/** Wraps an array, whose secrets stay as they are, or a source. */
export function packSourceOf(seeds: readonly Seed[] | SeedSource): PackSource {
  return "read" in seeds ? packsOfSource(seeds) : packsOfArray(seeds);
}

function packsOfArray(seeds: readonly Seed[]): PackSource {
  return {
    length: seeds.length,
    codesPerSeed: CODES_PER_STATE,
    count(from, to) {
      const counts = noKeys();
      countSeeds(counts, seeds, from, to);
      return Promise.resolve(counts);
    },
    pack: async (from, to) => packSeeds(seeds, from, to),
    moved: () => Promise.resolve(new Map()),
  };
}

function packsOfSource(source: SeedSource): PackSource {
  return {
    length: source.length,
    codesPerSeed: source.codesPerSeed + CODES_PER_STATE,
    count: (from, to) => source.count(from, to),
    moved: () => source.moved(),
    async pack(from, to) {
      const seeds = await source.read(from, to);
      try {
        return packSeeds(seeds, 0, seeds.length, from);
      } finally {
        for (const { secret } of seeds) wipe(secret);
      }
    },
  };
}
