import type { TokenTimer } from "../oath/token-timer.ts";
import { TIME_EPOCH_SECONDS } from "./tables.ts";

/** What the flash remembers of the last time set: minutes since 2014, nothing yet, or something unreadable. */
export type TimeMemory = number | "never-set" | "unreadable";

/** The time as a key without a clock knows it: what the host said last. */
export class HostSetClock {
  readonly #timer: TokenTimer;
  readonly #runsOn: boolean;
  #memory: TimeMemory;
  #seconds = 0;
  #setAtMs = 0;

  /** `runsOn`: a Storage counts the seconds since the time was set, a Pro does not. */
  constructor(timer: TokenTimer, runsOn: boolean, memory: TimeMemory) {
    this.#timer = timer;
    this.#runsOn = runsOn;
    this.#memory = memory;
  }

  get seconds(): number {
    const elapsed = this.#runsOn ? Math.floor((this.#timer.now() - this.#setAtMs) / 1000) : 0;
    return this.#seconds + elapsed;
  }

  /** SET_TIME; false when the key refuses: its memory is unreadable or later than `seconds`, and it is not forced. */
  set(seconds: number, isForced: boolean): boolean {
    const minutes = Math.floor((seconds - TIME_EPOCH_SECONDS) / 60);
    const isLater = typeof this.#memory === "number" && this.#memory > minutes;
    if (!isForced && (isLater || this.#memory === "unreadable")) return false;
    this.#seconds = seconds;
    this.#setAtMs = this.#timer.now();
    this.#memory = minutes;
    return true;
  }

  /** The working time is lost, the memory stays. */
  powerOff(): void {
    this.#seconds = 0;
    this.#setAtMs = this.#timer.now();
  }
}
