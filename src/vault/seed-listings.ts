import { breather } from "./breather.ts";
import type { Database, VaultDatabase } from "./database.ts";
import { changedElsewhere } from "./errors.ts";
import { keysAmong, recordsAmong } from "./keys-among.ts";
import type { SeedRecord } from "./records.ts";
import { readRows, type Origin } from "./listing-rows.ts";
import type { Relabelled } from "./seed-labels.ts";
import { SeedReadings, type ReadingWatch } from "./seed-readings.ts";
import { searchPlaces } from "./seed-search.ts";
import { foldedTextOf, readStamps, type TextStamps } from "./seed-texts.ts";

/** Which tokens to list. */
export interface InventoryQuery {
  /** Part of the serial number, manufacturer, model or label, in any case. */
  readonly text?: string;
  readonly assigned?: boolean;
}

/** Which of them to read. */
export interface ListingQuery extends InventoryQuery {
  /** Rows before the first; 0 unless told. */
  readonly offset?: number;
  /** Rows at the most; 100 unless told. */
  readonly limit?: number;
  /** Of the list that an earlier page was of, if it still stands. */
  readonly listId?: string;
  /** True: waits for the whole list; else, of a large inventory, the serial numbers that begin with the text may come first. */
  readonly wait?: boolean;
}

/** A token of the list: its stored record without the sealed secret. */
export interface InventoryEntry {
  readonly record: Omit<SeedRecord, "sealedSecret">;
  readonly assigned: boolean;
}

/** A piece of a list. */
export interface ListingPage {
  /** Names the list: all pages with the same name are of the inventory at one moment. */
  readonly listId: string;
  /** Tokens in the list. */
  readonly total: number;
  /** False: only the serial numbers that begin with the text. */
  readonly isWhole: boolean;
  readonly entries: InventoryEntry[];
}

interface Terms {
  /** In capitals; not empty. */
  readonly text: string | undefined;
  readonly assigned: boolean | undefined;
}

interface Listing extends Omit<ListingPage, "entries"> {
  readonly terms: Terms;
  readonly stamps: TextStamps;
  readonly from: Origin;
}

const DEFAULT_LIMIT = 100;

/** Lists kept: that of a page, and what is asked in between. */
const KEPT = 4;

/** Tokens that are looked through in a part of a second. */
const FEW = 20_000;

/** Records of assigned tokens read in one request. */
const READ_AT_ONCE = 1_000;

/** The inventory may change while it is read; then it is read again, but not for ever. */
const TRIES = 3;

/**
 * Lists of the inventory, read page by page at any place. All tokens, and those whose serial number begins with a text, are
 * ranges of the database, which it counts and skips in a third of a microsecond a token. Anything else is looked through.
 */
export class SeedListings {
  readonly #database: Database;
  readonly #readings: SeedReadings;
  readonly #few: number;
  readonly #kept: Listing[] = [];

  /** `few`: an inventory of up to so many tokens is looked through at once. */
  constructor(database: Database, few = FEW) {
    this.#database = database;
    this.#few = few;
    this.#readings = new SeedReadings(database);
  }

  /** Rejects with `busy` when the inventory keeps changing, and with the signal's reason. */
  async page(query: ListingQuery, watch: ReadingWatch = {}): Promise<ListingPage> {
    const { offset = 0, limit = DEFAULT_LIMIT } = query;
    return await this.#settled(query, watch, (listing, isNew) => this.#read(listing, isNew, offset, limit));
  }

