import { nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import type { Credential, OathSession, TokenSource } from "../bridge/contract.ts";
import { BridgeError, TokenInOtherTabError } from "../core/bridge-error.ts";
import { isAbortError } from "../core/errors.ts";
import type { Announcer } from "./announcer.ts";
import { bridgeErrorText } from "./bridge-error-text.ts";
import { canReadTokens } from "./browser-tokens.ts";
import type { CodeReader, CodeReading } from "./code-reader.ts";
import { clockText } from "./clock-text.ts";
import { choosersOf, tokenName } from "./connect-view.ts";
import type { ConnectionState } from "./connection-state.ts";
import { rawName } from "./credential-name.ts";
import type { Messages } from "./messages.ts";
import { pageClock } from "./page-clock.ts";
import { renderReading } from "./reading-view.ts";
import { TokenConnection } from "./token-connection.ts";
import { TouchPrompt } from "./touch-prompt.ts";

/** The element whose fields are read into. */
export interface ReadingHost extends ReactiveControllerHost {
  readonly text: Messages;
  readonly activeTokenSource: TokenSource | undefined;
  readonly renderRoot: HTMLElement | DocumentFragment;
  readonly isConnected: boolean;
}

/** What the fields want. */
export interface Wanted {
  /** How many codes in a row. */
  readonly count: number;
  /** Digits of the codes; null takes any that an MFA code has. */
  readonly digits: number | null;
  readonly signal?: AbortSignal;
}

/** What was read, with what is known of the token and of the account it was read from. */
export interface TokenReadingResult extends CodeReading {
  readonly serialNumber: string | null;
  readonly credential: Credential;
}

/**
 * Reads codes from a token into the fields of a wizard: opens the token the page was given (or asks for one), unlocks it,
 * lets the person choose an account, asks for touches, and lets the token go again. The fields stay open all the while.
 */
export class TokenReading implements CodeReader {
  readonly #host: ReadingHost;
  readonly #announcer: Announcer;
  readonly #touch: TouchPrompt;
  readonly #connection: TokenConnection;
  #wanted: Wanted | null = null;
  #settle: ((result: TokenReadingResult | null) => void) | null = null;
  /** The accounts to choose from, while they wait for that. */
  #choice: readonly Credential[] = [];
  #problem = "";

  constructor(host: ReadingHost, announcer: Announcer) {
    this.#host = host;
    this.#announcer = announcer;
    this.#touch = new TouchPrompt(host, announcer);
    this.#connection = new TokenConnection(host, (state) => this.#entered(state));
    host.addController({ hostDisconnected: () => this.stop() });
  }

  /** True where there is a token source and this browser lets it read. */
  get isPossible(): boolean {
    const source = this.#host.activeTokenSource;
    return source !== undefined && canReadTokens(source);
  }

  get isRunning(): boolean {
    return this.#settle !== null;
  }

  /** Null when the person gave up or nothing could be read; the reason is then shown. */
  async read(wanted: Partial<Wanted>): Promise<TokenReadingResult | null> {
    this.stop();
    const { text } = this.#host;
    const verdict = pageClock()?.verdict;
    if (verdict === "wrong") {
      this.#fail(clockText(text));
      return null;
    }
    const { promise, settle } = withSettler<TokenReadingResult | null>();
    this.#settle = settle;
    this.#wanted = { count: 1, digits: null, ...wanted };
    wanted.signal?.addEventListener("abort", this.stop, { once: true });
    this.#host.requestUpdate();
    await this.#connection.load();
    this.#chooseIfNone();
    const result = await promise;
    wanted.signal?.removeEventListener("abort", this.stop);
    if (result && verdict === "off") this.#problem = clockText(text);
    return result;
  }

  /** Where one chooser leads to all tokens, the press that began this opens it. */
  #chooseIfNone(): void {
    const source = this.#host.activeTokenSource;
    if (!source || this.#connection.state.kind !== "idle" || !this.isRunning) return;
    const [only, ...more] = choosersOf(source);
    if (only && more.length === 0) void this.#connect(only.api);
    else void this.#focus();
  }

  async #connect(api: "webusb" | "webhid"): Promise<void> {
    await this.#connection.connect(api);
    // A dismissed chooser is a change of mind.
    if (this.#connection.state.kind === "idle") this.stop();
  }

  /** Gives up; the fields are left as they are. */
  readonly stop = (): void => {
    this.#problem = "";
    this.#finish(null);
  };

  #finish(result: TokenReadingResult | null): void {
    const settle = this.#settle;
    this.#settle = null;
    this.#wanted = null;
    this.#choice = [];
    if (result === null && settle && this.#host.isConnected) void this.#goBack();
    this.#touch.cancel();
    if (settle) void this.#connection.close();
    settle?.(result);
    this.#host.requestUpdate();
  }

  /** Where the focus went away with the panel, it goes back to where the reading began. */
  async #goBack(): Promise<void> {
    await this.#host.updateComplete;
    if (document.activeElement !== document.body) return;
    this.#host.renderRoot.querySelector<HTMLElement>("button.read, oath-code")?.focus();
  }

  #entered(state: ConnectionState): void {
    if (!this.isRunning) return;
    const { text } = this.#host;
    if (state.kind === "ready") this.#offer(state.session, state.credentials);
    else if (state.kind === "unplugged") this.#giveUp(new BridgeError("unplugged", "It was unplugged."));
    else if (state.kind === "failed" && state.error instanceof TokenInOtherTabError) {
      this.#announcer.alert(bridgeErrorText(state.error, text));
      void this.#focus();
    } else if (state.kind === "failed") this.#giveUp(state.error);
    else if (state.kind === "locked" && !state.isBusy) {
      if (state.error === null) this.#announcer.say(text.token.locked(tokenName(state.token, text)));
      else this.#announcer.alert(bridgeErrorText(state.error, text));
      void this.#focus();
    } else if (state.kind === "several") void this.#focus();
  }

  /** Goes to what is asked: the press that began the reading has nothing more to do. */
  async #focus(): Promise<void> {
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>(".reading [data-focus]")?.focus();
  }

  #giveUp(error: unknown): void {
    const { text } = this.#host;
    this.#fail(isAbortError(error) ? text.token.readAborted : bridgeErrorText(error, text));
  }

  #fail(problem: string): void {
    this.#problem = problem;
    this.#announcer.alert(problem);
    this.#finish(null);
  }

  #offer(session: OathSession, credentials: readonly Credential[]): void {
    const digits = this.#wanted?.digits ?? null;
    const fitting = credentials.filter((credential) => fits(credential, digits));
    const [only] = fitting;
    if (!only) {
      const { bridgeErrors, token } = this.#host.text;
      this.#fail(
        credentials.length === 0 ? bridgeErrors["no-credentials"]({ status: "" }) : token.readNothing,
      );
    } else if (fitting.length === 1) void this.#readFrom(session, only);
    else {
      this.#choice = fitting;
      this.#announcer.say(this.#host.text.token.chooseAccount);
      void this.#focus();
    }
  }

  async #readFrom(session: OathSession, credential: Credential): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    const { count, digits } = wanted;
    this.#choice = [];
    this.#host.requestUpdate();
    try {
      const never = new AbortController().signal;
      const codes = await this.#touch.run(
        (options) => session.consecutiveCodes(credential, count, options),
        wanted.signal ?? never,
      );
      if (wanted !== this.#wanted) return;
      if (codes.some(({ code }) => !isWanted(code, digits))) {
        this.#fail(this.#host.text.token.readNothing);
        return;
      }
      const { name, serialNumber = null } = session.info;
      this.#finish({ codes, credential, serialNumber, from: { token: name, account: rawName(credential) } });
    } catch (error) {
      if (wanted === this.#wanted) this.#giveUp(error);
    }
  }

  /** The panel of a running reading, or why the last one failed. */
  render(): TemplateResult | typeof nothing {
    const { text, activeTokenSource: source } = this.#host;
    if (!source || (!this.isRunning && this.#problem === "")) return nothing;
    const { state } = this.#connection;
    return renderReading(
      {
        source,
        state: this.isRunning ? state : null,
        problem: this.#problem,
        choice: this.#choice,
        touch: this.#touch.render(),
        onConnect: (api) => void this.#connect(api),
        onUse: (token) => void this.#connection.use(token),
        onUnlock: (password) => void this.#connection.unlock(password),
        onRetry: (takeOver) => void this.#connection.retry(takeOver),
        onChoose: (credential) => {
          if (state.kind === "ready") void this.#readFrom(state.session, credential);
        },
        onStop: this.stop,
      },
      text,
    );
  }
}

function fits({ digits }: Credential, wanted: number | null): boolean {
  return digits === null || (wanted === null ? digits >= 6 && digits <= 8 : digits === wanted);
}

function isWanted(code: string, digits: number | null): boolean {
  return digits === null ? /^\d{6,8}$/u.test(code) : code.length === digits && /^\d+$/u.test(code);
}

function withSettler<T>(): { readonly promise: Promise<T>; readonly settle: (value: T) => void } {
  const settlers: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => settlers.push(resolve));
  return { promise, settle: (value) => settlers[0]?.(value) };
}
