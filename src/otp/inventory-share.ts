import { Breath } from "../core/breath.ts";
import { inventoryForgotten } from "./errors.ts";
import type { Fit, FitSearch } from "./fits.ts";
import type { HeldParts } from "./held-parts.ts";
import type { InventoryPart, PartOpener, PartSearchOptions } from "./inventory-part.ts";
import type { HotpKernel } from "./kernel.ts";
import { noKeys } from "./keyed-inventory.ts";
import { LocalPart } from "./local-part.ts";
import type { SeedPack } from "./seed-pack.ts";

/** What the shares of an inventory have in common. */
export interface ShareHome {
  readonly kernel: HotpKernel;
  readonly held: HeldParts;
  /** Packs a piece, again if need be. */
  pack(piece: number): Promise<SeedPack>;
}

/** Some pieces of an inventory in one part. A part elsewhere that is lost is made good by one in this thread. */
export class InventoryShare {
  /** Complete before `open`. */
  readonly counts = noKeys();
  readonly #home: ShareHome;
  readonly #pieces: number[] = [];
  #part: InventoryPart | undefined;
  #elsewhere: InventoryPart | undefined;
  #replacing: Promise<void> | undefined;
  /** The pack that is being taken. */
  #adding: Promise<void> = Promise.resolve();

  constructor(home: ShareHome) {
    this.#home = home;
  }

  async open(opener: PartOpener | undefined): Promise<void> {
    this.#elsewhere = await opener?.open(this.counts).catch(() => undefined);
    this.#part = this.#elsewhere ?? new LocalPart(this.#home.kernel, this.counts);
    this.#home.held.hold(this.#part, this.#elsewhere !== undefined);
  }

  /** Packs and hands over a piece; does not wait until it is taken, but until the one before is. */
  async add(piece: number): Promise<void> {
    const pack = await this.#home.pack(piece);
    await this.#adding;
    this.#pieces.push(piece);
    const part = this.#require();
    this.#adding = part.add(pack).catch((error: unknown) => this.#makeGood(part, error));
    // Whoever waits next is told; until then nobody may be.
    this.#adding.catch(() => undefined);
  }

  /** Resolves once everything is taken. */
  async settle(): Promise<void> {
    await this.#adding;
  }

  async search(search: FitSearch, { signal, onProgress }: PartSearchOptions): Promise<Fit[]> {
    const part = this.#require();
    let told = 0;
    try {
      return await part.search(search, {
        signal,
        onProgress(candidates) {
          told += candidates;
          onProgress(candidates);
        },
      });
    } catch (error) {
      signal.throwIfAborted();
      await this.#makeGood(part, error);
      // It begins anew; what was told once is not told again.
      let silent = told;
      return await this.#require().search(search, {
        signal,
        onProgress(candidates) {
          const known = Math.min(silent, candidates);
          silent -= known;
          if (candidates > known) onProgress(candidates - known);
        },
      });
    }
  }

  /** Replaces a part elsewhere by one here. Rejects with `error` when it was here already: then there is no other way. */
  #makeGood(part: InventoryPart, error: unknown): Promise<void> {
    if (this.#home.held.isReleased) throw inventoryForgotten();
    if (part !== this.#elsewhere) throw error;
    this.#replacing ??= this.#replace(part);
    return this.#replacing;
  }

  async #replace(lost: InventoryPart): Promise<void> {
    const { kernel, held, pack } = this.#home;
    held.drop(lost);
    const local = new LocalPart(kernel, this.counts);
    held.hold(local, false);
    const breath = new Breath();
    for (const piece of this.#pieces) {
      await local.add(await pack(piece));
      if (breath.isDue()) await breath.take();
    }
    this.#part = local;
  }

  #require(): InventoryPart {
    if (!this.#part) throw inventoryForgotten();
    return this.#part;
  }
}
