import { html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { controlStyles } from "../elements/control-styles.ts";
import { themeStyles } from "../elements/theme.ts";
import type { VirtualDisplayToken } from "../virtual/display-token.ts";
import { MAX_DRIFT_SECONDS, MAX_RATE_PPM } from "./clock-limits.ts";
import { describeDrift } from "./clock-text.ts";
import { tokenPanelStyles } from "./token-panel-styles.ts";

/** The clock of a virtual token was set. */
export class TokenClockEvent extends Event {
  constructor() {
    super("console-token-clock", { bubbles: true, composed: true });
  }
}

/**
 * Makes the clock of a virtual token wrong, in steps, seconds or by its rate.
 * @fires console-token-clock - {@link TokenClockEvent}, after the clock was set
 */
@customElement("console-token-clock")
export class ConsoleTokenClock extends LitElement {
  static override styles = [themeStyles, controlStyles, tokenPanelStyles];

  /** The token whose clock is set. */
  @property({ attribute: false }) token: VirtualDisplayToken | null = null;

  protected override render() {
    const { token } = this;
    const driftMs = token?.driftMs ?? 0;
    return html`<section class="clock" aria-labelledby="heading">
      <h3 id="heading">The token's clock</h3>
      <p>It is <output>${describeDrift(driftMs)}</output>. One step is ${token?.periodSeconds ?? 30} s.</p>
      <div class="row">
        <button type="button" @click=${() => this.#set(() => token?.nudge(-1))}>− 1 step</button>
        <button type="button" @click=${() => this.#set(() => token?.nudge(1))}>+ 1 step</button>
        <button type="button" @click=${this.#setRight}>Set right</button>
      </div>
      <div class="numbers">
        <div class="field">
          <label for="seconds">Seconds ahead</label>
          <input
            id="seconds"
            type="number"
            step="1"
            min=${-MAX_DRIFT_SECONDS}
            max=${MAX_DRIFT_SECONDS}
            .value=${live(String(Math.round(driftMs / 1000)))}
            @input=${this.#setSeconds}
            @change=${() => this.requestUpdate()}
          />
        </div>
        <div class="field">
          <label for="rate">Rate in ppm</label>
          <input
            id="rate"
            type="number"
            step="1"
            min=${-MAX_RATE_PPM}
            max=${MAX_RATE_PPM}
            .value=${live(String(token?.ratePpm ?? 0))}
            @input=${this.#setRate}
            @change=${() => this.requestUpdate()}
          />
        </div>
      </div>
      <p>180 is 3 min ahead. Set back, a token shows codes it has shown before, and those stay refused.</p>
    </section>`;
  }

  #setSeconds = (event: Event) => {
    const seconds = numberOf(event, MAX_DRIFT_SECONDS);
    if (seconds !== null) this.#set(() => this.token?.setDriftMs(seconds * 1000));
  };

  #setRate = (event: Event) => {
    const ppm = numberOf(event, MAX_RATE_PPM);
    if (ppm !== null) this.#set(() => this.token?.setRatePpm(ppm));
  };

  #setRight = () => {
    this.#set(() => {
      this.token?.setDriftMs(0);
      this.token?.setRatePpm(0);
    });
  };

  #set(change: () => void): void {
    change();
    this.requestUpdate();
    this.dispatchEvent(new TokenClockEvent());
  }
}

/** The number in a field, brought within ±`limit`; null while it is none, as when only the minus is typed. */
function numberOf(event: Event, limit: number): number | null {
  const value = (event.currentTarget as HTMLInputElement).valueAsNumber;
  return Number.isFinite(value) ? Math.min(limit, Math.max(-limit, value)) : null;
}

declare global {
  interface HTMLElementEventMap {
    "console-token-clock": TokenClockEvent;
  }
  interface HTMLElementTagNameMap {
    "console-token-clock": ConsoleTokenClock;
  }
}
