import type { Bytes } from "../../core/bytes.ts";
import { utf8Bytes } from "../../core/bytes.ts";
import { sameBytes } from "../oath/hmac.ts";
import { LAYOUT } from "./tables.ts";

const TRIES = 3;

/** The user PIN of a Nitrokey and the temporary password a host put in its place. */
export class UserPin {
  readonly #pin: Bytes;
  #triesLeft = TRIES;
  #temporary: Bytes | null = null;

  constructor(pin: string) {
    this.#pin = utf8Bytes(pin);
  }

  get triesLeft(): number {
    return this.#triesLeft;
  }

  /** Checks a PIN, zero-padded to 25 bytes; when it is right, `temporary` stands for it until the power goes. */
  authenticate(pin: Bytes, temporary: Bytes): boolean {
    const expected = new Uint8Array(LAYOUT.PASSWORD_LENGTH);
    expected.set(this.#pin);
    const isRight = this.#triesLeft > 0 && sameBytes(pin, expected);
    if (isRight) this.#temporary = temporary;
    this.#triesLeft = isRight ? TRIES : Math.max(0, this.#triesLeft - 1);
    return isRight;
  }

  /** True when `temporary` is what the last right PIN came with. */
  accepts(temporary: Bytes): boolean {
    return this.#temporary !== null && sameBytes(temporary, this.#temporary);
  }

  lock(): void {
    this.#temporary = null;
  }
}
