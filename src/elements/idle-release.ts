import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isTurnTaken, leaveTurn } from "./session-turns.ts";
import type { TokenConnection } from "./token-connection.ts";

/** What shows that somebody is at the page. */
const SIGNS = ["pointerdown", "pointermove", "keydown"] as const;

/** After so long without one of them, in milliseconds, a token is let go. */
const IDLE_MS = 60_000;

/**
 * Lets an open token go while nobody is at the page, so that other tabs and programs can have it, and opens it again at the first
 * sign of somebody, unless another part of the page has one open by then.
 */
export class IdleRelease implements ReactiveController {
  readonly #connection: TokenConnection;
  readonly #isNeeded: () => boolean;
  readonly #idleMs: number;
  #seenAtMs = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param isNeeded asked before: what is begun is not taken away */
  constructor(
    host: ReactiveControllerHost,
    connection: TokenConnection,
    isNeeded: () => boolean,
    idleMs = IDLE_MS,
  ) {
    this.#connection = connection;
    this.#isNeeded = isNeeded;
    this.#idleMs = idleMs;
    host.addController(this);
  }

  hostConnected(): void {
    for (const sign of SIGNS) window.addEventListener(sign, this.#seen, { capture: true, passive: true });
    this.#seenAtMs = performance.now();
    this.#wait();
  }

  hostDisconnected(): void {
    for (const sign of SIGNS) window.removeEventListener(sign, this.#seen, { capture: true });
    clearTimeout(this.#timer);
  }

  readonly #seen = (): void => {
    this.#seenAtMs = performance.now();
    const { state } = this.#connection;
    if (state.kind === "paused" && state.isIdle && !isTurnTaken()) this.#connection.resume();
  };

  #wait(): void {
    const leftMs = this.#seenAtMs + this.#idleMs - performance.now();
    // Idle for longer, it looks again from time to time: a token may be plugged in while nobody is there.
    this.#timer = setTimeout(this.#look, leftMs > 0 ? leftMs : this.#idleMs);
  }

  readonly #look = (): void => {
    if (performance.now() - this.#seenAtMs >= this.#idleMs) void this.#letGo();
    this.#wait();
  };

  async #letGo(): Promise<void> {
    const { state } = this.#connection;
    if (this.#isNeeded()) return;
    if (state.kind !== "ready" && (state.kind !== "locked" || state.isBusy)) return;
    await this.#connection.pause(true);
    leaveTurn(this.#connection);
  }
}
