import { createOtpEngine, type OtpEngine, type Seed } from "../../src/otp/index.ts";
import { openKernels } from "./kernels.ts";
import { AT_MS, pseudoRandomBytes, seedOf } from "./random.ts";
import { watchWasmMemory } from "./wasm-memory.ts";

/** Seeds made from one run of pseudo-random bytes; a part of the inventory begins at a multiple of it. */
const CHUNK = 5000;
const SECRET_LENGTH = 20;

/** A token that fits, by its place in the whole inventory. */
export interface FoundToken {
  readonly index: number;
  readonly movingFactor: number;
}

/**
 * A part of the random inventory and the search in it, behind Comlink. Secrets are views of one buffer each 5000: a million
 * buffers would measure the garbage collector.
 */
export class IdentifyService {
  #seeds: readonly Seed[] = [];
  readonly #engines = new Map<string, OtpEngine>();
  readonly #wasmBytes = watchWasmMemory();

  async fill(from: number, to: number): Promise<void> {
    for (const { name, kernel } of await openKernels()) {
      this.#engines.set(name, await createOtpEngine({ kernel }));
    }
    this.#seeds = Array.from(inventory(from, to));
  }

  forget(kernelName: string): void {
    this.#engineOf(kernelName).forget(this.#seeds);
  }

  async search(kernelName: string, codes: readonly string[], windowSteps: number): Promise<FoundToken[]> {
    const window = { backSteps: windowSteps, aheadSteps: windowSteps };
    const found = await this.#engineOf(kernelName).identify(this.#seeds, codes, { atMs: AT_MS, window });
    return found.map(({ serialNumber, movingFactor }) => ({ index: Number(serialNumber), movingFactor }));
  }

  /** Bytes of WebAssembly memory in this worker. */
  wasmBytes(): number {
    return this.#wasmBytes();
  }

  #engineOf(kernelName: string): OtpEngine {
    const engine = this.#engines.get(kernelName);
    if (!engine) throw new RangeError(`no kernel is called ${kernelName}`);
    return engine;
  }
}

/** The seeds `from` … `to` − 1 of the inventory that every part of the bench agrees on. */
export function* inventory(from: number, to: number): Generator<Seed, void> {
  for (let chunk = Math.floor(from / CHUNK); chunk * CHUNK < to; chunk += 1) {
    const bytes = pseudoRandomBytes(CHUNK * SECRET_LENGTH, 1000 + chunk);
    const last = Math.min(to, (chunk + 1) * CHUNK);
    for (let index = Math.max(from, chunk * CHUNK); index < last; index += 1) {
      const start = (index - chunk * CHUNK) * SECRET_LENGTH;
      yield seedOf(String(index), bytes.subarray(start, start + SECRET_LENGTH));
    }
  }
}

/** One seed of the inventory. */
export function seedAt(index: number): Seed {
  for (const seed of inventory(index, index + 1)) return seed;
  throw new RangeError(`no seed ${index}`);
}
