import { css, html, svg, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { msToNextSecond, secondsToNextStep } from "./code-period.ts";
import { formatDuration } from "./formats.ts";
import { LocalizedElement } from "./localized-element.ts";
import { themeStyles } from "./theme.ts";

const RADIUS = 15;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

/** One second of a countdown has passed. Inside our elements only: it neither bubbles nor leaves a shadow tree. */
export class CountdownTickEvent extends Event {
  readonly secondsLeft: number;
  /** A new code should have come to the display just now. */
  readonly isNewCode: boolean;

  constructor(secondsLeft: number, isNewCode: boolean) {
    super("oath-countdown-tick");
    this.secondsLeft = secondsLeft;
    this.isNewCode = isNewCode;
  }
}

/**
 * A ring and a text that count down to the token's next code. It says "about", for only the token's own clock decides.
 * It is a timer, so it is not read out each second; who shows it announces the few moments that matter.
 * @csspart ring - the drawn ring
 * @csspart text - the words beside it
 */
export class OathCountdown extends LocalizedElement {
  static override styles = [
    themeStyles,
    css`
      :host {
        display: inline-block;
      }

      .timer {
        display: flex;
        align-items: center;
        gap: 0.625rem;
        color: var(--_muted);
        font-size: 0.9375rem;
        font-variant-numeric: tabular-nums;
      }

      svg {
        flex: none;
        transform: rotate(-90deg);
      }

      circle {
        fill: none;
        stroke: var(--_border);
        stroke-width: 4;
      }

      .rest {
        stroke: var(--_accent);
        stroke-linecap: round;
        transition: stroke-dashoffset 1s linear;
      }

      /* The new lap begins full at once, it does not sweep backwards. */
      .rest.full {
        transition: none;
      }

      @media (prefers-reduced-motion: reduce) {
        .rest {
          transition: none;
        }
      }

      @media (forced-colors: active) {
        circle {
          stroke: GrayText;
        }

        .rest {
          stroke: CanvasText;
        }
      }
    `,
  ];

  /** Seconds a code is shown. */
  @property({ type: Number, attribute: "period-seconds" }) periodSeconds = 30;

  /** The clock: Unix milliseconds. */
  @property({ attribute: false }) now: () => number = Date.now;

  @state() private secondsLeft = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#tick);
    this.#tick();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#tick);
    clearTimeout(this.#timer);
  }

  readonly #tick = (): void => {
    clearTimeout(this.#timer);
    const nowMs = this.now();
    const last = this.secondsLeft;
    this.secondsLeft = secondsToNextStep(nowMs, this.periodSeconds);
    if (last !== 0 && last !== this.secondsLeft) {
      this.dispatchEvent(new CountdownTickEvent(this.secondsLeft, this.secondsLeft > last));
    }
    this.#timer = setTimeout(this.#tick, msToNextSecond(nowMs));
  };

  protected override render(): TemplateResult {
    const elapsed = 1 - this.secondsLeft / this.periodSeconds;
    const isFull = this.secondsLeft === this.periodSeconds;
    const rest = svg`<circle
      class=${isFull ? "rest full" : "rest"}
      cx="18" cy="18" r=${RADIUS}
      stroke-dasharray=${CIRCUMFERENCE}
      stroke-dashoffset=${(elapsed * CIRCUMFERENCE).toFixed(2)}
    />`;
    return html`<div class="timer" role="timer" aria-live="off">
      <svg part="ring" width="28" height="28" viewBox="0 0 36 36" aria-hidden="true">
        <circle cx="18" cy="18" r="15" />
        ${rest}
      </svg>
      <span part="text">${this.text.nextCodeIn(formatDuration(this.secondsLeft, this.text))}</span>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-countdown": OathCountdown;
  }
}
