import { WorkerParts } from "../../workers/identification/worker-parts.ts";
import { loadKernel } from "../../workers/kernel/load-kernel.ts";
import { isCode } from "../core/digits.ts";
import { OtpError } from "./errors.ts";
import { type Identification, Identifier, type IdentifyOptions, type SearchableSeeds } from "./identify.ts";
import type { PartOpener } from "./inventory-part.ts";
import type { HotpKernel } from "./kernel.ts";
import { findNearestTuple } from "./search.ts";
import type { Seed } from "./seed.ts";
import { seedProblem } from "./seed-problem.ts";
import { expectedMovingFactor, factorsInWindow, timeStepAt, type Window } from "./window.ts";

/** Where a code was found. */
export interface Match {
  /** TOTP: the time step; HOTP: the counter. */
  readonly movingFactor: number;
  /** The token's step minus ours at `atMs` (not minus the stored drift). HOTP: counters skipped. */
  readonly driftSteps: number;
}

/** How to look for codes. */
export interface SearchOptions {
  /** The moment the codes are judged at, in Unix milliseconds. */
  readonly atMs: number;
  readonly window: Window;
  /** Only moving factors after this one are accepted: the last one accepted before. */
  readonly after?: number;
}

/**
 * Computes codes and finds them in windows. It takes the time as an argument, and keeps nothing between calls but the
 * derived states of inventories that were searched.
 */
export interface OtpEngine {
  /** The code of one moving factor (0 … 2^53 − 1), leading zeros kept (RFC 4226 section 5.3). */
  code(seed: Seed, movingFactor: number): string;
  /** Numeric codes of `count` moving factors from `firstMovingFactor` on. */
  codes(seed: Seed, firstMovingFactor: number, count: number): Uint32Array;
  /**
   * Looks for `code` in the window around the expected moving factor, nearest first: 0, +1, −1, +2, −2 …
   * Does the same work for a given window whether it matches or not.
   * Throws {@link OtpError} `malformed-code` unless `code` is exactly the seed's digits in ASCII.
   */
  match(seed: Seed, code: string, options: SearchOptions): Match | null;
  /**
   * Looks for two or more consecutive codes as one tuple (RFC 4226 section 7.4, RFC 6238 section 6). The window bounds the
   * last code's moving factor, every code's must come after `after`, the nearest to the expected one wins.
   * Returns the last code's place. Throws {@link OtpError} `malformed-code`.
   */
  resynchronize(seed: Seed, codes: readonly string[], options: SearchOptions): Match | null;
  /**
   * Finds which tokens of an inventory show `codes` (one or more, consecutive): the last code's moving factor is where the
   * token is expected, give or take the window. Answers one fit a seed, its nearest, best first; nearest over all seeds
   * first, ahead before behind. Seeds of another number of digits are not searched, nor those no code can be computed
   * from: one bad seed must not cost the others. Leaves the thread every few milliseconds; rejects with the signal's reason.
   *
   * Large inventories are searched by several workers where there can be any, in this thread where not.
   *
   * The states derived from the seeds are kept for the next search in the same array or source, which must therefore not be
   * changed (a source can tell of drifts); {@link OtpEngine.forget} wipes them, and workers let them go
   * some minutes after the last search. Rejects with an {@link OtpError} `malformed-code` when a code is not 6–8 digits in
   * ASCII, or not as long as the others, and with `inventory-forgotten` when `forget` is called meanwhile.
   */
  identify(
    seeds: SearchableSeeds,
    codes: readonly string[],
    options: IdentifyOptions,
  ): Promise<Identification[]>;
  /** Wipes what `identify` has kept of these seeds; a search under way in them rejects. */
  forget(seeds: SearchableSeeds): void;
}

export interface OtpEngineOptions {
  /** For embedders and tests that bring their own. It stays in this thread: workers only know ours. */
  readonly kernel?: HotpKernel;
  /**
   * In how many workers to search an inventory, however small: 0 for none. Unless told, as many as there are processors (8 at
   * the most) for inventories large enough to pay. For benchmarks, and for pages that do not want any.
   */
  readonly identificationWorkers?: number;
}

