import type { InventoryPart, PartOpener, PartSearchOptions } from "../../src/otp/inventory-part.ts";
import type { Fit, FitSearch } from "../../src/otp/fits.ts";
import type { HotpKernel } from "../../src/otp/index.ts";
import type { KeyCounts } from "../../src/otp/keyed-inventory.ts";
import { LocalPart } from "../../src/otp/local-part.ts";
import { type SeedPack, transferablesOf } from "../../src/otp/seed-pack.ts";

/** When a part fails: as it is opened, at its n-th pack, or in the middle of its n-th search. */
export interface Script {
  readonly part: number;
  readonly fails: "open" | "add" | "search";
  readonly at: number;
}

/** Parts as another thread would have them: what they take is cloned, they answer later, and fail when they are told to. */
export class ScriptedParts implements PartOpener {
  readonly opened: ScriptedPart[] = [];
  readonly #kernel: HotpKernel;
  readonly #count: number;
  readonly #scripts: readonly Script[];

  constructor(kernel: HotpKernel, count: number, scripts: readonly Script[] = []) {
    this.#kernel = kernel;
    this.#count = count;
    this.#scripts = scripts;
  }

  partsFor(): number {
    return this.#count;
  }

  async open(counts: KeyCounts): Promise<InventoryPart> {
    const number = this.opened.length;
    const scripts = this.#scripts.filter(({ part }) => part === number);
    const part = new ScriptedPart(new LocalPart(this.#kernel, counts), scripts);
    this.opened.push(part);
    await later();
    part.failIfTold("open", 0);
    return part;
  }
}

export class ScriptedPart implements InventoryPart {
  seeds = 0;
  packs = 0;
  searches = 0;
  isReleased = false;
  readonly #inner: LocalPart;
  readonly #scripts: readonly Script[];

  constructor(inner: LocalPart, scripts: readonly Script[]) {
    this.#inner = inner;
    this.#scripts = scripts;
  }

  async add(pack: SeedPack): Promise<void> {
    const taken = structuredClone(pack, { transfer: transferablesOf(pack) });
    await later();
    this.failIfTold("add", this.packs);
    this.packs += 1;
    for (const { seedIndexes } of taken.parts) this.seeds += seedIndexes.length;
    await this.#inner.add(taken);
  }

  async search(search: FitSearch, { signal, onProgress }: PartSearchOptions): Promise<Fit[]> {
    const number = this.searches;
    this.searches += 1;
    await later();
    const fits = await this.#inner.search(structuredClone(search), { signal, onProgress });
    if (this.#scripts.some(({ fails, at }) => fails === "search" && at === number)) onProgress(1);
    this.failIfTold("search", number);
    return structuredClone(fits);
  }

  release(): void {
    this.isReleased = true;
    this.#inner.release();
  }

  failIfTold(what: Script["fails"], number: number): void {
    if (this.#scripts.some(({ fails, at }) => fails === what && at === number)) throw new Error("lost");
  }
}

function later(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
