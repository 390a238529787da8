import type { TokenTimer } from "../oath/token-timer.ts";

/** How long the page keeps the buffer after its last request, canokey-core interfaces/USB/class/webusb/webusb.c. */
export const HOLD_MS = 2000;

/** The one APDU buffer of a CanoKey, which its WebUSB and its smart-card interface take in turns. */
export class ApduBuffer {
  readonly #timer: TokenTimer;
  readonly #holdMs: number;
  #owner: "webusb" | "ccid" | null = null;
  /** Set while the page owns the buffer but runs nothing: the moment it loses it. */
  #heldUntilMs: number | null = null;

  /** `holdMs` is 0 for firmware before 3.0.0, which gives the buffer back at once. */
  constructor(timer: TokenTimer, holdMs: number) {
    this.#timer = timer;
    this.#holdMs = holdMs;
  }

  get owner(): "webusb" | "ccid" | null {
    const isOver = this.#heldUntilMs !== null && this.#timer.now() >= this.#heldUntilMs;
    if (isOver) this.release();
    return this.#owner;
  }

  /** Takes the buffer; false when the other interface has it. */
  take(owner: "webusb" | "ccid"): boolean {
    if (this.owner !== null && this.#owner !== owner) return false;
    this.#owner = owner;
    this.#heldUntilMs = null;
    return true;
  }

  /** The page has its answer: from now on it keeps the buffer only for a while. */
  hold(): void {
    this.#heldUntilMs = this.#timer.now() + this.#holdMs;
  }

  /** Any request of the page starts that while again. */
  extend(): void {
    if (this.#heldUntilMs !== null) this.hold();
  }

  release(): void {
    this.#owner = null;
    this.#heldUntilMs = null;
  }
}
