import { createOtpEngine, type OtpEngine, type Seed, timeStepAt } from "../otp/index.ts";
import { TokenClock } from "./token-clock.ts";

/** How long a press keeps the display on, as on common key fobs. */
const LIT_MS = 30_000;

/** Bars of the time indicator on the display: all are shown at the start of a time step, one at its end. */
export const DISPLAY_BARS = 6;

/** What a person sees on the display. */
export type TokenDisplay =
  | { readonly lit: false }
  | {
      readonly lit: true;
      /** The code, leading zeros kept. */
      readonly digits: string;
      /** Whole seconds until the digits change (TOTP) or the display goes dark (HOTP), 1 or more. */
      readonly secondsLeft: number;
      /** 1 … {@link DISPLAY_BARS} for TOTP; 0 for HOTP, which has no time indicator. */
      readonly bars: number;
    };

const DARK = { lit: false } as const satisfies TokenDisplay;

/** A key fob with an LCD and one button, modelled: it has its own clock and shows codes, never its secret. */
export class VirtualDisplayToken {
  readonly serialNumber: string;
  readonly type: "totp" | "hotp";
  readonly digits: number;
  readonly periodSeconds: number;
  readonly manufacturer: string;
  readonly model: string;
  readonly #seed: Seed;
  readonly #engine: OtpEngine;
  readonly #now: () => number;
  readonly #clock: TokenClock;
  #litUntilMs = Number.NEGATIVE_INFINITY;
  #counter: number;

  private constructor(seed: Seed, engine: OtpEngine, now: () => number) {
    this.serialNumber = seed.serialNumber;
    this.type = seed.type;
    this.digits = seed.digits;
    this.periodSeconds = seed.periodSeconds;
    this.manufacturer = seed.manufacturer ?? "";
    this.model = seed.model ?? "";
    this.#seed = seed;
    this.#engine = engine;
    this.#now = now;
    this.#clock = new TokenClock(now);
    // The first press shows the counter that the verifier expects next.
    this.#counter = seed.counter - 1;
  }

  /** Builds the token of `seed`. `now` is the host's clock in Unix milliseconds. */
  static async create(seed: Seed, options: { readonly now: () => number }): Promise<VirtualDisplayToken> {
    return new VirtualDisplayToken(seed, await createOtpEngine(), options.now);
  }

  /** The token's clock minus the host's now, in milliseconds; ahead is positive. */
  get driftMs(): number {
    return this.#clock.driftMs;
  }

  /** How much its clock runs fast, in parts per million. */
  get ratePpm(): number {
    return this.#clock.ratePpm;
  }

  /** Puts its clock `driftMs` ahead of the host's (behind when negative). */
  setDriftMs(driftMs: number): void {
    this.#clock.driftMs = driftMs;
  }

  /** Moves its clock by whole time steps. */
  nudge(steps: number): void {
    this.#clock.driftMs += steps * this.periodSeconds * 1000;
  }

  /** Makes its clock run fast (slow when negative) from now on. */
  setRatePpm(ratePpm: number): void {
    this.#clock.ratePpm = ratePpm;
  }

  /**
   * Presses the button. A dark display lights up; a lit TOTP display stays as it is, for the button only wakes it. An
   * HOTP token moves to its next counter at every press (RFC 4226 section 7.2).
   */
  press(): void {
    const isLit = this.#now() < this.#litUntilMs;
    if (this.type === "hotp") this.#counter += 1;
    if (!isLit || this.type === "hotp") this.#litUntilMs = this.#now() + LIT_MS;
  }

  /** What the display shows now. While lit it follows the token's clock from one code to the next. */
  display(): TokenDisplay {
    const litMs = this.#litUntilMs - this.#now();
    if (litMs <= 0) return DARK;
    if (this.type === "hotp") {
      const digits = this.#engine.code(this.#seed, this.#counter);
      return { lit: true, digits, secondsLeft: Math.ceil(litMs / 1000), bars: 0 };
    }
    const timeMs = this.#clock.timeMs;
    const step = timeStepAt(this.#seed, timeMs);
    // A clock set back before T0 has no code to show.
    if (step < 0) return DARK;
    const endSeconds = this.#seed.t0Seconds + (step + 1) * this.periodSeconds;
    const left = endSeconds - timeMs / 1000;
    return {
      lit: true,
      digits: this.#engine.code(this.#seed, step),
      secondsLeft: Math.max(1, Math.ceil(left)),
      bars: Math.min(DISPLAY_BARS, Math.max(1, Math.ceil((left / this.periodSeconds) * DISPLAY_BARS))),
    };
  }
}
