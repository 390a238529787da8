import { createOtpEngine, type OtpEngine, type Seed } from "../../src/otp/index.ts";
import { inventory } from "./inventory.ts";
import { AT_MS } from "./random.ts";
import { watchWasmMemory } from "./wasm-memory.ts";

/** A token that fits, by its place in the inventory. */
export interface FoundToken {
  readonly index: number;
  readonly movingFactor: number;
}

/**
 * A random inventory and the search in it, in a thread of their own, so that memory can be measured meanwhile. The engine
 * uses no other workers: each of those would hold its part of the same states, out of reach of the measurement.
 */
export class IdentifyService {
  #seeds: readonly Seed[] = [];
  #engine: OtpEngine | undefined;
  readonly #wasmBytes = watchWasmMemory();

  async fill(count: number): Promise<void> {
    this.#engine = await createOtpEngine({ identificationWorkers: 0 });
    this.#seeds = Array.from(inventory(0, count));
  }

  async search(codes: readonly string[], windowSteps: number): Promise<FoundToken[]> {
    const window = { backSteps: windowSteps, aheadSteps: windowSteps };
    const found = (await this.#engine?.identify(this.#seeds, codes, { atMs: AT_MS, window })) ?? [];
    return found.map(({ serialNumber, movingFactor }) => ({ index: Number(serialNumber), movingFactor }));
  }

  /** Bytes of WebAssembly memory in this worker. */
  wasmBytes(): number {
    return this.#wasmBytes();
  }
}
