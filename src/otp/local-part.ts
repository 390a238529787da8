import { Breath } from "../core/breath.ts";
import { inventoryForgotten } from "./errors.ts";
import { findFits, type Fit, type FitSearch } from "./fits.ts";
import type { InventoryPart, PartSearchOptions } from "./inventory-part.ts";
import type { HotpKernel } from "./kernel.ts";
import { type KeyCounts, KeyedInventory } from "./keyed-inventory.ts";
import type { SeedPack } from "./seed-pack.ts";

/** A part in this thread, which it leaves every few milliseconds while it searches. */
export class LocalPart implements InventoryPart {
  readonly #inventory: KeyedInventory;
  #isReleased = false;

  constructor(kernel: HotpKernel, counts: KeyCounts) {
    this.#inventory = new KeyedInventory(kernel, counts);
  }

  /** Rejects with what the kernel throws when memory is short. */
  async add(pack: SeedPack): Promise<void> {
    this.#requireHeld();
    this.#inventory.add(pack);
    await Promise.resolve();
  }

  /** Rejects with {@link OtpError} `inventory-forgotten` when it is released meanwhile. */
  async search(search: FitSearch, { signal, onProgress }: PartSearchOptions): Promise<Fit[]> {
    signal.throwIfAborted();
    this.#requireHeld();
    const breath = new Breath(signal);
    const steps = findFits(this.#inventory, search);
    let searched = 0;
    let step = steps.next();
    while (!step.done) {
      searched += step.value;
      if (breath.isDue()) {
        onProgress(searched);
        searched = 0;
        await breath.take();
        this.#requireHeld();
      }
      step = steps.next();
    }
    return step.value;
  }

  release(): void {
    this.#isReleased = true;
    this.#inventory.release();
  }

  #requireHeld(): void {
    if (this.#isReleased) throw inventoryForgotten();
  }
}
