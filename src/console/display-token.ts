import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { TokenDisplay, VirtualDisplayToken } from "../virtual/display-token.ts";
import { controlStyles } from "../elements/control-styles.ts";
import { themeStyles } from "../elements/theme.ts";
import { tokenBack, tokenFront } from "./token-art.ts";
import { tokenArtStyles } from "./token-art-styles.ts";

const DARK: TokenDisplay = { lit: false };

/** How often the display is looked at while lit: the token's seconds do not begin with ours. */
const LOOK_MS = 200;

/**
 * A key-fob token, drawn, with a button to press and a back to read the serial number from. The code stands in the
 * drawing and in text for screen readers, never in an attribute.
 * @slot - further buttons, beside the one that turns the token over
 */
@customElement("console-display-token")
export class ConsoleDisplayToken extends LitElement {
  static override styles = [themeStyles, controlStyles, tokenArtStyles];

  /** The token that is drawn. */
  @property({ attribute: false }) token: VirtualDisplayToken | null = null;

  @state() private display: TokenDisplay = DARK;
  @state() private isTurned = false;
  /** What the last press showed; emptied when the display goes dark. */
  @state() private announcement = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The code that is on the display, empty while it is dark. */
  get displayedCode(): string {
    const display = this.token?.display() ?? DARK;
    return display.lit ? display.digits : "";
  }

  /** Reads the display anew; call it when the token's clock was set. */
  refresh = (): void => {
    clearTimeout(this.#timer);
    const display = this.token?.display() ?? DARK;
    if (!isSame(display, this.display)) this.display = display;
    if (display.lit && this.isConnected) this.#timer = setTimeout(this.refresh, LOOK_MS);
    if (!display.lit) this.announcement = "";
  };

  /** Presses the token's button. */
  press = (): void => {
    this.token?.press();
    this.refresh();
    this.announcement = describe(this.display);
  };

  #turn = () => {
    this.isTurned = !this.isTurned;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    // Timers of a hidden tab are held back: what they missed is made up for when it is seen again.
    document.addEventListener("visibilitychange", this.refresh);
    this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.refresh);
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("token")) return;
    this.isTurned = false;
    this.announcement = "";
    this.refresh();
  }

  protected override render() {
    const { token } = this;
    if (!token) return nothing;
    return html`
      <div class="stage">
        <div class="face front ${this.isTurned ? "away" : ""}" ?inert=${this.isTurned}>
          <div role="img" aria-labelledby="reading">
            <svg viewBox="0 0 360 176" aria-hidden="true">${tokenFront(this.display, token.digits)}</svg>
            <span id="reading" class="visually-hidden">${describe(this.display)}</span>
          </div>
          <button
            class="press"
            type="button"
            aria-label="Press the token's button"
            @click=${this.press}
          ></button>
        </div>
        <div class="face back ${this.isTurned ? "" : "away"}" ?inert=${!this.isTurned}>
          <div role="img" aria-labelledby="label">
            <svg viewBox="0 0 360 176" aria-hidden="true">${tokenBack(token)}</svg>
            <span id="label" class="visually-hidden">
              Back of the token: ${token.manufacturer}, ${token.model}, S/N ${token.serialNumber}
            </span>
          </div>
        </div>
      </div>
      <div class="under">
        <button type="button" aria-pressed=${String(this.isTurned)} @click=${this.#turn}>Turn over</button>
        <slot></slot>
      </div>
      <div class="visually-hidden" role="status">${this.announcement}</div>
    `;
  }
}

function describe(display: TokenDisplay): string {
  return display.lit ? `Display shows ${display.digits.split("").join(" ")}` : "Display is dark";
}

function isSame(a: TokenDisplay, b: TokenDisplay): boolean {
  if (!a.lit || !b.lit) return a.lit === b.lit;
  return a.digits === b.digits && a.bars === b.bars;
}

declare global {
  interface HTMLElementTagNameMap {
    "console-display-token": ConsoleDisplayToken;
  }
}
