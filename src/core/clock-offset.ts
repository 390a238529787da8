/** How far a clock is from the server's, and how sure that is. Both in milliseconds. */
export interface ClockOffset {
  /** The server's time minus ours: positive where our clock is behind. */
  readonly offsetMs: number;
  /** The true offset lies no further away than this. */
  readonly uncertaintyMs: number;
}

/** One question to a server for its time: our wall clock when it was sent, and how long the answer took by a steady clock. */
export interface DateExchange {
  /** Unix milliseconds. */
  readonly sentAtMs: number;
  readonly roundTripMs: number;
  /** Of the answer; null where there is none. */
  readonly date: string | null;
  /** Seconds that a cache kept the answer; null where none did. */
  readonly age?: string | null;
}

/**
 * The offset that the `Date` header of an answer shows (RFC 9110 section 6.6.1): whole seconds, rounded down, of a moment between
 * question and answer. Null for an answer out of a cache, or without a date.
 */
export function offsetFromDate({ sentAtMs, roundTripMs, date, age }: DateExchange): ClockOffset | null {
  const serverMs = date === null ? Number.NaN : Date.parse(date);
  const isFresh = age === undefined || age === null || Number(age) === 0;
  if (!Number.isFinite(serverMs) || !isFresh) return null;
  return {
    offsetMs: serverMs + 500 - (sentAtMs + roundTripMs / 2),
    uncertaintyMs: roundTripMs / 2 + 1000,
  };
}

/** By how much a clock is off at the least, whatever the uncertainty. */
export function certainOffsetMs({ offsetMs, uncertaintyMs }: ClockOffset): number {
  return Math.max(0, Math.abs(offsetMs) - uncertaintyMs);
}

/** Wall and steady clock drift apart by less than this between two looks, in milliseconds, unless one of them was set or slept. */
const TOLERANCE_MS = 2_000;

/** Notices when the wall clock was set, or the machine slept, by a clock nobody sets (which may stand still in sleep). */
export class ClockJumps {
  readonly #wallMs: () => number;
  readonly #steadyMs: () => number;
  #apartMs: number;

  constructor(clocks: { readonly wallMs: () => number; readonly steadyMs: () => number }) {
    this.#wallMs = clocks.wallMs;
    this.#steadyMs = clocks.steadyMs;
    this.#apartMs = this.#wallMs() - this.#steadyMs();
  }

  /** Milliseconds that the wall clock has jumped since the last look, forward positive; 0 where it has not. */
  look(): number {
    const apartMs = this.#wallMs() - this.#steadyMs();
    const jumpMs = apartMs - this.#apartMs;
    this.#apartMs = apartMs;
    return Math.abs(jumpMs) > TOLERANCE_MS ? jumpMs : 0;
  }
}
