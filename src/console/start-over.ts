import { css, html, LitElement } from "lit";
import { customElement, query } from "lit/decorators.js";
import { controlStyles } from "../elements/control-styles.ts";
import { themeStyles } from "../elements/theme.ts";
import { noticeDialogStyles } from "./notice-dialog-styles.ts";

/** The demo data is to be deleted; the person has confirmed it. */
export class StartOverEvent extends Event {
  constructor() {
    super("console-start-over", { bubbles: true, composed: true });
  }
}

/**
 * Puts the demo back to its first day, after asking.
 * @fires console-start-over - {@link StartOverEvent}
 */
@customElement("console-start-over")
export class ConsoleStartOver extends LitElement {
  static override styles = [
    themeStyles,
    controlStyles,
    noticeDialogStyles,
    css`
      :host {
        display: inline-block;
      }
    `,
  ];

  @query("dialog") private readonly dialog: HTMLDialogElement | null | undefined;

  protected override render() {
    return html`
      <button class="link" type="button" @click=${() => this.dialog?.showModal()}>Start over</button>
      <dialog aria-labelledby="title" aria-describedby="text">
        <h2 id="title">Start the demo over?</h2>
        <p id="text">
          This deletes the assigned MFA devices and the imported tokens of this demo, and signs you out. Then
          the sample tokens are imported again.
        </p>
        <div class="actions">
          <button type="button" @click=${() => this.dialog?.close()}>Cancel</button>
          <button class="danger" type="button" @click=${this.#confirm}>Delete the demo data</button>
        </div>
      </dialog>
    `;
  }

  #confirm = () => {
    this.dialog?.close();
    this.dispatchEvent(new StartOverEvent());
  };
}

declare global {
  interface HTMLElementEventMap {
    "console-start-over": StartOverEvent;
  }
  interface HTMLElementTagNameMap {
    "console-start-over": ConsoleStartOver;
  }
}