/**
 * Makes an engine on the fastest kernel that runs here, loaded once for all engines. Works in page, worker and Node. Throws
 * a `RangeError` unless the number of workers is whole, 0 or more.
 */
export async function createOtpEngine(options: OtpEngineOptions = {}): Promise<OtpEngine> {
  const { kernel, identificationWorkers } = options;
  const opener = kernel ? undefined : new WorkerParts({ count: identificationWorkers });
  return new KernelEngine(kernel ?? (await loadKernel()), opener);
}

class KernelEngine implements OtpEngine {
  readonly #kernel: HotpKernel;
  readonly #identifier: Identifier;

  constructor(kernel: HotpKernel, opener: PartOpener | undefined) {
    this.#kernel = kernel;
    this.#identifier = new Identifier(kernel, opener);
  }

  code(seed: Seed, movingFactor: number): string {
    return String(this.codes(seed, movingFactor, 1)[0]).padStart(seed.digits, "0");
  }

  codes(seed: Seed, firstMovingFactor: number, count: number): Uint32Array {
    requireSeed(seed);
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`count is ${count}`);
    if (
      !Number.isSafeInteger(firstMovingFactor) ||
      firstMovingFactor < 0 ||
      firstMovingFactor > Number.MAX_SAFE_INTEGER - Math.max(0, count - 1)
    ) {
      throw new RangeError("a moving factor is a whole number in 0 … 2^53 − 1");
    }
    const codes = new Uint32Array(count);
    const key = this.#kernel.prepare(seed.secret, seed.algorithm);
    key.writeCodes(codes, firstMovingFactor, seed.digits);
    key.release();
    return codes;
  }

  match(seed: Seed, code: string, options: SearchOptions): Match | null {
    return this.#find(seed, [code], options);
  }

  resynchronize(seed: Seed, codes: readonly string[], options: SearchOptions): Match | null {
    if (codes.length < 2) throw new RangeError("resynchronization takes two or more consecutive codes");
    return this.#find(seed, codes, options);
  }

  identify(
    seeds: SearchableSeeds,
    codes: readonly string[],
    options: IdentifyOptions,
  ): Promise<Identification[]> {
    return this.#identifier.identify(seeds, codes, options);
  }

  forget(seeds: SearchableSeeds): void {
    this.#identifier.forget(seeds);
  }

  #find(seed: Seed, codes: readonly string[], { atMs, window, after = -1 }: SearchOptions): Match | null {
    requireSeed(seed);
    if (!Number.isFinite(atMs)) throw new RangeError("atMs is not a moment in Unix milliseconds");
    const wanted = codes.map((code) => requireCode(seed, code));
    const expected = expectedMovingFactor(seed, atMs);
    const range = factorsInWindow(seed, expected, window);
    const key = this.#kernel.prepare(seed.secret, seed.algorithm);
    const movingFactor = findNearestTuple({
      key,
      digits: seed.digits,
      codes: wanted,
      range,
      // HOTP counters before the next expected one are spent, whether `after` says so or not.
      after: seed.type === "hotp" ? Math.max(after, seed.counter - 1) : after,
      expected,
    });
    key.release();
    if (movingFactor === null) return null;
    const ours = seed.type === "hotp" ? seed.counter : timeStepAt(seed, atMs);
    return { movingFactor, driftSteps: movingFactor - ours };
  }
}

function requireCode(seed: Seed, code: string): number {
  if (typeof code !== "string" || !isCode(code, seed.digits)) {
    throw new OtpError("malformed-code", `A code of this token is exactly ${seed.digits} digits.`);
  }
  return Number(code);
}

function requireSeed(seed: Seed): void {
  const problem = seedProblem(seed);
  if (problem) throw new OtpError("malformed-seed", `No code can be computed from this seed: ${problem}.`);
}
