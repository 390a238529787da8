import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Credential, OathSession } from "../bridge/contract.ts";
import { isAbortError } from "../core/errors.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { ObservedCode } from "../mfa/contract.ts";
import type { TouchPrompt } from "./touch-prompt.ts";

/** A code that was asked for by hand stays this long at least, for it may come at the end of its time step. */
const HANDED_OUT_MS = 10_000;

/** Timers take no more than 24 days, and a token may name any period. */
const LONGEST_WAIT_MS = 60_000;

/** A code as it was read. */
interface ReadAt {
  readonly code: string;
  /** When the reading began: the moment the code belongs to. */
  readonly askedAtMs: number;
  readonly atMs: number;
  readonly movingFactor: number;
}

/** Why there is no code, and in which time step that was. */
interface Refused {
  readonly error: BridgeError;
  readonly movingFactor: number;
}

/** What the board needs of the element around it. */
export interface BoardHost extends ReactiveControllerHost {
  /** The clock: Unix milliseconds. */
  readonly now: () => number;
}

/** What the board tells. */
export interface BoardEvents {
  /** A code was read. */
  readonly onCode: (credential: Credential) => void;
  /** The token refused one credential, or was not touched: the others go on. */
  readonly onRefused: (credential: Credential, error: BridgeError) => void;
  /** The session is of no more use. */
  readonly onError: (error: unknown) => void;
}

