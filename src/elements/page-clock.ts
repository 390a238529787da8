import { certainOffsetMs, type ClockOffset, ClockJumps } from "../core/clock-offset.ts";

/** From here on a wrong clock is spoken of: its codes are near the edge of what is accepted. */
const WARN_MS = 5_000;

/** From here on no code is read over USB: a token without a clock of its own computes it for the time that we name. */
const REFUSE_MS = 30_000;

/** How often wall and steady clock are compared. */
const LOOK_MS = 1_000;

/** What is known of this computer's clock. */
export type ClockVerdict = "unknown" | "right" | "off" | "wrong";

/** A page's own way to ask a server for the time; null where there is no answer to rely on. */
export type MeasureOffset = () => Promise<ClockOffset | null>;

/** Knows how far this computer's clock is off, measured anew after each jump of it. */
export class PageClock {
  readonly #measure: MeasureOffset;
  readonly #jumps: ClockJumps;
  readonly #life = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  #offset: ClockOffset | null = null;

  constructor(
    measure: MeasureOffset,
    clocks = { wallMs: () => Date.now(), steadyMs: () => performance.now() },
  ) {
    this.#measure = measure;
    this.#jumps = new ClockJumps(clocks);
    this.#timer = setInterval(this.#look, LOOK_MS);
    const { signal } = this.#life;
    document.addEventListener("visibilitychange", this.#look, { signal });
    document.addEventListener("resume", this.#look, { signal });
    window.addEventListener("pageshow", this.#look, { signal });
    void this.refresh();
  }

  /** Null until it is known. */
  get offset(): ClockOffset | null {
    return this.#offset;
  }

  /** `off` from 5 s on, `wrong` from 30 s on, both beyond what the measuring itself may be wrong by. */
  get verdict(): ClockVerdict {
    if (!this.#offset) return "unknown";
    const offMs = certainOffsetMs(this.#offset);
    if (offMs > REFUSE_MS) return "wrong";
    return offMs > WARN_MS ? "off" : "right";
  }

  /** Measures again. What cannot be measured is not known. */
  async refresh(): Promise<void> {
    this.#offset = await this.#measure().catch(() => null);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#life.abort();
  }

  readonly #look = (): void => {
    if (this.#jumps.look() === 0) return;
    // What was known was of the clock as it stood before.
    this.#offset = null;
    void this.refresh();
  };
}

let current: PageClock | null = null;

/** The page's clock, for all elements on it; null where the page asks nobody for the time, as elements by themselves do not. */
export function pageClock(): PageClock | null {
  return current;
}

/** Has the elements look at this clock from now on. Stops the one before. */
export function usePageClock(clock: PageClock | null): void {
  current?.stop();
  current = clock;
}
