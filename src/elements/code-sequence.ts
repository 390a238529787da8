import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import { createRef, type Ref, ref } from "lit/directives/ref.js";
import type { ConsecutiveCodes, ObservedCode } from "../mfa/contract.ts";
import type { Announcer } from "./announcer.ts";
import { secondsToNextStep } from "./code-period.ts";
import { sameCodeText, type TokenFacts } from "./error-text.ts";
import { formatDuration } from "./formats.ts";
import type { MessageOverrides, Messages } from "./messages.ts";
import type { OathCode } from "./oath-code.ts";
import type { CountdownTickEvent } from "./oath-countdown.ts";

const STALE_MS = 120_000;

/** The element that shows the fields. */
export interface CodeSequenceHost extends ReactiveControllerHost {
  readonly text: Messages;
  readonly messages: MessageOverrides | undefined;
}

/** What the fields ask for. */
export interface SequenceToken {
  readonly digits: number;
  readonly periodSeconds: number;
  readonly counterBased: boolean;
}

/**
 * Two or three fields for consecutive codes with the countdown between them. It refuses a code that is still the one
 * before, lets codes go that have become too old, and says the three moments of the wait that matter.
 */
export class CodeSequence {
  count: 2 | 3 = 2;
  token: SequenceToken = { digits: 6, periodSeconds: 30, counterBased: false };
  /** True while the codes are being checked. */
  busy = false;
  /** Told when a code is changed by hand. */
  onEdit: () => void = () => {};

  readonly #host: CodeSequenceHost;
  readonly #announcer: Announcer;
  readonly #fields: readonly Ref<OathCode>[] = [createRef(), createRef(), createRef()];
  #errors: readonly string[] = [];
  /** The field whose error goes away by itself when a new code comes. */
  #sameCodeAt: number | null = null;
  #waiting = false;

  constructor(host: CodeSequenceHost, announcer: Announcer) {
    this.#host = host;
    this.#announcer = announcer;
  }