/** The live codes of an open token: reads those that need no touch at every time step, the others when asked. */
export class CredentialBoard implements ReactiveController {
  readonly #host: BoardHost;
  readonly #touch: TouchPrompt;
  readonly #events: BoardEvents;
  readonly #codes = new Map<string, ReadAt>();
  readonly #refused = new Map<string, Refused>();
  /** Asked for a touch although the list did not say so. */
  readonly #touchy = new Set<string>();
  #session: OathSession | null = null;
  #credentials: readonly Credential[] = [];
  #work = new AbortController();
  #isReading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: BoardHost, touch: TouchPrompt, events: BoardEvents) {
    this.#host = host;
    this.#touch = touch;
    this.#events = events;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.#wake);
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#wake);
    this.stop();
  }

  start(session: OathSession, credentials: readonly Credential[]): void {
    if (session !== this.#session) {
      this.stop();
      this.#work = new AbortController();
    }
    this.#session = session;
    this.#credentials = credentials;
    this.#forgetOthers(new Set(credentials.map(({ id }) => id)));
    void this.#refresh();
  }

  /** A deleted account's code must not be shown for a new one of the same name. */
  #forgetOthers(ids: ReadonlySet<string>): void {
    for (const known of [this.#codes, this.#refused, this.#touchy]) {
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
    }
  }

  /** Forgets all codes and reads no more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#work.abort();
    this.#isReading = false;
    this.#session = null;
    this.#credentials = [];
    this.#codes.clear();
    this.#refused.clear();
    this.#touchy.clear();
  }

  /** The code to show now, with its age; null where there is none. */
  codeOf(credential: Credential): ObservedCode | null {
    const read = this.#codes.get(credential.id);
    if (!read || this.#expiresAtMs(credential, read) <= this.#host.now()) return null;
    return { code: read.code, ageMs: Math.max(0, this.#host.now() - read.askedAtMs) };
  }

  /** Why there is no code; null where there is no reason. */
  refusalOf({ id }: Credential): BridgeError | null {
    return this.#refused.get(id)?.error ?? null;
  }

  /** True where a code is read at a press only: it costs a touch, or a counter. */
  isByHand({ id, type, needsTouch }: Credential): boolean {
    return type === "hotp" || needsTouch || this.#touchy.has(id);
  }

  /** Reads a code by hand; the token may ask for a touch. */
  async show(credential: Credential): Promise<void> {
    const session = this.#session;
    const { signal } = this.#work;
    if (!session) return;
    this.#refused.delete(credential.id);
    const movingFactor = this.#stepOf(credential);
    const askedAtMs = this.#host.now();
    try {
      const code = await this.#touch.run(
        (options) => session.code(credential, { movingFactor }, { ...options, now: this.#host.now }),
        signal,
      );
      this.#take(credential, { code, askedAtMs, atMs: this.#host.now(), movingFactor });
      this.#forgetClock();
      this.#schedule();
    } catch (error) {
      this.#fail(credential, error, signal);
    }
  }

  /** A clock that one code needed set is right for all. */
  #forgetClock(): void {
    for (const [id, { error }] of this.#refused)
      if (error.name === "ClockRefusedError") this.#refused.delete(id);
  }

  readonly #wake = (): void => {
    void this.#refresh();
  };

  async #refresh(): Promise<void> {
    clearTimeout(this.#timer);
    const { signal } = this.#work;
    const session = this.#session;
    if (!session || this.#isReading || document.visibilityState === "hidden") return;
    this.#isReading = true;
    for (const credential of this.#credentials) {
      if (this.#isStale(credential)) await this.#readOne(session, credential, signal);
      if (signal.aborted) return;
    }
    this.#isReading = false;
    this.#host.requestUpdate();
    this.#schedule();
  }

  async #readOne(session: OathSession, credential: Credential, signal: AbortSignal): Promise<void> {
    const movingFactor = this.#stepOf(credential);
    const askedAtMs = this.#host.now();
    const own = new AbortController();
    // Nobody has asked for this code, so nobody is asked for a touch.
    const onTouch = () => {
      this.#touchy.add(credential.id);
      own.abort();
    };
    const options = { signal: AbortSignal.any([own.signal, signal]), onTouch, now: this.#host.now };
    try {
      const code = await session.code(credential, { movingFactor }, options);
      if (!signal.aborted) this.#take(credential, { code, askedAtMs, atMs: this.#host.now(), movingFactor });
    } catch (error) {
      if (!this.#touchy.has(credential.id)) this.#fail(credential, error, signal);
    }
  }

  #take(credential: Credential, read: ReadAt): void {
    this.#refused.delete(credential.id);
    // A counter's code does not age.
    this.#codes.set(credential.id, credential.type === "hotp" ? { ...read, askedAtMs: read.atMs } : read);
    this.#events.onCode(credential);
    this.#host.requestUpdate();
  }

  #fail(credential: Credential, error: unknown, signal: AbortSignal): void {
    if (signal.aborted || isAbortError(error)) return;
    const isOfOne =
      error instanceof BridgeError && (error.code === "status-word" || error.code === "touch-required");
    if (!isOfOne) {
      this.#events.onError(error);
      return;
    }
    const last = this.#refused.get(credential.id)?.error;
    this.#refused.set(credential.id, { error, movingFactor: this.#stepOf(credential) });
    // What it showed before is of another time step.
    this.#codes.delete(credential.id);
    // Tried again at each time step, but said once.
    if (last?.name !== error.name || last.message !== error.message)
      this.#events.onRefused(credential, error);
    this.#host.requestUpdate();
  }

  #isStale(credential: Credential): boolean {
    if (this.isByHand(credential)) return false;
    if (this.#refused.get(credential.id)?.movingFactor === this.#stepOf(credential)) return false;
    return this.#codes.get(credential.id)?.movingFactor !== this.#stepOf(credential);
  }

  #stepOf({ periodSeconds }: Credential): number {
    return Math.floor(this.#host.now() / 1000 / periodSeconds);
  }

  /** A code read by itself is shown until the next has taken its place. */
  #expiresAtMs(credential: Credential, { atMs, movingFactor }: ReadAt): number {
    if (credential.type === "hotp" || !this.isByHand(credential)) return Infinity;
    return Math.max((movingFactor + 1) * credential.periodSeconds * 1000, atMs + HANDED_OUT_MS);
  }

  /** To the next moment at which something changes: a time step begins, a code by hand goes away. */
  #schedule(): void {
    clearTimeout(this.#timer);
    const nowMs = this.#host.now();
    const moments = this.#credentials.flatMap((credential) => {
      if (credential.type === "hotp") return [];
      if (!this.isByHand(credential))
        return [(this.#stepOf(credential) + 1) * credential.periodSeconds * 1000];
      const read = this.#codes.get(credential.id);
      const atMs = read ? this.#expiresAtMs(credential, read) : 0;
      return atMs > nowMs ? [atMs] : [];
    });
    if (moments.length === 0) return;
    const isLate = this.#credentials.some((credential) => this.#isStale(credential));
    this.#timer = setTimeout(this.#wake, isLate ? 0 : Math.min(...moments, nowMs + LONGEST_WAIT_MS) - nowMs);
  }
}
