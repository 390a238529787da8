import { VirtualDisplayToken } from "../virtual/display-token.ts";
import { findSampleSeed, SAMPLE_SERIAL_NUMBERS } from "../virtual/sample-inventory.ts";
import { isPossibleClock } from "./clock-limits.ts";
import type { TextStorage } from "./safe-storage.ts";

const KEY = "oath-console.virtual-token";

/** A token's clock as it was set, so that it goes on being wrong after a reload, as a real one would. */
interface SavedClock {
  readonly driftMs: number;
  readonly ratePpm: number;
  readonly savedAtMs: number;
}

interface SavedDesk {
  readonly serialNumber: string;
  readonly clocks: Readonly<Record<string, SavedClock>>;
}

/** The virtual tokens of the sample box: one is on the desk, each keeps its own clock. Nothing secret is stored. */
export class TokenDesk {
  readonly serialNumbers = SAMPLE_SERIAL_NUMBERS;
  readonly #storage: TextStorage;
  readonly #now: () => number;
  #clocks: Record<string, SavedClock> = {};
  #token: VirtualDisplayToken;

  private constructor(token: VirtualDisplayToken, options: TokenDeskOptions) {
    this.#token = token;
    this.#storage = options.storage;
    this.#now = options.now;
  }

  /** Takes out the token that was there last, else the first of the box. */
  static async open(options: TokenDeskOptions): Promise<TokenDesk> {
    const saved = readSaved(options.storage);
    const first = SAMPLE_SERIAL_NUMBERS[0] ?? "";
    const desk = new TokenDesk(await takeOut(first, options.now), options);
    desk.#clocks = { ...saved?.clocks };
    await desk.select(saved && findSampleSeed(saved.serialNumber) ? saved.serialNumber : first);
    return desk;
  }

  /** The token on the desk. */
  get token(): VirtualDisplayToken {
    return this.#token;
  }

  /** Puts another token of the box on the desk. */
  async select(serialNumber: string): Promise<void> {
    const token = await takeOut(serialNumber, this.#now);
    const clock = this.#clocks[serialNumber];
    if (clock) {
      const driftMs = clock.driftMs + ((this.#now() - clock.savedAtMs) * clock.ratePpm) / 1e6;
      // A clock that no control can have led to was edited or damaged: the token then has a right one.
      if (isPossibleClock(driftMs, clock.ratePpm)) {
        token.setDriftMs(driftMs);
        token.setRatePpm(clock.ratePpm);
      }
    }
    this.#token = token;
    this.save();
  }

  /** Remembers the token's clock; call it after setting one. */
  save(): void {
    const { serialNumber, driftMs, ratePpm } = this.#token;
    this.#clocks[serialNumber] = { driftMs, ratePpm, savedAtMs: this.#now() };
    const saved: SavedDesk = { serialNumber, clocks: this.#clocks };
    this.#storage.setItem(KEY, JSON.stringify(saved));
  }

  /** Sets every clock right and puts the first token on the desk. */
  async reset(): Promise<void> {
    this.#storage.removeItem(KEY);
    this.#clocks = {};
    await this.select(this.serialNumbers[0] ?? "");
  }
}

/** What a desk needs from outside: the host's clock in Unix milliseconds, and where to remember things. */
export interface TokenDeskOptions {
  readonly now: () => number;
  readonly storage: TextStorage;
}

async function takeOut(serialNumber: string, now: () => number): Promise<VirtualDisplayToken> {
  const seed = findSampleSeed(serialNumber);
  if (!seed) throw new RangeError(`the sample box has no token ${serialNumber}`);
  return VirtualDisplayToken.create(seed, { now });
}

/** What was saved, as far as it makes sense; anybody can have edited it. */
function readSaved(storage: TextStorage): SavedDesk | null {
  try {
    const saved: unknown = JSON.parse(storage.getItem(KEY) ?? "null");
    if (!isRecord(saved) || typeof saved["serialNumber"] !== "string" || !isRecord(saved["clocks"]))
      return null;
    const clocks = Object.entries(saved["clocks"]).filter((entry): entry is [string, SavedClock] =>
      isClock(entry[1]),
    );
    return { serialNumber: saved["serialNumber"], clocks: Object.fromEntries(clocks) };
  } catch {
    return null;
  }
}

function isClock(value: unknown): value is SavedClock {
  if (!isRecord(value)) return false;
  return ["driftMs", "ratePpm", "savedAtMs"].every((name) => Number.isFinite(value[name]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
