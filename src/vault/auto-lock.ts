/** When to lock by itself, in milliseconds. */
export interface AutoLockTimes {
  /** After so long without a call. */
  readonly idleMs: number;
  /** After the page was hidden for so long. */
  readonly hiddenMs: number;
}

/** Clocks and timers; tests turn their own. */
export interface AutoLockClock {
  /** Unix milliseconds. */
  wallMs(): number;
  /** A clock nobody sets; it may stand still while the machine sleeps. */
  steadyMs(): number;
  /** Calls `callback` once after `milliseconds`, or late; returns what takes it back. */
  after(milliseconds: number, callback: () => void): () => void;
}

const REAL_CLOCK: AutoLockClock = {
  wallMs: () => Date.now(),
  steadyMs: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

interface Moment {
  readonly wallMs: number;
  readonly steadyMs: number;
}

/**
 * Locks when nobody uses the vault any more. Timers are late in hidden pages and stand still in frozen ones, so that each
 * call looks at the clocks, too, before it is let through.
 */
export class AutoLock {
  readonly #times: AutoLockTimes;
  readonly #lock: () => void;
  readonly #clock: AutoLockClock;
  #usedAt: Moment;
  #hiddenAt: Moment | undefined;
  #underWay = 0;
  #disarm: (() => void) | undefined;

  constructor(times: AutoLockTimes, lock: () => void, clock: AutoLockClock = REAL_CLOCK) {
    this.#times = times;
    this.#lock = lock;
    this.#clock = clock;
    this.#usedAt = this.#now();
    this.#arm();
  }

  /** Runs a call that counts as use: it is not interrupted, and the time without one begins at its end. */
  async around<T>(work: () => Promise<T>): Promise<T> {
    this.#lockIfDue();
    this.#underWay += 1;
    try {
      return await work();
    } finally {
      this.#underWay -= 1;
      this.#usedAt = this.#now();
      this.#arm();
    }
  }

  /** The page is hidden from now on. */
  hidden(): void {
    this.#hiddenAt ??= this.#now();
    this.#arm();
  }

  /** The page can be seen again. */
  shown(): void {
    this.#lockIfDue();
    this.#hiddenAt = undefined;
    this.#arm();
  }

  /** Milliseconds until it locks by itself, if nobody uses it before; those of the whole time while a call is under way. */
  get leftMs(): number {
    return this.#underWay > 0 ? this.#times.idleMs : Math.max(0, this.#remainingMs());
  }

  /** Takes the timer back. */
  stop(): void {
    this.#disarm?.();
    this.#disarm = undefined;
  }

  #lockIfDue(): void {
    if (this.#underWay > 0 || this.#remainingMs() > 0) return;
    this.#lock();
    // Once is enough: the time starts anew.
    this.#usedAt = this.#now();
    if (this.#hiddenAt) this.#hiddenAt = this.#now();
  }

  #arm(): void {
    this.stop();
    if (this.#underWay > 0) return;
    this.#disarm = this.#clock.after(Math.max(0, this.#remainingMs()), () => {
      this.#lockIfDue();
      this.#arm();
    });
  }

  #remainingMs(): number {
    const { idleMs, hiddenMs } = this.#times;
    const untilIdle = idleMs - this.#since(this.#usedAt);
    return this.#hiddenAt ? Math.min(untilIdle, hiddenMs - this.#since(this.#hiddenAt)) : untilIdle;
  }

  /** By whichever clock says more: one may have been set back, the other stood still. */
  #since({ wallMs, steadyMs }: Moment): number {
    const now = this.#now();
    return Math.max(now.wallMs - wallMs, now.steadyMs - steadyMs);
  }

  #now(): Moment {
    return { wallMs: this.#clock.wallMs(), steadyMs: this.#clock.steadyMs() };
  }
}
