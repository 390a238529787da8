import { html, nothing, type ReactiveControllerHost, type TemplateResult } from "lit";
import type { Announcer } from "./announcer.ts";
import type { Messages } from "./messages.ts";

/** The element the question is asked in. */
export interface QuestionHost extends ReactiveControllerHost {
  readonly text: Messages;
  readonly renderRoot: HTMLElement | DocumentFragment;
}

/**
 * Asks whether a token's clock may be set against its will. A Nitrokey that knows a later time than this computer refuses,
 * for an earlier one gives codes out again; only the person can tell which of the two clocks is right.
 */
export class ClockQuestion {
  readonly #host: QuestionHost;
  readonly #announcer: Announcer;
  #answer: ((isAllowed: boolean) => void) | null = null;

  constructor(host: QuestionHost, announcer: Announcer) {
    this.#host = host;
    this.#announcer = announcer;
  }

  get isAsking(): boolean {
    return this.#answer !== null;
  }

  /** True when the person allows it; false when they do not, or when {@link cancel} takes the question back. */
  ask(): Promise<boolean> {
    this.cancel();
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#announcer.alert(this.#host.text.token.clockQuestion);
      void this.#focus();
    });
  }

  cancel(): void {
    this.#settle(false);
  }

  async #focus(): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>(".clock button")?.focus();
  }

  #settle(isAllowed: boolean): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(isAllowed);
    this.#host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    if (!this.isAsking) return nothing;
    const { token } = this.#host.text;
    return html`<div class="touch clock" part="touch">
      <div>
        <p class="now">${token.clockQuestion}</p>
        <p class="muted">${token.clockHint}</p>
      </div>
      <button type="button" @click=${() => this.#settle(false)}>${token.clockKeep}</button>
      <button type="button" class="primary" @click=${() => this.#settle(true)}>${token.clockSet}</button>
    </div>`;
  }
}
