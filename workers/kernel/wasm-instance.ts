import type { HashFunction } from "./hash-function.ts";
import { H512, K512 } from "./sha2-constants.ts";

/** Keys of a group: one in each lane. */
export const LANES = 4;
/** Candidates of one call: what the areas below have room for. */
export const BATCH = 4096;

/** What ./assembly/index.ts exports, where each function is described. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly heap: WebAssembly.Global<"i32">;
  readonly constants: WebAssembly.Global<"i32">;
  prepare(hash: number, keys: number, states: number, groups: number): void;
  writeCodes(
    hash: number,
    group: number,
    fours: number,
    high: number,
    low: number,
    modulus: number,
    out: number,
  ): void;
  findCodes(
    hash: number,
    group: number,
    fours: number,
    high: number,
    low: number,
    code: number,
    modulus: number,
    hits: number,
  ): number;
  findKeys(
    hash: number,
    states: number,
    groups: number,
    high: number,
    low: number,
    code: number,
    modulus: number,
    hits: number,
    factors: number,
  ): number;
}

const PAGE = 65_536;

/**
 * An instance of the compiled kernel with its own memory: an area for results, one for what goes in (key blocks, moving
 * factors), and the states of as many groups as it was made for. Its memory goes when it does.
 */
export class WasmInstance {
  readonly exports: KernelExports;
  /** Where results go: {@link BATCH} words. */
  readonly results: Uint32Array;
  /** Key blocks or moving factors: eight bytes for each of {@link BATCH} candidates. All zeros between calls. */
  readonly input: Uint8Array;
  readonly inputWords: Uint32Array;
  readonly states: Uint8Array;

  constructor(module: WebAssembly.Module, stateBytes: number) {
    this.exports = new WebAssembly.Instance(module).exports as unknown as KernelExports;
    const { memory, heap, constants } = this.exports;
    const results = Math.ceil(heap.value / 16) * 16;
    const input = results + BATCH * 4;
    const states = input + BATCH * 8;
    const missing = Math.ceil((states + stateBytes) / PAGE) - memory.buffer.byteLength / PAGE;
    if (missing > 0) memory.grow(missing);
    const words = new Int32Array(memory.buffer, constants.value, K512.length + H512.length);
    // Pairs of high and low words there; 64-bit integers here, low words first.
    for (const [index, word] of [...K512, ...H512].entries()) words[index ^ 1] = word;
    this.results = new Uint32Array(memory.buffer, results, BATCH);
    this.input = new Uint8Array(memory.buffer, input, BATCH * 8);
    this.inputWords = new Uint32Array(memory.buffer, input, BATCH * 2);
    this.states = new Uint8Array(memory.buffer, states, stateBytes);
  }

  /** Computes the states of groups whose key blocks are in the input area, and wipes that. */
  prepare(layout: GroupLayout, firstGroup: number, groups: number): void {
    const { hash, groupBytes, blockBytes } = layout;
    this.exports.prepare(
      hash,
      this.input.byteOffset,
      this.states.byteOffset + firstGroup * groupBytes,
      groups,
    );
    this.input.fill(0, 0, groups * LANES * blockBytes);
  }
}

/** What the exports call `hash`, and how long a group's states and a key's block are. */
export interface GroupLayout {
  readonly hash: 1 | 256 | 512;
  readonly groupBytes: number;
  readonly blockBytes: number;
}

export function groupLayout(hash: 1 | 256 | 512, { start, blockWords }: HashFunction): GroupLayout {
  return { hash, groupBytes: LANES * 2 * start.length * 4, blockBytes: blockWords * 4 };
}
