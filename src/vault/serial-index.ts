import type { Database } from "./database.ts";
import { changedElsewhere } from "./errors.ts";

/** Serial numbers of one text: some thirteen kilobytes, which are cut up in microseconds. */
const PACKED = 1024;

/** Keys read in one request. */
const READ_AT_ONCE = 8 * PACKED;

/** No serial number holds one: seed files with control characters in them are refused. */
const SEPARATOR = "\n";

/** Told how far a reading is, in tokens; may be awaited, and rejects to stop it. */
export type ReadingPulse = (done: number, total: number) => Promise<void> | void;

/** Some serial numbers in a row, packed into one text. */
export interface PackedSerials {
  /** Place of the first of them. */
  readonly from: number;
  readonly length: number;
  /** Joined by line feeds, without one at the end. */
  readonly text: string;
}

/**
 * All serial numbers of the inventory in the database's order, so that the token at any place of a list of a million is known
 * at once. Packed into long texts they take a third of the memory that a million strings do, and a search through them runs
 * over whole texts. Needs no key: serial numbers are stored in the clear.
 */
export class SerialIndex {
  /** The inventory's stamp they were read at. */
  readonly stamp: string | undefined;
  readonly length: number;
  readonly #packed: readonly string[];

  constructor(stamp: string | undefined, packed: readonly string[], length: number) {
    this.stamp = stamp;
    this.#packed = packed;
    this.length = length;
  }

  /** Rejects with `busy` when seeds are added or removed meanwhile, and with what `onProgress` rejects with. */
  static async read(database: Database, onProgress: ReadingPulse): Promise<SerialIndex> {
    const { stamp, total } = await database.read(async (open) => {
      const transaction = open.transaction(["inventory", "seeds"]);
      const [now, count] = await Promise.all([
        transaction.objectStore("inventory").get("stamp"),
        transaction.objectStore("seeds").count(),
      ]);
      return { stamp: now, total: count };
    });
    const packer = new SerialPacker();
    let last: string | undefined;
    while (packer.length < total) {
      await onProgress(packer.length, total);
      const range = last === undefined ? null : IDBKeyRange.lowerBound(last, true);
      const keys = await database.read((open) => open.getAllKeys("seeds", range, READ_AT_ONCE));
      if (keys.length === 0) break;
      packer.add(keys);
      last = keys.at(-1);
    }
    const stampNow = await database.read((open) => open.get("inventory", "stamp"));
    if (stampNow !== stamp || packer.length !== total) throw changedElsewhere();
    return packer.index(stamp);
  }

  /** Those at the places from `from` to before `to`; both are brought within bounds. */
  slice(from: number, to: number): string[] {
    const end = Math.min(to, this.length);
    const found: string[] = [];
    for (let at = Math.max(0, from); at < end;) {
      const block = Math.floor(at / PACKED);
      const part = this.#cut(block).slice(at - block * PACKED, end - block * PACKED);
      if (part.length === 0) break;
      found.push(...part);
      at += part.length;
    }
    return found;
  }

  /** Those at these places, which rise. */
  pick(places: ArrayLike<number>): string[] {
    const found: string[] = [];
    let known: readonly string[] = [];
    let knownBlock = -1;
    for (const place of Array.from(places)) {
      const block = Math.floor(place / PACKED);
      if (block !== knownBlock) {
        known = this.#cut(block);
        knownBlock = block;
      }
      const serialNumber = known[place - block * PACKED];
      if (serialNumber !== undefined) found.push(serialNumber);
    }
    return found;
  }

  /** Where a serial number stands; −1 for one that is not there. */
  placeOf(serialNumber: string): number {
    let [from, to] = [0, this.#packed.length - 1];
    while (from < to) {
      const middle = (from + to + 1) >>> 1;
      if (firstOf(this.#packed[middle] ?? "") <= serialNumber) from = middle;
      else to = middle - 1;
    }
    const within = this.#cut(from).indexOf(serialNumber);
    return within < 0 ? -1 : from * PACKED + within;
  }

  /** Block after block. */
  *blocks(): Generator<PackedSerials, void> {
    for (const [block, text] of this.#packed.entries()) {
      const from = block * PACKED;
      yield { from, length: Math.min(PACKED, this.length - from), text };
    }
  }

  #cut(block: number): string[] {
    return cutSerials(this.#packed[block] ?? "");
  }
}

/** Makes an index from serial numbers that come in the database's order, some at a time. */
export class SerialPacker {
  readonly #packed: string[] = [];
  #rest: string[] = [];
  #length = 0;

  /** Added so far. */
  get length(): number {
    return this.#length;
  }

  add(serialNumbers: readonly string[]): void {
    this.#length += serialNumbers.length;
    this.#rest.push(...serialNumbers);
    while (this.#rest.length >= PACKED) this.#packed.push(this.#rest.splice(0, PACKED).join(SEPARATOR));
  }

  /** Of all that were added, at the inventory's `stamp`. */
  index(stamp: string | undefined): SerialIndex {
    const packed = this.#rest.length === 0 ? this.#packed : [...this.#packed, this.#rest.join(SEPARATOR)];
    return new SerialIndex(stamp, packed, this.#length);
  }
}

/** The serial numbers of a packed text. */
export function cutSerials(text: string): string[] {
  return text === "" ? [] : text.split(SEPARATOR);
}

function firstOf(text: string): string {
  const end = text.indexOf(SEPARATOR);
  return end < 0 ? text : text.slice(0, end);
}