  /** All serial numbers of a list. */
  async serialNumbers(query: InventoryQuery, watch: ReadingWatch = {}): Promise<readonly string[]> {
    return await this.#settled({ ...query, wait: true }, watch, async ({ from, stamps }) => {
      if ("places" in from) return from.index.pick(from.places);
      if ("serialNumbers" in from) return from.serialNumbers;
      const index = await this.#readings.index(stamps, watch);
      return index && index.slice(0, index.length);
    });
  }

  /** One token has another label: lists that looked for labels are made anew. */
  async relabel(relabelled: Relabelled): Promise<void> {
    this.#kept.length = 0;
    await this.#readings.relabel(relabelled);
  }

  /** Reads everything anew at the next question. */
  forget(): void {
    this.#kept.length = 0;
    this.#readings.forget();
  }

  /** Again from the beginning, as long as `work` gives null: the inventory changed meanwhile. */
  async #settled<T>(
    query: ListingQuery,
    watch: ReadingWatch,
    work: (listing: Listing, isNew: boolean) => Promise<T | null>,
  ): Promise<T> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      watch.signal?.throwIfAborted();
      const known = this.#known(query);
      const listing = known ?? (await this.#make(query, watch));
      const result = listing && (await work(listing, !known));
      if (result !== null) return result;
      if (listing) this.#kept.splice(this.#kept.indexOf(listing), 1);
    }
    throw changedElsewhere();
  }

  #known(query: ListingQuery): Listing | undefined {
    const { text, assigned } = termsOf(query);
    const fits = ({ listId, terms, isWhole }: Listing) =>
      listId === query.listId &&
      terms.text === text &&
      terms.assigned === assigned &&
      (isWhole || query.wait !== true);
    return this.#kept.find(fits);
  }

  /** Null when the inventory changed meanwhile. */
  async #make(query: ListingQuery, watch: ReadingWatch): Promise<Listing | null> {
    const terms = termsOf(query);
    const { text, assigned } = terms;
    const stamps = await this.#database.read(readStamps);
    const made = { listId: crypto.randomUUID(), terms, stamps };
    const all = await this.#database.read((open) => open.count("seeds"));
    if (text === undefined && assigned === undefined) {
      return this.#keep({ ...made, total: all, isWhole: true, from: { range: null } });
    }
    const isQuick = query.wait === true || all <= this.#few || this.#readings.areTextsThere;
    if (text !== undefined && assigned === undefined && !isQuick) {
      const range = IDBKeyRange.bound(text, `${text}\uffff`);
      const total = await this.#database.read((open) => open.count("seeds", range));
      return this.#keep({ ...made, total, isWhole: false, from: { range } });
    }
    if (assigned === true) {
      const serialNumbers = await this.#assigned(text, breather(watch.signal));
      const { length: total } = serialNumbers;
      return this.#keep({ ...made, total, isWhole: true, from: { serialNumbers } });
    }
    const texts = text === undefined ? null : await this.#readings.texts(stamps, watch);
    const index = text === undefined ? await this.#readings.index(stamps, watch) : texts?.index;
    if (!index) return null;
    const owned = assigned === undefined ? new Uint32Array() : await this.#readings.owned(index);
    const hasText = text === undefined ? null : (texts?.matcher(text) ?? null);
    const places = await searchPlaces({ index, owned, hasText }, terms, breather(watch.signal));
    return this.#keep({ ...made, total: places.length, isWhole: true, from: { index, places } });
  }

  /** Few tokens have an owner: their records are looked through one by one. */
  async #assigned(text: string | undefined, pause: () => Promise<void> | void): Promise<string[]> {
    const owned = await this.#database.read((open) => open.getAllKeys("devices"));
    const found: string[] = [];
    for (let start = 0; start < owned.length; start += READ_AT_ONCE) {
      await pause();
      const some = owned.slice(start, start + READ_AT_ONCE);
      const records = await this.#database.read((open) =>
        recordsAmong(open.transaction("seeds").store, some),
      );
      for (const serialNumber of some) {
        const record = records.get(serialNumber);
        const fits = record && (text === undefined || isIn(record, text));
        if (fits) found.push(serialNumber);
      }
    }
    return found;
  }

  #keep(listing: Listing): Listing {
    this.#kept.unshift(listing);
    this.#kept.length = Math.min(this.#kept.length, KEPT);
    return listing;
  }

  /** Null when the inventory is no longer that of the list. A list just made may be behind by what an import has added since. */
  #read(
    { stamps, from, ...list }: Listing,
    isNew: boolean,
    offset: number,
    limit: number,
  ): Promise<ListingPage | null> {
    const { listId, total, isWhole } = list;
    return this.#database.read(async (open: VaultDatabase) => {
      const transaction = open.transaction(["inventory", "seeds", "devices"]);
      const seeds = transaction.objectStore("seeds");
      const stamp = await transaction.objectStore("inventory").get("stamp");
      if (stamp !== stamps.seeds && !isNew) return null;
      const records = await readRows(seeds, from, offset, limit);
      const serialNumbers = records.map(({ serialNumber }) => serialNumber);
      const owned = await keysAmong(transaction.objectStore("devices"), serialNumbers);
      const entries = records.map((record) => entryOf(record, owned));
      return { listId, total, isWhole, entries };
    });
  }
}

function entryOf(record: SeedRecord, owned: ReadonlySet<string>): InventoryEntry {
  const { sealedSecret: _, ...rest } = record;
  return { record: rest, assigned: owned.has(record.serialNumber) };
}

function termsOf({ text, assigned }: InventoryQuery): Terms {
  const wanted = text?.trim().toUpperCase();
  return { text: wanted === "" ? undefined : wanted, assigned };
}

function isIn(record: SeedRecord, text: string): boolean {
  return record.serialNumber.toUpperCase().includes(text) || foldedTextOf(record).includes(text);
}
