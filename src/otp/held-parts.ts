import type { InventoryPart } from "./inventory-part.ts";

/** After so many milliseconds without a search, parts elsewhere are let go of: their threads and memory are worth more. */
const IDLE_MS = 300_000;

/**
 * The parts of one inventory. It knows nothing of the inventory itself, so that it can outlive it: whoever collects the
 * garbage finds here what is left to release.
 */
export class HeldParts {
  readonly #parts = new Set<InventoryPart>();
  readonly #elsewhere = new Set<InventoryPart>();
  #users = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #isReleased = false;

  get isReleased(): boolean {
    return this.#isReleased;
  }

  hold(part: InventoryPart, isElsewhere: boolean): void {
    if (this.#isReleased) {
      part.release();
      return;
    }
    this.#parts.add(part);
    if (isElsewhere) this.#elsewhere.add(part);
  }

  drop(part: InventoryPart): void {
    this.#parts.delete(part);
    this.#elsewhere.delete(part);
    part.release();
  }

  /** Runs work that needs the parts; when none has run for a while they are released. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#users += 1;
    clearTimeout(this.#idle);
    try {
      return await work();
    } finally {
      this.#users -= 1;
      if (this.#users === 0 && this.#elsewhere.size > 0) {
        this.#idle = setTimeout(() => this.release(), IDLE_MS);
      }
    }
  }

  release(): void {
    this.#isReleased = true;
    clearTimeout(this.#idle);
    for (const part of this.#parts) part.release();
    this.#parts.clear();
    this.#elsewhere.clear();
  }
}
