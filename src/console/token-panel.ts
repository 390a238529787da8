import { html, LitElement, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { live } from "lit/directives/live.js";
import { controlStyles } from "../elements/control-styles.ts";
import { copyForAWhile } from "../elements/short-lived-copy.ts";
import { themeStyles } from "../elements/theme.ts";
import { findSampleSeed } from "../virtual/sample-inventory.ts";
import type { ConsoleDisplayToken } from "./display-token.ts";
import "./display-token.ts";
import "./token-clock-controls.ts";
import type { TokenDesk } from "./token-desk.ts";
import { tokenPanelStyles } from "./token-panel-styles.ts";
import type { UsbPort } from "./usb-port.ts";
import "./usb-port-panel.ts";

/** The panel was opened or closed. */
export class PanelToggleEvent extends Event {
  readonly open: boolean;

  constructor(open: boolean) {
    super("console-panel-toggle", { bubbles: true, composed: true });
    this.open = open;
  }
}

/**
 * The desk beside the page: one of the sample tokens, its clock, and a way to copy its code.
 * @fires console-panel-toggle - {@link PanelToggleEvent}
 */
@customElement("console-token-panel")
export class ConsoleTokenPanel extends LitElement {
  static override styles = [themeStyles, controlStyles, tokenPanelStyles];

  /** The tokens to choose from. */
  @property({ attribute: false }) desk: TokenDesk | null = null;

  /** Where virtual USB tokens are plugged in. */
  @property({ attribute: false }) usbPort: UsbPort | null = null;

  /** The page is about USB tokens: theirs stands on top. */
  @property({ type: Boolean, attribute: "usb-first" }) usbFirst = false;

  /** Whether the token is shown. */
  @property({ type: Boolean, reflect: true }) open = false;

  @state() private said = "";
  @query("console-display-token") private readonly display: ConsoleDisplayToken | null | undefined;

  protected override render() {
    return html`
      <div class="bar">
        <h2>Virtual token <span class="notice">Demo only, no hardware</span></h2>
        <button
          class="toggle"
          type="button"
          aria-expanded=${String(this.open)}
          aria-controls="body"
          @click=${() => this.dispatchEvent(new PanelToggleEvent(!this.open))}
        >
          ${this.open ? "Hide" : "Show"}<span class="visually-hidden"> the virtual token</span>
        </button>
      </div>
      <div id="body" class="body" ?hidden=${!this.open}>${this.open ? this.#body() : nothing}</div>
    `;
  }

  #body() {
    const token = this.desk?.token ?? null;
    const usb = html`<console-usb-port .port=${this.usbPort}></console-usb-port>`;
    return html`
      ${this.usbFirst ? usb : nothing}
      <console-display-token .token=${token}>
        <button type="button" @click=${this.#copy}>Copy code</button>
      </console-display-token>
      <p class="said" role="status">${this.said}</p>
      <div class="field">
        <label for="sample">Sample token</label>
        <select id="sample" .value=${live(token?.serialNumber ?? "")} @change=${this.#select}>
          ${this.desk?.serialNumbers.map(
            (serial) =>
              html`<option .value=${serial} ?selected=${serial === token?.serialNumber}>
                ${serial} – ${findSampleSeed(serial)?.model ?? ""}
              </option>`,
          )}
        </select>
      </div>
      <console-token-clock .token=${token} @console-token-clock=${this.#clockSet}></console-token-clock>
      ${this.usbFirst ? nothing : usb}
    `;
  }

  #select = async (event: Event) => {
    await this.desk?.select((event.currentTarget as HTMLSelectElement).value);
    this.said = "";
    this.requestUpdate();
  };

  #clockSet = () => {
    this.desk?.save();
    this.display?.refresh();
  };

  #copy = async () => {
    const code = this.display?.displayedCode ?? "";
    if (code === "") {
      this.said = "The display is dark. Press the token's button first.";
      return;
    }
    try {
      await copyForAWhile(code);
      this.said = "Code copied. Paste it into the field.";
    } catch {
      // Outside a secure context, or refused by the browser: the code is on the display all the same.
      this.said = "This browser did not allow copying. Type the code from the display.";
    }
  };
}

declare global {
  interface HTMLElementEventMap {
    "console-panel-toggle": PanelToggleEvent;
  }
  interface HTMLElementTagNameMap {
    "console-token-panel": ConsoleTokenPanel;
  }
}
