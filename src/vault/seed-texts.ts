import type { Database } from "./database.ts";
import { changedElsewhere } from "./errors.ts";
import type { SeedRecord } from "./records.ts";
import type { Relabelled } from "./seed-labels.ts";
import { SerialPacker, type ReadingPulse, type SerialIndex } from "./serial-index.ts";

/** Records read in one request: they are many times as large as keys. */
const READ_AT_ONCE = 2048;

/**
 * Manufacturer, model and label of each token, to be searched. A box of tokens has the same few texts a thousand times over, so
 * each text is kept once, and a number for each token. Reading them takes all records: that is done at the first search only.
 */
export class SeedTexts {
  /** What they were read at. */
  #stamps: TextStamps;
  /** The serial numbers, read along. */
  readonly index: SerialIndex;
  readonly #texts: string[];
  readonly #textOf: Uint32Array;

  private constructor(stamps: TextStamps, index: SerialIndex, texts: string[], textOf: Uint32Array) {
    this.#stamps = stamps;
    this.index = index;
    this.#texts = texts;
    this.#textOf = textOf;
  }

  /** Rejects with `busy` when the inventory changes meanwhile, and with what `onProgress` rejects with. */
  static async read(database: Database, onProgress: ReadingPulse): Promise<SeedTexts> {
    const stamps = await database.read(readStamps);
    const length = await database.read((open) => open.count("seeds"));
    const numbers = new Map<string, number>();
    const textOf = new Uint32Array(length);
    const packer = new SerialPacker();
    let last: string | undefined;
    for (;;) {
      await onProgress(packer.length, length);
      const range = last === undefined ? null : IDBKeyRange.lowerBound(last, true);
      const records = await database.read((open) => open.getAll("seeds", range, READ_AT_ONCE));
      for (const [at, record] of records.entries()) {
        const text = foldedTextOf(record);
        const number = numbers.get(text) ?? numbers.size;
        numbers.set(text, number);
        textOf[packer.length + at] = number;
      }
      packer.add(records.map(({ serialNumber }) => serialNumber));
      if (records.length < READ_AT_ONCE) break;
      last = records.at(-1)?.serialNumber;
    }
    const isStill = isSame(stamps, await database.read(readStamps));
    if (packer.length !== length || !isStill) throw changedElsewhere();
    return new SeedTexts(stamps, packer.index(stamps.seeds), [...numbers.keys()], textOf);
  }

  /** Tells of a place whether the token's texts hold `wanted`, which is in capitals; null where no token's do. */
  matcher(wanted: string): ((place: number) => boolean) | null {
    const fits = this.#texts.map((text) => text.includes(wanted));
    return fits.includes(true) ? (place) => fits[this.#textOf[place] ?? -1] ?? false : null;
  }

  /** One token has another label: all records need not be read again for that. */
  relabel({ record, before, after }: Relabelled): void {
    const place = this.index.placeOf(record.serialNumber);
    if (place < 0 || !isSame(this.#stamps, before)) return;
    this.#stamps = after;
    this.#textOf[place] = this.#texts.push(foldedTextOf(record)) - 1;
  }

  isOf(stamps: TextStamps): boolean {
    return isSame(this.#stamps, stamps);
  }
}

/** Other ones after each change of the seeds, and of the labels. */
export interface TextStamps {
  readonly seeds: string | undefined;
  readonly labels: string | undefined;
}

/** As they are now. */
export async function readStamps(open: Parameters<Parameters<Database["read"]>[0]>[0]): Promise<TextStamps> {
  const store = open.transaction("inventory").store;
  const [seeds, labels] = await Promise.all([store.get("stamp"), store.get("labels")]);
  return { seeds, labels };
}

function isSame(a: TextStamps, b: TextStamps): boolean {
  return a.seeds === b.seeds && a.labels === b.labels;
}

/** Manufacturer, model and label in capitals. No line feed is in any of them, so none is found across two. */
export function foldedTextOf({ manufacturer = "", model = "", label = "" }: SeedRecord): string {
  return [manufacturer, model, label].join("\n").toUpperCase();
}
