import type { ReactiveControllerHost } from "lit";
import type { MfaService, Verification, VerifyCodeRequest } from "../mfa/contract.ts";
import { MfaError, type MfaErrorCode } from "../mfa/errors.ts";
import type { Announcer } from "./announcer.ts";
import { errorText, type TokenFacts } from "./error-text.ts";
import { formatClock } from "./formats.ts";
import type { Messages } from "./messages.ts";
import type { CountdownTickEvent } from "./oath-countdown.ts";
import type { RetryWait } from "./retry-wait.ts";

/** Errors of the code itself: they stand at its field. The others stand above it. */
const AT_THE_FIELD: ReadonlySet<MfaErrorCode> = new Set<MfaErrorCode>([
  "invalid-code",
  "code-not-recognised",
  "code-already-used",
  "codes-not-consecutive",
]);

/** Codes that did not match, from which on a resync is proposed. */
const MISSES_BEFORE_RESYNC = 3;

/** The element that shows the field. */
export interface SignInHost extends ReactiveControllerHost {
  readonly text: Messages;
  /** What is known of the chosen token, now. */
  readonly token: TokenFacts;
  /** Goes to the field with its content selected. */
  selectField(): void;
}

/** The tries of one sign-in: what the last one said, and where it is shown. */
export class SignInAttempt {
  isBusy = false;
  isAccepted = false;
  /** Shown at the field. */
  fieldError = "";
  /** Good news, shown above the field. */
  notice = "";
  #failure: unknown;
  #misses = 0;

  readonly #host: SignInHost;
  readonly #announcer: Announcer;
  readonly #wait: RetryWait;

  constructor(host: SignInHost, announcer: Announcer, wait: RetryWait) {
    this.#host = host;
    this.#announcer = announcer;
    this.#wait = wait;
  }

  /** The code of the last failure, while it is shown. */
  get failedWith(): MfaErrorCode | undefined {
    return this.#failure instanceof MfaError ? this.#failure.code : undefined;
  }

  /** The device the last failure named. */
  get failedSerialNumber(): string | undefined {
    return this.#failure instanceof MfaError ? this.#failure.details.serialNumber : undefined;
  }

  /** The failure that belongs above the field, in words; empty when there is none. */
  get topError(): string {
    const code = this.failedWith;
    const isElsewhere = code === "too-many-attempts" || (code !== undefined && AT_THE_FIELD.has(code));
    return this.#failure === undefined || isElsewhere ? "" : this.#say(this.#failure);
  }

  /** True after several codes that did not match: the token's clock may be off further than one code can tell. */
  get suggestsResync(): boolean {
    return this.#misses >= MISSES_BEFORE_RESYNC && this.failedWith !== "out-of-sync";
  }

  /** Takes what the last try said away. */
  clear(): void {
    this.fieldError = "";
    this.notice = "";
    this.#failure = undefined;
    this.#host.requestUpdate();
  }

  /** Another device or user: earlier misses say nothing about it. */
  restart(): void {
    this.#misses = 0;
    this.isAccepted = false;
    this.#wait.clear();
    this.clear();
  }

  /** Asks the service; null when the code was refused, with the reason shown. */
  async verify(service: MfaService, request: VerifyCodeRequest): Promise<Verification | null> {
    this.isBusy = true;
    this.#host.requestUpdate();
    try {
      const verification = await service.verifyCode(request);
      this.isAccepted = true;
      this.#announcer.say(this.#host.text.signedIn);
      return verification;
    } catch (error) {
      this.isBusy = false;
      this.#host.requestUpdate();
      await this.#host.updateComplete;
      this.fail(error);
      return null;
    } finally {
      this.isBusy = false;
      this.#host.requestUpdate();
    }
  }

  fail(error: unknown): void {
    this.#failure = error;
    const message = this.#say(error);
    const code = this.failedWith;
    if (error instanceof MfaError && code === "too-many-attempts") this.#wait.begin(error.retryAfterMs ?? 0);
    if (code === "code-not-recognised") this.#misses += 1;
    if (code !== undefined && AT_THE_FIELD.has(code)) this.failAtField(message + this.#clockAdvice(code));
    else this.#announcer.alert(message);
    this.#host.requestUpdate();
  }

  failAtField(message: string): void {
    this.fieldError = message;
    this.#announcer.alert(message);
    this.#host.requestUpdate();
    this.#host.selectField();
  }

  /** Good news to act on. */
  inform(notice: string): void {
    this.notice = notice;
    this.#announcer.say(notice);
    this.#host.requestUpdate();
  }

  /** The field is being edited: what was said about its last content is over. */
  readonly edited = (): void => {
    this.fieldError = "";
    if (this.#wait.secondsLeft === 0) this.#failure = undefined;
    this.#host.requestUpdate();
  };

  /** The wait in "already used" runs with the clock; once a new code is there, the text is no longer true. */
  readonly tick = ({ isNewCode }: CountdownTickEvent): void => {
    if (isNewCode) {
      this.clear();
      this.inform(this.#host.text.newCodeNow);
    } else {
      this.fieldError = this.#say(this.#failure);
      this.#host.requestUpdate();
    }
  };

  #say(error: unknown): string {
    return errorText(error, this.#host.text, this.#host.token);
  }

  /** A wrong clock is the commonest cause of right codes refused; said from the second time on. */
  #clockAdvice(code: MfaErrorCode): string {
    const { text, token } = this.#host;
    if (code !== "code-not-recognised" || this.#misses < 2 || token.counterBased) return "";
    return ` ${text.checkClock(formatClock(token.nowMs, text))}`;
  }
}
