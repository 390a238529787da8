import { html, nothing, type ReactiveController, type TemplateResult } from "lit";
import type { CodeOptions } from "../bridge/contract.ts";
import { raceWithSignal } from "../core/abort.ts";
import { BridgeError } from "../core/bridge-error.ts";
import type { Announcer } from "./announcer.ts";
import { ClockQuestion, type QuestionHost } from "./clock-question.ts";
import { formatDuration } from "./formats.ts";
import { touchDrawing } from "./icons.ts";

/** Tokens wait about as long by themselves. */
const TOUCH_SECONDS = 30;

/** Thrown when the person pressed Cancel. */
export class TouchCancelled extends Error {
  override readonly name = "AbortError";
}

/**
 * Asks for a touch while a token waits for one, counts down, and can be cancelled. Asks as well before a token's clock is set
 * against its will.
 */
export class TouchPrompt implements ReactiveController {
  readonly #host: QuestionHost;
  readonly #announcer: Announcer;
  readonly #clock: ClockQuestion;
  #work: AbortController | null = null;
  #secondsLeft = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: QuestionHost, announcer: Announcer) {
    this.#host = host;
    this.#announcer = announcer;
    this.#clock = new ClockQuestion(host, announcer);
    host.addController(this);
  }

  hostDisconnected(): void {
    this.cancel();
  }

  /** True while a touch, or leave to set the clock, is asked for. */
  get isAsking(): boolean {
    return this.#secondsLeft > 0 || this.#clock.isAsking;
  }

  /**
   * Does something that may need a touch. Rejects with `touch-required` when none came, with {@link TouchCancelled}, and
   * as `work` does.
   */
  async run<T>(work: (options: CodeOptions) => Promise<T>, outer: AbortSignal): Promise<T> {
    this.cancel();
    const own = new AbortController();
    this.#work = own;
    const signal = AbortSignal.any([own.signal, outer]);
    try {
      const onClockRefused = () => (this.#work === own ? this.#clock.ask() : Promise.resolve(false));
      return await raceWithSignal(work({ signal, onTouch: () => this.#ask(own), onClockRefused }), signal);
    } finally {
      if (this.#work === own) this.#end();
    }
  }

  readonly cancel = (): void => {
    this.#work?.abort(new TouchCancelled("The touch was cancelled."));
    this.#end();
  };

  #ask(own: AbortController): void {
    if (this.#work !== own) return;
    clearInterval(this.#timer);
    this.#secondsLeft = TOUCH_SECONDS;
    this.#timer = setInterval(() => this.#tick(own), 1000);
    this.#announcer.alert(this.#host.text.token.touchNow);
  }

  #tick(own: AbortController): void {
    this.#secondsLeft -= 1;
    this.#host.requestUpdate();
    if (this.#secondsLeft > 0) return;
    own.abort(new BridgeError("touch-required", "The token was not touched in time. Try again."));
  }

  #end(): void {
    this.#clock.cancel();
    clearInterval(this.#timer);
    this.#secondsLeft = 0;
    this.#work = null;
    this.#host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    if (this.#clock.isAsking) return this.#clock.render();
    if (!this.isAsking) return nothing;
    const { text } = this.#host;
    return html`<div class="touch" part="touch">
      ${touchDrawing}
      <div>
        <p class="now">${text.token.touchNow}</p>
        <p class="muted">
          ${text.token.touchHint} ${text.token.touchLeft(formatDuration(this.#secondsLeft, text))}
        </p>
      </div>
      <button type="button" @click=${this.cancel}>${text.cancel}</button>
    </div>`;
  }
}