  /** The codes, or null with the reason shown at the field that has to change. */
  read(): ConsecutiveCodes | null {
    const codes: ObservedCode[] = [];
    for (const [index, field] of this.#shown.entries()) {
      const observed = field.observed;
      if (!observed) {
        this.fail(index, this.#host.text.codeFormat(this.token.digits));
        return null;
      }
      if (this.#isSameAsBefore(index)) {
        this.#refuseSameCode(index);
        field.select();
        return null;
      }
      codes.push(observed);
    }
    if (codes.some(({ ageMs }) => ageMs > this.#staleMs)) {
      this.restart(this.#host.text.codesTooOld);
      return null;
    }
    const [first, second, ...more] = codes;
    return first && second ? [first, second, ...more] : null;
  }

  /** Shows `message` at a field, reads it out and goes there. */
  fail(index: number, message: string): void {
    this.#setError(index, message);
    this.#announcer.alert(message);
    this.#shown[index]?.select();
  }

  /** Empties all fields, with the reason at the first one. */
  restart(message: string): void {
    this.clear();
    this.fail(0, message);
  }

  /** Puts codes into the fields that were read from a token, with their ages, and goes to the last. */
  fill(codes: readonly ObservedCode[]): void {
    this.clear();
    for (const [index, field] of this.#shown.entries()) {
      const code = codes[index];
      if (code) field.fill(code);
      if (this.#isSameAsBefore(index)) this.#refuseSameCode(index);
    }
    this.#shown.at(-1)?.focus();
  }

  clear(): void {
    for (const field of this.#fields) field.value?.clear();
    this.#errors = [];
    this.#sameCodeAt = null;
    this.#waiting = false;
    this.#host.requestUpdate();
  }

  /** Goes to the first field without a whole code. */
  focus(): void {
    this.#shown.find((field) => field.observed === null)?.focus();
  }

  render(): TemplateResult {
    const fields = this.#fields.slice(0, this.count);
    return html`<div class="codes">${fields.map((field, index) => this.#renderField(field, index))}</div>`;
  }

  #renderField(field: Ref<OathCode>, index: number): TemplateResult {
    const { text, messages } = this.#host;
    const { digits, periodSeconds, counterBased } = this.token;
    const laterHint = counterBased ? text.nextCounterCodeHint : text.nextCodeHint;
    const countdown = html`<oath-countdown
      .periodSeconds=${periodSeconds}
      .messages=${messages}
      @oath-countdown-tick=${this.#tick}
    ></oath-countdown>`;
    return html`${index === 1 && !counterBased ? countdown : nothing}
      <oath-code
        ${ref(field)}
        required
        enterkeyhint=${index < this.count - 1 ? "next" : "done"}
        .label=${text.mfaCodeNumber(index + 1)}
        .hint=${index === 0 ? text.firstCodeHint : laterHint}
        .digits=${digits}
        .busy=${this.busy}
        .error=${this.#errors[index] ?? ""}
        .messages=${messages}
        .tokenSource=${null}
        @input=${() => this.#edited(index)}
        @keydown=${(event: KeyboardEvent) => this.#goOn(event, index)}
      ></oath-code>`;
  }

  get #shown(): OathCode[] {
    return this.#fields.slice(0, this.count).flatMap(({ value }) => (value ? [value] : []));
  }

  /** A slow token needs longer for its codes: the limit grows with its period. */
  get #staleMs(): number {
    return Math.max(STALE_MS, (this.count + 1) * this.token.periodSeconds * 1000);
  }

  get #facts(): TokenFacts {
    return { ...this.token, nowMs: Date.now() };
  }

  /** Enter behind a whole code leads to the next field, as the key on a phone says; a key that types ends with Enter. */
  #goOn(event: KeyboardEvent, index: number): void {
    const next = this.#shown[index + 1];
    if (event.key !== "Enter" || event.defaultPrevented || !next || next.observed) return;
    if (!this.#shown[index]?.observed) return;
    event.preventDefault();
    next.focus();
  }

  #edited(index: number): void {
    this.onEdit();
    this.#setError(index, "");
    if (this.#sameCodeAt === index || this.#sameCodeAt === index + 1) {
      this.#setError(this.#sameCodeAt, "");
      this.#sameCodeAt = null;
    }
    for (const [at] of this.#shown.entries()) {
      if (this.#isSameAsBefore(at)) this.#refuseSameCode(at);
    }
    if (this.#shown[index]?.observed && this.#sameCodeAt === null) this.#sayWait(index);
  }

  #isSameAsBefore(index: number): boolean {
    const before = this.#shown[index - 1]?.observed?.code;
    return before !== undefined && before === this.#shown[index]?.observed?.code;
  }

  #refuseSameCode(index: number): void {
    const message = sameCodeText(this.#host.text, this.#facts);
    this.#sameCodeAt = index;
    this.#setError(index, message);
    this.#announcer.alert(message);
  }

  #sayWait(index: number): void {
    this.#waiting = index < this.count - 1 && this.#shown[index + 1]?.observed === null;
    if (!this.#waiting) return;
    const { text } = this.#host;
    const { periodSeconds, counterBased } = this.token;
    const wait = formatDuration(secondsToNextStep(Date.now(), periodSeconds), text);
    this.#announcer.say(counterBased ? text.pressAgain : text.waitBegins(wait));
  }

  readonly #tick = ({ secondsLeft, isNewCode }: CountdownTickEvent): void => {
    const { text } = this.#host;
    if (this.#sameCodeAt !== null) {
      // The wait in the text runs with the clock; once it is over, the text is no longer true.
      this.#setError(this.#sameCodeAt, isNewCode ? "" : sameCodeText(text, this.#facts));
      if (isNewCode) this.#announcer.say(text.newCodeNow);
      if (isNewCode) this.#sameCodeAt = null;
    } else if (this.#waiting && isNewCode) {
      this.#waiting = false;
      this.#announcer.say(text.newCodeNow);
    } else if (this.#waiting && secondsLeft === 10) {
      this.#announcer.say(text.tenSecondsLeft);
    }
  };

  #setError(index: number, message: string): void {
    this.#errors = Array.from({ length: 3 }, (_, at) => (at === index ? message : (this.#errors[at] ?? "")));
    this.#host.requestUpdate();
  }
}
