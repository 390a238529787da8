import type { InventoryPart, PartOpener } from "../../src/otp/inventory-part.ts";
import type { KeyCounts } from "../../src/otp/keyed-inventory.ts";
import { startIdentificationWorker } from "./start-worker.ts";
import { WorkerPart } from "./worker-part.ts";

/** With fewer seeds than this for each worker, starting it takes longer than it saves. */
const LEAST_SEEDS = 25_000;
const MOST_WORKERS = 8;

/** A worker that is silent for so many milliseconds is lost. It tells its progress twenty times a second. */
const PATIENCE_MS = 10_000;

export interface WorkerPartsOptions {
  /** How many workers for an inventory of any size; by its size and the machine unless told. */
  readonly count?: number | undefined;
  readonly patienceMs?: number;
  /** Starts a worker that runs a `PartServer`. */
  readonly createWorker?: () => Worker;
}

/** Opens parts in dedicated workers, one each. Once a worker could not be started no other is tried. */
export class WorkerParts implements PartOpener {
  readonly #count: number | undefined;
  readonly #patienceMs: number;
  readonly #createWorker: () => Worker;
  #isForbidden = false;

  /** Throws a `RangeError` unless the count is whole, 0 or more. */
  constructor({
    count,
    patienceMs = PATIENCE_MS,
    createWorker = startIdentificationWorker,
  }: WorkerPartsOptions = {}) {
    if (count !== undefined && !(Number.isSafeInteger(count) && count >= 0)) {
      throw new RangeError(`${count} is no number of workers`);
    }
    this.#count = count;
    this.#patienceMs = patienceMs;
    this.#createWorker = createWorker;
  }

  partsFor(seedCount: number): number {
    // Node has worker threads, but not these.
    if (this.#isForbidden || typeof Worker === "undefined") return 0;
    if (this.#count !== undefined) return this.#count;
    const wanted = Math.min(MOST_WORKERS, navigator.hardwareConcurrency, Math.floor(seedCount / LEAST_SEEDS));
    return wanted > 1 ? wanted : 0;
  }

  async open(counts: KeyCounts): Promise<InventoryPart> {
    let part: WorkerPart | undefined;
    try {
      part = new WorkerPart(this.#createWorker(), this.#patienceMs);
      await part.open(counts);
      return part;
    } catch (error) {
      part?.release();
      this.#isForbidden = true;
      throw error;
    }
  }
}
