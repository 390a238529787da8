import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { OathSession, OathToken, TokenEvent, TokenSource } from "../bridge/contract.ts";
import { raceWithSignal } from "../core/abort.ts";
import { BridgeError, type BridgeErrorCode } from "../core/bridge-error.ts";
import { type ConnectionState, tokenOf, withoutToken } from "./connection-state.ts";
import { isSameToken, isThisToken } from "./same-token.ts";
import { leaveTurn, type SessionHolder, takeTurn } from "./session-turns.ts";

/** The element that wants a token. */
export interface ConnectionHost extends ReactiveControllerHost {
  readonly activeTokenSource: TokenSource | undefined;
}

/**
 * The way to one token: choose, open, unlock, list, and back again when it is unplugged. One thing runs at a time, a new
 * one aborts the last. The session is closed on every way out: error, unplug, disconnect, a page that is left.
 */
export class TokenConnection implements ReactiveController, SessionHolder {
  #state: ConnectionState = { kind: "idle" };
  readonly #host: ConnectionHost;
  readonly #onState: (state: ConnectionState) => void;
  #watch: AbortController | null = null;
  #work = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #session: OathSession | null = null;

  /** @param onState told of each new state, before it is drawn */
  constructor(host: ConnectionHost, onState: (state: ConnectionState) => void) {
    this.#host = host;
    this.#onState = onState;
    host.addController(this);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  hostConnected(): void {
    window.addEventListener("pagehide", this.#hidden);
  }

  hostDisconnected(): void {
    window.removeEventListener("pagehide", this.#hidden);
    void this.close();
  }

  /** Follows plug and unplug, and opens the token the page was given before, if there is one. */
  load(): Promise<void> {
    return this.#run(null, async (signal) => {
      const source = this.#host.activeTokenSource;
      if (!source) return;
      this.#follow(source);
      await this.#drop();
      const tokens = await raceWithSignal(source.grantedTokens(), signal);
      const [only] = tokens;
      if (tokens.length === 1 && only) await this.#open(only, signal);
      else this.#set(tokens.length === 0 ? { kind: "idle" } : { kind: "several", tokens });
    });
  }

  /** Opens the browser's chooser: call it from a press. A dismissed chooser changes nothing. */
  connect(api: "webusb" | "webhid"): Promise<void> {
    return this.#run(null, async (signal) => {
      const source = this.#host.activeTokenSource;
      if (!source) return;
      this.#follow(source);
      this.#set({ kind: "choosing" });
      // A chooser cannot be closed from here: who leaves it open does not keep the element waiting.
      const token = await raceWithSignal(source.requestToken({ api }), signal);
      await this.#drop();
      if (token) await this.#open(token, signal);
      else this.#set({ kind: "idle" });
    });
  }

  use(token: OathToken, takeOver = false): Promise<void> {
    return this.#run(token, (signal) => this.#open(token, signal, takeOver));
  }

  /** Only while `locked`. */
  async unlock(password: string): Promise<void> {
    const locked = this.#state;
    if (locked.kind !== "locked" || locked.isBusy) return;
    const { token, session } = locked;
    await this.#run(token, async (signal) => {
      this.#set({ ...locked, isBusy: true, error: null });
      try {
        await session.unlock(password, { signal });
      } catch (error) {
        if (signal.aborted || !isBridgeError(error, "wrong-password")) throw error;
        this.#set({ ...locked, isBusy: false, error });
        return;
      }
      await this.#list(token, session, signal);
    });
  }

  /** Lists anew after a change on the token. */
  async relist(): Promise<void> {
    if (this.#state.kind !== "ready") return;
    const { token, session } = this.#state;
    await this.#run(token, (signal) => this.#list(token, session, signal, true));
  }

  retry(takeOver = false): Promise<void> {
    const token = tokenOf(this.#state);
    return token ? this.use(token, takeOver) : this.load();
  }

  /** Gives the permission for the token back. */
  async forget(): Promise<void> {
    const token = tokenOf(this.#state);
    await this.#run(token, async () => {
      await this.#drop();
      await token?.forget();
      leaveTurn(this);
      this.#set({ kind: "idle" });
    });
  }

  /** Something done with the session failed. Unplugged and locked have their own ways on. */
  fail(error: unknown): Promise<void> {
    const token = tokenOf(this.#state);
    return this.#run(token, () => this.#fail(error, token));
  }

  readonly #hidden = (): void => void this.close();

  /** Ends everything and lets the token go. */
  async close(): Promise<void> {
    this.#watch?.abort();
    this.#watch = null;
    await this.#run(null, async () => {
      await this.#drop();
      leaveTurn(this);
      this.#set({ kind: "idle" });
    });
  }

  async pause(isIdle = false): Promise<void> {
    const token = tokenOf(this.#state);
    await this.#run(token, async () => {
      await this.#drop();
      if (token) this.#set({ kind: "paused", token, isIdle });
    });
  }

  resume(): void {
    if (this.#state.kind === "paused") void this.use(this.#state.token);
  }

  #follow(source: TokenSource): void {
    if (this.#watch) return;
    this.#watch = new AbortController();
    source.watchTokens(this.#onPlug, { signal: this.#watch.signal });
  }

  readonly #onPlug = ({ kind, token }: TokenEvent): void => {
    const { state } = this;
    if (kind === "unplugged") this.#unplugged(token);
    else if (state.kind === "several") this.#set({ kind: "several", tokens: [...state.tokens, token] });
    else if (state.kind === "idle" || state.kind === "failed") void this.use(token);
    else if (state.kind === "unplugged") {
      if (isSameToken(state.token, token)) void this.use(token);
      else this.#set({ ...state, other: token });
    }
  };

  #unplugged(gone: OathToken): void {
    const { state } = this;
    const current = tokenOf(state);
    if (state.kind === "several") this.#set(withoutToken(state.tokens, gone));
    // A paused one finds out when its turn comes back: the token may be there again by then.
    else if (state.kind !== "paused" && current && isThisToken(current, gone)) {
      // Said at once: closing may take until the exchange under way has failed, and the token may come back before.
      void this.#run(current, () => this.#drop());
      this.#set({ kind: "unplugged", token: current, other: null });
    } else if (state.kind === "unplugged" && state.other && isThisToken(state.other, gone)) {
      this.#set({ ...state, other: null });
    }
  }

  /** Runs one thing after what ran before, which it aborts. Its errors become a state. */
  #run(token: OathToken | null, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    const before = this.#running;
    this.#running = (async () => {
      await before;
      if (signal.aborted) return;
      try {
        await work(signal);
      } catch (error) {
        if (!signal.aborted) await this.#fail(error, tokenOf(this.#state) ?? token);
      }
    })();
    return this.#running;
  }

  async #open(token: OathToken, signal: AbortSignal, takeOver = false): Promise<void> {
    await this.#drop();
    if (signal.aborted) return; // Taking a turn makes others pause, and they may be waiting for this very end.
    this.#set({ kind: "opening", token });
    await takeTurn(this);
    if (signal.aborted) return;
    const session = await token.open({ signal, takeOver, onTakenOver: (error) => void this.fail(error) });
    if (signal.aborted) {
      await session.close();
      return;
    }
    this.#session = session;
    if (session.locked) this.#set({ kind: "locked", token, session, isBusy: false, error: null });
    else await this.#list(token, session, signal);
  }

  async #list(token: OathToken, session: OathSession, signal: AbortSignal, isQuiet = false): Promise<void> {
    if (!isQuiet) this.#set({ kind: "reading", token, session });
    const credentials = await session.list({ signal });
    if (!signal.aborted) this.#set({ kind: "ready", token, session, credentials });
  }

  async #fail(error: unknown, token: OathToken | null): Promise<void> {
    const session = this.#session;
    if (isBridgeError(error, "locked") && token && session) {
      this.#set({ kind: "locked", token, session, isBusy: false, error: null });
      return;
    }
    await this.#drop();
    if (isBridgeError(error, "unplugged") && token) this.#set({ kind: "unplugged", token, other: null });
    else this.#set({ kind: "failed", token, error });
  }

  async #drop(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    // A token that is gone cannot be closed well, and nothing follows from it.
    await session?.close().catch(() => {});
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    this.#onState(state);
    this.#host.requestUpdate();
  }
}

function isBridgeError(error: unknown, code: BridgeErrorCode): boolean {
  return error instanceof BridgeError && error.code === code;
}
