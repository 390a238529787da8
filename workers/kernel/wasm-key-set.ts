import type { HotpKeySet, PackedSecrets } from "../../src/otp/kernel.ts";
import type { Algorithm, Digits } from "../../src/otp/seed.ts";
import { requireRoom } from "./capacity.ts";
import { highWord, lowWord } from "./factor-runs.ts";
import type { HashFunction } from "./hash-function.ts";
import { layKeyBlock } from "./hmac-states.ts";
import { copyLane } from "./lanes.ts";
import { MODULUS } from "./modulus.ts";
import { BATCH, type GroupLayout, LANES, WasmInstance } from "./wasm-instance.ts";

/** Groups searched in one call. */
const GROUPS = BATCH / LANES;

/** Many keys in an instance of their own: four to a group, the last group filled up when more are added. */
export class WasmKeySet implements HotpKeySet {
  readonly algorithm: Algorithm;
  readonly capacity: number;
  readonly #hash: HashFunction;
  readonly #layout: GroupLayout;
  #instance: WasmInstance | null;
  #size = 0;

  constructor(
    module: WebAssembly.Module,
    layout: GroupLayout,
    hash: HashFunction,
    algorithm: Algorithm,
    capacity: number,
  ) {
    this.algorithm = algorithm;
    this.capacity = capacity;
    this.#hash = hash;
    this.#layout = layout;
    // One group more than needed: where a key is prepared that joins a group begun before.
    this.#instance = new WasmInstance(module, (Math.ceil(capacity / LANES) + 1) * layout.groupBytes);
  }

  get size(): number {
    return this.#size;
  }

  add(secrets: PackedSecrets): void {
    requireRoom(this, secrets);
    const instance = this.#require();
    const { blockBytes } = this.#layout;
    const room = instance.input.length / blockBytes;
    let waiting = 0;
    let from = 0;
    for (const to of secrets.ends) {
      layKeyBlock(this.#hash, secrets.bytes, from, to, instance.input, waiting * blockBytes);
      from = to;
      waiting += 1;
      // A key that joins a group begun before goes alone, and a full input area goes.
      if (this.#size % LANES !== 0 || waiting === room) {
        this.#take(instance, waiting);
        waiting = 0;
      }
    }
    if (waiting > 0) this.#take(instance, waiting);
  }

  codeAt(key: number, movingFactor: number, digits: Digits): number {
    const { exports, results, states } = this.#require();
    const { hash, groupBytes } = this.#layout;
    const lane = key % LANES;
    const scratch = this.#scratchGroup();
    const area = states.subarray(scratch * groupBytes, (scratch + 1) * groupBytes);
    for (let to = 0; to < LANES; to += 1)
      copyLane(this.#layout, states, (key - lane) / LANES, lane, scratch, to);
    exports.writeCodes(
      hash,
      area.byteOffset,
      1,
      highWord(movingFactor),
      lowWord(movingFactor),
      MODULUS[digits],
      results.byteOffset,
    );
    area.fill(0);
    return results[0] ?? 0;
  }

  findKeys(code: number, movingFactor: number, digits: Digits, from: number, to: number): number[] {
    const { exports, results, states } = this.#require();
    const { hash, groupBytes } = this.#layout;
    const found: number[] = [];
    const end = Math.ceil(to / LANES);
    for (let group = Math.floor(from / LANES); group < end; group += GROUPS) {
      const hits = exports.findKeys(
        hash,
        states.byteOffset + group * groupBytes,
        Math.min(GROUPS, end - group),
        highWord(movingFactor),
        lowWord(movingFactor),
        code,
        MODULUS[digits],
        results.byteOffset,
        0,
      );
      for (const hit of results.subarray(0, hits)) {
        const key = group * LANES + hit;
        if (key >= from && key < to) found.push(key);
      }
    }
    return found;
  }

  findKeysAt(code: number, movingFactors: Float64Array, digits: Digits, from: number): number[] {
    const { exports, results, states, input, inputWords } = this.#require();
    const { hash, groupBytes } = this.#layout;
    const found: number[] = [];
    const end = Math.ceil((from + movingFactors.length) / LANES);
    for (let group = Math.floor(from / LANES); group < end; group += GROUPS) {
      const groups = Math.min(GROUPS, end - group);
      layFactors(inputWords, movingFactors, group * LANES - from, groups);
      const at = states.byteOffset + group * groupBytes;
      const modulus = MODULUS[digits];
      const hits = exports.findKeys(
        hash,
        at,
        groups,
        0,
        0,
        code,
        modulus,
        results.byteOffset,
        input.byteOffset,
      );
      inputWords.fill(0);
      for (const hit of results.subarray(0, hits)) {
        const key = group * LANES + hit;
        if ((movingFactors[key - from] ?? -1) >= 0) found.push(key);
      }
    }
    return found;
  }

  release(): void {
    const { groupBytes } = this.#layout;
    // Only what was written to: the rest of a set with room to spare has no memory behind it yet, and needs none.
    this.#instance?.states.fill(0, 0, Math.ceil(this.#size / LANES) * groupBytes);
    this.#instance?.states.fill(0, this.#scratchGroup() * groupBytes);
    this.#instance = null;
    this.#size = 0;
  }

  #require(): WasmInstance {
    if (!this.#instance) throw new RangeError("this key set was released");
    return this.#instance;
  }

  #scratchGroup(): number {
    return Math.ceil(this.capacity / LANES);
  }

  /** Prepares the first `count` keys of the input area. */
  #take(instance: WasmInstance, count: number): void {
    const lane = this.#size % LANES;
    const group = (this.#size - lane) / LANES;
    if (lane === 0) {
      instance.prepare(this.#layout, group, Math.ceil(count / LANES));
    } else {
      const scratch = this.#scratchGroup();
      instance.prepare(this.#layout, scratch, 1);
      copyLane(this.#layout, instance.states, scratch, 0, group, lane);
    }
    this.#size += count;
  }
}

/** Four high and four low words a group; `first` may be before the first factor. */
function layFactors(words: Uint32Array, factors: Float64Array, first: number, groups: number): void {
  for (let candidate = 0; candidate < groups * LANES; candidate += 1) {
    const factor = Math.max(0, factors[first + candidate] ?? 0);
    const lane = candidate % LANES;
    const at = (candidate - lane) * 2 + lane;
    words[at] = highWord(factor);
    words[at + LANES] = lowWord(factor);
  }
}
