import { isCode } from "../core/digits.ts";
import { nextTask } from "../core/next-task.ts";
import { OtpError } from "./errors.ts";
import { countCandidates, findFits, type Fit, type FitSearch } from "./fits.ts";
import type { HotpKernel } from "./kernel.ts";
import { PreparedSeeds } from "./prepared-seeds.ts";
import type { Seed } from "./seed.ts";
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

/** The longest time in milliseconds without leaving the thread: far below the 50 ms of a long task. */
const SLICE_MS = 5;

/** For the progress: deriving a seed's states, packing included, takes about as long as two codes. */
const CODES_PER_STATE = 2;

/** Searches inventories, and keeps what it derived from each for the next search. */
export class Identifier {
  readonly #kernel: HotpKernel;
  readonly #prepared = new WeakMap<readonly Seed[], PreparedSeeds>();

  constructor(kernel: HotpKernel) {
    this.#kernel = kernel;
  }

  async identify(
    seeds: readonly Seed[],
    codes: readonly string[],
    { atMs, window, signal, onProgress }: IdentifyOptions,
  ): Promise<Identification[]> {
    if (!Number.isFinite(atMs)) throw new RangeError("atMs is not a moment in Unix milliseconds");
    requireWindow(window);
    const search = { ...requireCodes(codes), atMs, window };
    signal?.throwIfAborted();
    const prepared = this.#preparedOf(seeds);
    const preparation = prepared.remaining * CODES_PER_STATE;
    const breath = new Breath(signal);

    while (prepared.remaining > 0) {
      this.#advance(prepared, seeds);
      if (breath.isDue()) {
        const done = preparation - prepared.remaining * CODES_PER_STATE;
        onProgress?.(done, preparation + seeds.length * (window.backSteps + 1 + window.aheadSteps));
        await breath.take();
      }
    }
    const candidates = countCandidates(prepared.inventory, search);
    const total = preparation + candidates;
    let done = preparation;
    const steps = findFits(prepared.inventory, search);
    let step = steps.next();
    while (!step.done) {
      done += step.value;
      if (breath.isDue()) {
        onProgress?.(done, total);
        await breath.take();
      }
      step = steps.next();
    }
    onProgress?.(total, total);
    return describeFits(step.value, seeds, search, candidates);
  }

  forget(seeds: readonly Seed[]): void {
    this.#prepared.get(seeds)?.release();
    this.#prepared.delete(seeds);
  }

  #advance(prepared: PreparedSeeds, seeds: readonly Seed[]): void {
    try {
      prepared.advance();
    } catch (error) {
      // Half a piece may be in it, or its memory could not be had: the next search begins anew.
      this.forget(seeds);
      throw error;
    }
  }

  #preparedOf(seeds: readonly Seed[]): PreparedSeeds {
    const prepared = this.#prepared.get(seeds) ?? new PreparedSeeds(this.#kernel, seeds);
    this.#prepared.set(seeds, prepared);
    return prepared;
  }
}

/**
 * One answer a seed, its nearest fit, with what is to be known about all: `candidates` is how many were searched. `fits`
 * come best first, from one thread or from several.
 */
export function describeFits(
  fits: readonly Fit[],
  seeds: readonly Pick<Seed, "serialNumber">[],
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
    serialNumber: seeds[seedIndex]?.serialNumber ?? "",
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

/** Tells when it is time to leave the thread, and leaves it. Time is only measured here, not used. */
class Breath {
  readonly #signal: AbortSignal | undefined;
  #since = performance.now();

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  isDue(): boolean {
    return performance.now() - this.#since >= SLICE_MS;
  }

  /** Rejects with the signal's reason. */
  async take(): Promise<void> {
    this.#signal?.throwIfAborted();
    await nextTask();
    this.#signal?.throwIfAborted();
    this.#since = performance.now();
  }
}
