import type { HotpKey } from "../../src/otp/kernel.ts";
import type { Digits } from "../../src/otp/seed.ts";
import { factorRuns } from "./factor-runs.ts";
import type { HashFunction } from "./hash-function.ts";
import { layKeyBlock } from "./hmac-states.ts";
import { MODULUS } from "./modulus.ts";
import { BATCH, type GroupLayout, LANES, type WasmInstance } from "./wasm-instance.ts";

/** A key whose states are kept outside the instance it shares with others, and lent to it for each call. */
export class WasmKey implements HotpKey {
  readonly #instance: WasmInstance;
  readonly #layout: GroupLayout;
  /** One group, the same key in every lane. */
  readonly #group: Uint8Array;

  constructor(instance: WasmInstance, layout: GroupLayout, hash: HashFunction, secret: Uint8Array) {
    this.#instance = instance;
    this.#layout = layout;
    for (let lane = 0; lane < LANES; lane += 1) {
      layKeyBlock(hash, secret, 0, secret.length, instance.input, lane * layout.blockBytes);
    }
    instance.prepare(layout, 0, 1);
    this.#group = instance.states.slice(0, layout.groupBytes);
    instance.states.fill(0);
  }

  writeCodes(codes: Uint32Array, firstMovingFactor: number, digits: Digits): void {
    const { exports, results, states } = this.#instance;
    states.set(this.#group);
    for (const { offset, high, low, count } of factorRuns(firstMovingFactor, codes.length, BATCH)) {
      const fours = Math.ceil(count / LANES);
      exports.writeCodes(
        this.#layout.hash,
        states.byteOffset,
        fours,
        high,
        low,
        MODULUS[digits],
        results.byteOffset,
      );
      codes.set(results.subarray(0, count), offset);
    }
    states.fill(0);
  }

  findCodes(code: number, firstMovingFactor: number, count: number, digits: Digits): number[] {
    const { exports, results, states } = this.#instance;
    const found: number[] = [];
    states.set(this.#group);
    for (const run of factorRuns(firstMovingFactor, count, BATCH)) {
      const hits = exports.findCodes(
        this.#layout.hash,
        states.byteOffset,
        Math.ceil(run.count / LANES),
        run.high,
        run.low,
        code,
        MODULUS[digits],
        results.byteOffset,
      );
      for (const index of results.subarray(0, hits)) if (index < run.count) found.push(run.offset + index);
    }
    states.fill(0);
    return found;
  }

  release(): void {
    this.#group.fill(0);
  }
}
