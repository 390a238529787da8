import { raceWithSignal } from "../core/abort.ts";
import { breather } from "./breather.ts";
import type { Database } from "./database.ts";
import { VaultError } from "./errors.ts";
import type { Relabelled } from "./seed-labels.ts";
import { SeedTexts, type TextStamps } from "./seed-texts.ts";
import { SerialIndex, type ReadingPulse } from "./serial-index.ts";

/** Told how far a reading is, in tokens. */
export type ReadingListener = (done: number, total: number) => void;

/** How somebody waits for a reading. */
export interface ReadingWatch {
  /** Whoever stops waiting does not stop the reading: the next question needs it as well. */
  readonly signal?: AbortSignal;
  readonly onProgress?: ReadingListener;
}

/** What lists of the inventory are made from, read once for all of them and anew after a change. */
export class SeedReadings {
  readonly #database: Database;
  readonly #watching = new Set<ReadingListener>();
  #index: Promise<SerialIndex> | undefined;
  #texts: Promise<SeedTexts> | undefined;
  #areTextsThere = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Whether looking through the texts takes no reading first. */
  get areTextsThere(): boolean {
    return this.#areTextsThere;
  }

  /** Reads everything anew at the next question. */
  forget(): void {
    this.#index = this.#texts = undefined;
    this.#areTextsThere = false;
  }

  /** One token has another label. */
  async relabel(relabelled: Relabelled): Promise<void> {
    (await this.#texts?.catch(() => undefined))?.relabel(relabelled);
  }

  /** The serial numbers; null when the inventory is not at these stamps any more. */
  async index({ seeds }: TextStamps, watch: ReadingWatch): Promise<SerialIndex | null> {
    this.#index ??= SerialIndex.read(this.#database, this.#pulse());
    return await this.#wait(this.#index, watch, (index) => index.stamp === seeds);
  }

  /** The serial numbers with the other texts; null when the inventory is not at these stamps any more. */
  async texts(stamps: TextStamps, watch: ReadingWatch): Promise<SeedTexts | null> {
    this.#texts ??= this.#readTexts();
    return await this.#wait(this.#texts, watch, (texts) => texts.isOf(stamps));
  }

  /** Places of the tokens that have an owner, rising. */
  async owned(index: SerialIndex): Promise<Uint32Array> {
    const owned = await this.#database.read((open) => open.getAllKeys("devices"));
    const places = owned.map((serialNumber) => index.placeOf(serialNumber)).filter((place) => place >= 0);
    return Uint32Array.from(places).toSorted();
  }

  #readTexts(): Promise<SeedTexts> {
    const reading = SeedTexts.read(this.#database, this.#pulse());
    const use = async () => {
      const { index } = await reading;
      if (this.#texts !== reading) return;
      this.#areTextsThere = true;
      this.#index = Promise.resolve(index);
    };
    // Whoever waits for it is told what went wrong.
    void use().catch(() => undefined);
    return reading;
  }

  /** Tells whoever waits, and lets other calls through. */
  #pulse(): ReadingPulse {
    const pause = breather();
    return (done, total) => {
      for (const listener of this.#watching) listener(done, total);
      return pause();
    };
  }

  /** Null when the inventory changed while it was read, or since. */
  async #wait<T>(
    reading: Promise<T>,
    { signal, onProgress }: ReadingWatch,
    isCurrent: (read: T) => boolean,
  ): Promise<T | null> {
    if (onProgress) this.#watching.add(onProgress);
    try {
      const read = await raceWithSignal(reading, signal);
      if (isCurrent(read)) return read;
      this.forget();
      return null;
    } catch (error) {
      if (signal?.aborted === true) throw error;
      this.forget();
      if (error instanceof VaultError && error.code === "busy") return null;
      throw error;
    } finally {
      if (onProgress) this.#watching.delete(onProgress);
    }
  }
}
