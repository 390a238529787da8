import type { Bytes } from "../../core/bytes.ts";
import { sameBytes } from "./hmac.ts";
import { KIND, PROPERTY } from "./tables.ts";

/** One account in the memory of a virtual token. */
export interface StoredCredential {
  name: Bytes;
  /** Kind and hash in one byte, as the protocol has it. */
  readonly kind: number;
  readonly digits: number;
  readonly secret: Bytes;
  readonly properties: number;
  /** HOTP: the counter in memory. */
  counter: bigint;
  /** Increasing-only: the highest challenge used so far. */
  lastChallenge: bigint;
}

export function isHotp({ kind }: StoredCredential): boolean {
  return (kind & 0xf0) === KIND.HOTP;
}

export function needsTouch({ properties }: StoredCredential): boolean {
  return (properties & PROPERTY.TOUCH) !== 0;
}

export function isIncreasing({ properties }: StoredCredential): boolean {
  return (properties & PROPERTY.INCREASING) !== 0;
}

/** The accounts, each in its place of the memory; a place that became free is taken again first. */
export class CredentialMemory {
  readonly maximum: number;
  readonly #places: (StoredCredential | null)[] = [];

  constructor(maximum: number) {
    this.maximum = maximum;
  }

  get all(): readonly StoredCredential[] {
    return this.#places.filter((one) => one !== null);
  }

  get isFull(): boolean {
    return this.all.length >= this.maximum;
  }

  find(name: Bytes): StoredCredential | null {
    return this.all.find((one) => sameBytes(one.name, name)) ?? null;
  }

  /** Adds a credential, or takes the place of the one with its name. */
  put(credential: StoredCredential): void {
    const place = this.#places.indexOf(this.find(credential.name));
    this.#places[place < 0 ? this.#places.length : place] = credential;
  }

  delete(credential: StoredCredential): void {
    this.#places[this.#places.indexOf(credential)] = null;
  }

  clear(): void {
    this.#places.length = 0;
  }
}

/** The number that bytes stand for, most significant first. */
export function toBigInt(bytes: Bytes): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** Eight bytes, most significant first: a moving factor as RFC 4226 section 5.1 hashes it. */
export function toEightBytes(value: bigint): Bytes {
  return Uint8Array.from({ length: 8 }, (_, at) => Number((value >> BigInt(8 * (7 - at))) & 0xffn));
}
