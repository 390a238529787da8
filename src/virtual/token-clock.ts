/** A quartz clock that is wrong by an offset and runs too fast or too slow, seen against the host's clock. */
export class TokenClock {
  readonly #now: () => number;
  #anchorMs: number;
  #offsetMs = 0;
  #ratePpm = 0;

  /** `now` is the host's clock in Unix milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
    this.#anchorMs = now();
  }

  /** What this clock shows, in Unix milliseconds. */
  get timeMs(): number {
    return this.#now() + this.driftMs;
  }

  /** This clock minus the host's, in milliseconds; ahead is positive. */
  get driftMs(): number {
    return this.#offsetMs + ((this.#now() - this.#anchorMs) * this.#ratePpm) / 1e6;
  }

  set driftMs(driftMs: number) {
    if (!Number.isFinite(driftMs)) throw new RangeError("a drift is a finite number of milliseconds");
    this.#anchorMs = this.#now();
    this.#offsetMs = driftMs;
  }

  /** Parts per million by which it runs fast; a watch crystal stays within about ±20 at room temperature. */
  get ratePpm(): number {
    return this.#ratePpm;
  }

  set ratePpm(ratePpm: number) {
    if (!Number.isFinite(ratePpm)) throw new RangeError("a rate is a finite number of parts per million");
    // What has drifted so far stays: only what comes from now on runs at the new rate.
    const driftMs = this.driftMs;
    this.driftMs = driftMs;
    this.#ratePpm = ratePpm;
  }
}
