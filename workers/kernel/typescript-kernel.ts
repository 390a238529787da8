import type { Algorithm, Digits } from "../../src/otp/seed.ts";
import type { HotpKernel, HotpKey, HotpKeySet, PackedSecrets } from "../../src/otp/kernel.ts";
import { requireRoom } from "./capacity.ts";
import type { ByAlgorithm, HashFunction } from "./hash-function.ts";
import { createStateWriter, type StateWriter } from "./hmac-states.ts";
import { createHotpMac, type HotpMac } from "./hotp-mac.ts";
import { MODULUS } from "./modulus.ts";
import { sha1 } from "./sha1.ts";
import { sha256 } from "./sha256.ts";
import { sha512 } from "./sha512.ts";

const TWO_32 = 2 ** 32;

interface Functions {
  readonly hash: HashFunction;
  readonly mac: HotpMac;
  readonly writeStates: StateWriter;
}

const FUNCTIONS: ByAlgorithm<Functions> = {
  SHA1: functionsOf(sha1),
  SHA256: functionsOf(sha256),
  SHA512: functionsOf(sha512),
};

function functionsOf(hash: HashFunction): Functions {
  return { hash, mac: createHotpMac(hash), writeStates: createStateWriter(hash) };
}

/** The kernel in TypeScript: runs in page, worker and Node, under any content security policy. */
export const typescriptKernel: HotpKernel = {
  name: "typescript",
  prepare(secret, algorithm) {
    return new Key(FUNCTIONS[algorithm], secret);
  },
  createKeySet(capacity, algorithm) {
    return new KeySet(FUNCTIONS[algorithm], algorithm, capacity);
  },
};

class Key implements HotpKey {
  readonly #mac: HotpMac;
  readonly #states: Int32Array;

  constructor({ hash, mac, writeStates }: Functions, secret: Uint8Array) {
    this.#mac = mac;
    this.#states = new Int32Array(2 * hash.start.length);
    writeStates(secret, 0, secret.length, this.#states, 0);
  }

  writeCodes(codes: Uint32Array, firstMovingFactor: number, digits: Digits): void {
    const modulus = MODULUS[digits];
    for (let index = 0; index < codes.length; index += 1) {
      const factor = firstMovingFactor + index;
      codes[index] = this.#mac(this.#states, 0, Math.floor(factor / TWO_32), factor % TWO_32) % modulus;
    }
  }

  findCodes(code: number, firstMovingFactor: number, count: number, digits: Digits): number[] {
    const modulus = MODULUS[digits];
    const found: number[] = [];
    for (let index = 0; index < count; index += 1) {
      const factor = firstMovingFactor + index;
      const value = this.#mac(this.#states, 0, Math.floor(factor / TWO_32), factor % TWO_32);
      if (value % modulus === code) found.push(index);
    }
    return found;
  }

  release(): void {
    this.#states.fill(0);
  }
}

class KeySet implements HotpKeySet {
  readonly algorithm: Algorithm;
  readonly capacity: number;
  readonly #functions: Functions;
  #states: Int32Array;
  #size = 0;

  constructor(functions: Functions, algorithm: Algorithm, capacity: number) {
    this.algorithm = algorithm;
    this.capacity = capacity;
    this.#functions = functions;
    this.#states = new Int32Array(capacity * this.#stride);
  }

  get size(): number {
    return this.#size;
  }

  get #stride(): number {
    return 2 * this.#functions.hash.start.length;
  }

  add(secrets: PackedSecrets): void {
    requireRoom(this, secrets);
    let from = 0;
    for (const to of secrets.ends) {
      this.#functions.writeStates(secrets.bytes, from, to, this.#states, this.#size * this.#stride);
      this.#size += 1;
      from = to;
    }
  }

  codeAt(key: number, movingFactor: number, digits: Digits): number {
    const [high, low] = [Math.floor(movingFactor / TWO_32), movingFactor % TWO_32];
    return this.#functions.mac(this.#states, key * this.#stride, high, low) % MODULUS[digits];
  }

  findKeys(code: number, movingFactor: number, digits: Digits, from: number, to: number): number[] {
    const { mac } = this.#functions;
    const stride = this.#stride;
    const modulus = MODULUS[digits];
    const high = Math.floor(movingFactor / TWO_32);
    const low = movingFactor % TWO_32;
    const found: number[] = [];
    for (let key = from; key < to; key += 1) {
      if (mac(this.#states, key * stride, high, low) % modulus === code) found.push(key);
    }
    return found;
  }

  findKeysAt(code: number, movingFactors: Float64Array, digits: Digits, from: number): number[] {
    const found: number[] = [];
    for (const [index, factor] of movingFactors.entries()) {
      if (factor >= 0 && this.codeAt(from + index, factor, digits) === code) found.push(from + index);
    }
    return found;
  }

  release(): void {
    this.#states.fill(0);
    this.#states = new Int32Array(0);
    this.#size = 0;
  }
}
