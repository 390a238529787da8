import { raceWithSignal } from "../core/abort.ts";
import { Breath } from "../core/breath.ts";
import { isCode } from "../core/digits.ts";
import { inventoryForgotten, OtpError } from "./errors.ts";
import type { Fit, FitSearch } from "./fits.ts";
import type { HeldParts } from "./held-parts.ts";
import type { PartOpener } from "./inventory-part.ts";
import type { HotpKernel } from "./kernel.ts";
import { PreparedSeeds } from "./prepared-seeds.ts";
import type { Seed } from "./seed.ts";
import { packSourceOf, type SeedSource } from "./seed-source.ts";
import { requireWindow, type Window } from "./window.ts";

/** How to look for a token. */
export interface IdentifyOptions {
  /** The moment the codes are judged at, in Unix milliseconds. */
  readonly atMs: number;
  /** Around where each token is expected: its stored drift, or its counter (ahead only). */
  readonly window: Window;
  readonly signal?: AbortSignal;
  /** Told between pieces of work. The units are codes computed; `total` is known from the start of the search. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A token that fits. */
export interface Identification {
  readonly serialNumber: string;
  /** Its place in the array searched. */
  readonly seedIndex: number;
  /** The last code's. */
  readonly movingFactor: number;
  /** The token's step minus ours at `atMs` (not minus the stored drift). HOTP: counters skipped. */
  readonly driftSteps: number;
  /** How many tokens fit by chance in a search like this one: seeds × window × 10^(−digits · codes). */
  readonly expectedFalseMatches: number;
  /** How many consecutive codes more would leave one token beyond doubt (one chance in a thousand); 0 when it is. */
  readonly furtherCodesNeeded: number;
}

/** No more than this many false matches expected is beyond doubt. */
const DOUBT = 1e-3;

/** An inventory as an array, or one that is read piece by piece. */
export type SearchableSeeds = readonly Seed[] | SeedSource;

/** Releases what was held for inventories that nobody has any more. */
const abandoned = new FinalizationRegistry<HeldParts>((held) => held.release());

/** Searches inventories, and keeps what it derived from each for the next search. */
export class Identifier {
  readonly #kernel: HotpKernel;
  readonly #opener: PartOpener | undefined;
  readonly #prepared = new WeakMap<SearchableSeeds, PreparedSeeds>();

  /** Without an opener all work is done in this thread. */
  constructor(kernel: HotpKernel, opener?: PartOpener) {
    this.#kernel = kernel;
    this.#opener = opener;
  }

  async identify(
    seeds: SearchableSeeds,
    codes: readonly string[],
    { atMs, window, signal, onProgress }: IdentifyOptions,
  ): Promise<Identification[]> {
    if (!Number.isFinite(atMs)) throw new RangeError("atMs is not a moment in Unix milliseconds");
    requireWindow(window);
    const search = { ...requireCodes(codes), atMs, window };
    signal?.throwIfAborted();
    const prepared = this.#preparedOf(seeds);
    return await prepared.held.during(async () => {
      const { backSteps, aheadSteps } = window;
      const before = prepared.preparation.done;
      const preparation = prepared.preparation.total - before;
      await this.#prepare(prepared, seeds, signal, (done) =>
        onProgress?.(done - before, preparation + seeds.length * (backSteps + 1 + aheadSteps)),
      );
      const candidates = prepared.countCandidates(search);
      const total = preparation + candidates;
      let done = preparation;
      const searching = prepared.search(search, signal, (searched) => {
        if (signal?.aborted) return;
        done += searched;
        onProgress?.(done, total);
      });
      const fits = await searching.catch((error: unknown) => this.#fail(prepared, seeds, signal, error));
      onProgress?.(total, total);
      return describeFits(fits, (index) => serialNumberAt(seeds, index), search, candidates);
    });
  }

  forget(seeds: SearchableSeeds): void {
    const prepared = this.#prepared.get(seeds);
    if (!prepared) return;
    this.#prepared.delete(seeds);
    abandoned.unregister(prepared.held);
    prepared.held.release();
  }

  async #prepare(
    prepared: PreparedSeeds,
    seeds: SearchableSeeds,
    signal: AbortSignal | undefined,
    onProgress: (done: number) => void,
  ): Promise<void> {
    const breath = new Breath(signal);
    while (!prepared.isReady) {
      try {
        await raceWithSignal(prepared.advance(), signal);
      } catch (error) {
        this.#fail(prepared, seeds, signal, error);
      }
      if (prepared.held.isReleased) throw inventoryForgotten();
      if (breath.isDue()) {
        onProgress(prepared.preparation.done);
        await breath.take();
      }
    }
  }

  /** Throws. Half a piece may be in it, or its memory could not be had: the next search begins anew. */
  #fail(
    prepared: PreparedSeeds,
    seeds: SearchableSeeds,
    signal: AbortSignal | undefined,
    error: unknown,
  ): never {
    signal?.throwIfAborted();
    if (this.#prepared.get(seeds) === prepared) this.forget(seeds);
    throw error;
  }

  #preparedOf(seeds: SearchableSeeds): PreparedSeeds {
    const known = this.#prepared.get(seeds);
    // Released, though not forgotten: it was idle for long.
    if (known && !known.held.isReleased) return known;
    const prepared = new PreparedSeeds(this.#kernel, packSourceOf(seeds), this.#opener);
    this.#prepared.set(seeds, prepared);
    // What is in this thread goes with the inventory by itself.
    if (prepared.isElsewhere) abandoned.register(seeds, prepared.held, prepared.held);
    return prepared;
  }
}

/**
 * One answer a seed, its nearest fit, with what is to be known about all: `candidates` is how many were searched. `fits`
 * come best first, from one thread or from several.
 */
export function describeFits(
  fits: readonly Fit[],
  serialNumberOf: (seedIndex: number) => string,
  { digits, codes }: Pick<FitSearch, "digits" | "codes">,
  candidates: number,
): Identification[] {
  const nearest = new Map<number, Fit>();
  for (const fit of fits) if (!nearest.has(fit.seedIndex)) nearest.set(fit.seedIndex, fit);
  const expectedFalseMatches = candidates * 10 ** (-digits * codes.length);
  // Of several tokens that fit, all but one are false matches that did happen.
  const open = Math.max(expectedFalseMatches, nearest.size - 1);
  let furtherCodesNeeded = 0;
  while (open * 10 ** (-digits * furtherCodesNeeded) > DOUBT) furtherCodesNeeded += 1;
  return Array.from(nearest.values(), ({ seedIndex, movingFactor, driftSteps }) => ({
    serialNumber: serialNumberOf(seedIndex),
    seedIndex,
    movingFactor,
    driftSteps,
    expectedFalseMatches,
    furtherCodesNeeded,
  }));
}

/** Codes as numbers, and their length. Throws {@link OtpError} `malformed-code`. */
export function requireCodes(codes: readonly string[]): Pick<FitSearch, "digits" | "codes"> {
  if (codes.length === 0) throw new RangeError("identification takes one or more consecutive codes");
  const digits = codes[0]?.length ?? 0;
  const isRight = digits >= 6 && digits <= 8 && codes.every((code) => isCode(code, digits));
  if (!isRight) throw new OtpError("malformed-code", "Codes are 6, 7 or 8 digits, all of them as many.");
  return { digits, codes: codes.map(Number) };
}

function serialNumberAt(seeds: SearchableSeeds, index: number): string {
  return "read" in seeds ? seeds.serialNumberOf(index) : (seeds[index]?.serialNumber ?? "");
}
