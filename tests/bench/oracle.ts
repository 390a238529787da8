import { HOTP, Secret, TOTP } from "otpauth";
import type { Seed } from "../../src/otp/index.ts";

/** `otpauth`, the peer all ratios are against and the judge of every answer. */
export class Oracle {
  readonly #seed: Seed;
  readonly #secret: Secret;

  constructor(seed: Seed) {
    this.#seed = seed;
    this.#secret = new Secret({ buffer: seed.secret.slice().buffer });
  }

  code(movingFactor: number): string {
    const { algorithm, digits } = this.#seed;
    return HOTP.generate({ secret: this.#secret, algorithm, digits, counter: movingFactor });
  }

  /** The codes of `count` moving factors, the last of them at `last`. */
  consecutive(last: number, count: number): string[] {
    return Array.from({ length: count }, (_, index) => this.code(last - count + 1 + index));
  }

  /** How many steps `token` is away, or null. It leaves off at a hit: only a miss does all of the window's work. */
  validate(token: string, timestamp: number, window: number): number | null {
    const { algorithm, digits, periodSeconds: period } = this.#seed;
    return TOTP.validate({ token, secret: this.#secret, algorithm, digits, period, timestamp, window });
  }

  /** A code that no moving factor of the range shows (both ends inclusive). */
  codeOutside(first: number, last: number): string {
    const shown = new Set<string>();
    for (let factor = first; factor <= last; factor += 1) shown.add(this.code(factor));
    let missing = 0;
    while (shown.has(format(missing, this.#seed.digits))) missing += 1;
    return format(missing, this.#seed.digits);
  }
}

function format(code: number, digits: number): string {
  return String(code).padStart(digits, "0");
}
