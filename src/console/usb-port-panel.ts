import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { controlStyles } from "../elements/control-styles.ts";
import { themeStyles } from "../elements/theme.ts";
import { tokenPanelStyles } from "./token-panel-styles.ts";
import type { UsbPort } from "./usb-port.ts";
import { usbPortPanelStyles } from "./usb-port-panel-styles.ts";
import { USB_TOKEN_KINDS, USB_TOKENS, type UsbTokenKind } from "./usb-token-models.ts";

const NO_TOUCH = "Nothing to touch for: it is not blinking.";

/** Plugs virtual USB tokens in, touches them and pulls them out, as hands do with real ones. */
@customElement("console-usb-port")
export class ConsoleUsbPort extends LitElement {
  static override styles = [themeStyles, controlStyles, tokenPanelStyles, usbPortPanelStyles];

  /** Where the tokens are plugged in. */
  @property({ attribute: false }) port: UsbPort | null = null;

  @state() private kind: UsbTokenKind = "canokey";
  /** What the last press came to, until the next one. */
  @state() private said = "";
  #stop: (() => void) | undefined;
  #blinked = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listen();
    // Hidden and shown again, the panel shows what is plugged in.
    this.kind = this.port?.pluggedKinds[0] ?? this.kind;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("port")) this.#listen();
  }

  protected override updated(): void {
    const blinks = this.port?.waitsForTouch(this.kind) ?? false;
    // A real token blinks in view; here the panel may be longer than the screen.
    if (blinks && !this.#blinked) this.scrollIntoView({ block: "nearest" });
    this.#blinked = blinks;
  }

  protected override render() {
    const { port, kind } = this;
    if (!port) return nothing;
    const isIn = port.isPlugged(kind);
    const blinks = port.waitsForTouch(kind);
    return html`<section aria-labelledby="heading">
      <h3 id="heading">Virtual USB token <span class="notice">Demo only</span></h3>
      <div class="field">
        <label for="model">Model</label>
        <select id="model" .value=${live(kind)} @change=${this.#select}>
          ${USB_TOKEN_KINDS.map(
            (one) =>
              html`<option value=${one} ?selected=${one === kind}>
                ${USB_TOKENS[one].name}${port.isPlugged(one) ? ", plugged in" : ""}
              </option>`,
          )}
        </select>
      </div>
      <p class="where" data-blinks=${String(blinks)}>
        <span class="lamp" data-lit=${String(isIn)}></span>
        <span role="status">${this.said || this.#describe(isIn, blinks)}</span>
      </p>
      <div class="row">
        <button type="button" aria-disabled=${String(isIn)} @click=${this.#plugIn}>Plug in</button>
        <button type="button" aria-disabled=${String(!isIn)} @click=${this.#pullOut}>Pull out</button>
        <button
          type="button"
          class=${blinks ? "primary" : ""}
          aria-disabled=${String(!blinks)}
          @click=${this.#touch}
        >
          Touch
        </button>
      </div>
    </section>`;
  }

  #describe(isIn: boolean, blinks: boolean): string {
    if (blinks) return "It blinks. Touch it now.";
    const { serialNumber } = USB_TOKENS[this.kind];
    return isIn ? `Plugged in. Its serial number is ${serialNumber}.` : "Not plugged in.";
  }

  #listen(): void {
    this.#stop?.();
    this.#stop = this.port?.onChange(() => {
      this.said = "";
      // A blinking token is the one a person looks for.
      this.kind = USB_TOKEN_KINDS.find((kind) => this.port?.waitsForTouch(kind)) ?? this.kind;
      this.requestUpdate();
    });
  }

  #select = (event: Event) => {
    const { value } = event.currentTarget as HTMLSelectElement;
    this.kind = USB_TOKEN_KINDS.find((kind) => kind === value) ?? this.kind;
    this.said = "";
  };

  #plugIn = () => this.port?.plugIn(this.kind);

  #pullOut = () => this.port?.pullOut(this.kind);

  #touch = () => {
    if (this.port?.waitsForTouch(this.kind)) this.port.touch(this.kind);
    else this.said = NO_TOUCH;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "console-usb-port": ConsoleUsbPort;
  }
}
