import { raceWithSignal } from "../core/abort.ts";
import { countCandidates, type Fit, type FitSearch, rankFits } from "./fits.ts";
import { HeldParts } from "./held-parts.ts";
import type { PartOpener } from "./inventory-part.ts";
import { InventoryShare } from "./inventory-share.ts";
import type { HotpKernel } from "./kernel.ts";
import { addCounts } from "./keyed-inventory.ts";
import { SpanTally } from "./span-tally.ts";
import type { PackSource } from "./seed-source.ts";

/** Seeds counted or prepared at a time: a few milliseconds, also of the slowest hash. */
const PIECE = 2048;

/**
 * An inventory whose states are derived piece by piece, the pieces dealt out to its shares. Several searches may wait for it
 * at once, and each may move it on; one that is cancelled leaves what is done to the next.
 */
export class PreparedSeeds {
  readonly held = new HeldParts();
  readonly #source: PackSource;
  readonly #opener: PartOpener | undefined;
  readonly #shares: readonly InventoryShare[];
  readonly #tally = new SpanTally();
  #counted = 0;
  #packed = 0;
  #isOpen = false;
  #isReady = false;
  #step: Promise<void> | undefined;

  constructor(kernel: HotpKernel, source: PackSource, opener?: PartOpener) {
    this.#source = source;
    const parts = opener?.partsFor(source.length) ?? 0;
    this.#opener = parts > 0 ? opener : undefined;
    const { held } = this;
    const pack = async (piece: number) => {
      const packed = await source.pack(piece * PIECE, Math.min(source.length, (piece + 1) * PIECE));
      this.#tally.note(piece, packed);
      return packed;
    };
    this.#shares = Array.from(
      { length: Math.max(1, parts) },
      () => new InventoryShare({ kernel, held, pack }),
    );
  }

  /** Whether any of it may be in another thread. */
  get isElsewhere(): boolean {
    return this.#opener !== undefined;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** What preparing takes in all, and what of it is done, in codes that could be computed meanwhile. */
  get preparation(): { readonly done: number; readonly total: number } {
    const { length, codesPerSeed } = this.#source;
    const done = (this.#counted + this.#packed) / 2;
    return { done: Math.floor(done * codesPerSeed), total: length * codesPerSeed };
  }

  /** Counts, opens, or prepares the next piece; joins a step that another search began. */
  advance(): Promise<void> {
    this.#step ??= this.#advance().finally(() => {
      this.#step = undefined;
    });
    return this.#step;
  }

  /** How many candidates a search will go through, once it is ready. */
  countCandidates(search: Omit<FitSearch, "moved">): number {
    return countCandidates(this.#tally.spans(), search);
  }

  /** Every fit of all shares, best first. The first failure, or the signal, stops them all. */
  async search(
    search: Omit<FitSearch, "moved">,
    signal: AbortSignal | undefined,
    onProgress: (candidates: number) => void,
  ): Promise<Fit[]> {
    const controller = new AbortController();
    const stop = () => controller.abort(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
    const options = { signal: controller.signal, onProgress };
    try {
      const moved = await raceWithSignal(this.#source.moved(), signal);
      const searches = this.#shares.map((share) => share.search({ ...search, moved }, options));
      const found = await raceWithSignal(Promise.all(searches), signal);
      return rankFits(found.flat());
    } catch (error) {
      controller.abort(error);
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  async #advance(): Promise<void> {
    const { length } = this.#source;
    if (this.#counted < length) {
      const to = Math.min(length, this.#counted + PIECE);
      const counts = await this.#source.count(this.#counted, to);
      addCounts(this.#shareOf(this.#counted).counts, counts);
      this.#counted = to;
    } else if (!this.#isOpen) {
      await Promise.all(this.#shares.map((share) => share.open(this.#opener)));
      this.#isOpen = true;
    } else if (this.#packed < length) {
      const to = Math.min(length, this.#packed + PIECE);
      await this.#shareOf(this.#packed).add(this.#packed / PIECE);
      this.#packed = to;
    } else if (!this.#isReady) {
      await Promise.all(this.#shares.map((share) => share.settle()));
      this.#isReady = true;
    }
  }

  /** Dealt out in turn: each share then has as much to do as the others, whatever the order of the seeds. */
  #shareOf(index: number): InventoryShare {
    const share = this.#shares[(index / PIECE) % this.#shares.length];
    if (!share) throw new RangeError("a piece begins at a multiple of its length");
    return share;
  }
}
