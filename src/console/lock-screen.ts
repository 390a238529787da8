import { css, html, LitElement, nothing } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { controlStyles } from "../elements/control-styles.ts";
import { themeStyles } from "../elements/theme.ts";
import type { LocalMfaService } from "../mfa/local-contract.ts";
import { outdatedNotice } from "./outdated.ts";
import "./start-over.ts";
import "./unlock-page.ts";

/** The person at the lock screen wants to leave, which needs no open vault. */
export class LeaveEvent extends Event {
  constructor() {
    super("console-leave", { bubbles: true, composed: true });
  }
}

/**
 * Lies over the whole page while the vault is locked. The page stays where it is, with all that was typed into it; a modal dialog
 * because those of the page, which a person may have been in, would keep anything else from being reached.
 * @fires console-leave - {@link LeaveEvent}
 */
@customElement("console-lock-screen")
export class ConsoleLockScreen extends LitElement {
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      dialog {
        box-sizing: border-box;
        inset: 0;
        inline-size: 100vi;
        block-size: 100dvb;
        max-inline-size: none;
        max-block-size: none;
        padding: clamp(1rem, 5vb, 4rem) clamp(1rem, 3vi, 2rem);
        border: 0;
        background: var(--_raised);
        color: var(--_text);
        overflow: auto;
      }
      .column {
        display: grid;
        gap: 1.5rem;
        max-inline-size: 40rem;
        margin-inline: auto;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1.5rem;
        align-items: center;
      }
    `,
  ];

  @property({ attribute: false }) service: LocalMfaService | undefined;

  @property({ type: Boolean }) locked = false;

  /** Somebody is signed in, and may want not to be any more. */
  @property({ type: Boolean, attribute: "signed-in" }) signedIn = false;

  /** A newer version of the page has the vault: it cannot be unlocked here. */
  @property({ type: Boolean }) outdated = false;

  @query("dialog") private readonly dialog: HTMLDialogElement | null | undefined;

  protected override render() {
    // `closedby`: Chromium lets the second Escape through, whatever `cancel` is told.
    return html`<dialog
      closedby="none"
      aria-label="The vault is locked"
      @cancel=${prevent}
      @close=${this.#show}
    >
      ${this.locked ? this.#content() : nothing}
    </dialog>`;
  }

  #content() {
    return html`<div class="column">
      ${outdatedNotice(this.outdated)}
      <console-unlock .service=${this.service}></console-unlock>
      <div class="foot">
        <console-start-over></console-start-over>
        ${
          this.signedIn
            ? html`<button class="link" type="button" @click=${() => this.dispatchEvent(new LeaveEvent())}>
                Sign out
              </button>`
            : nothing
        }
      </div>
    </div>`;
  }

  protected override updated(): void {
    this.#show();
  }

  /** Closed, it gives the focus back to where it was. */
  readonly #show = (): void => {
    if (this.locked && this.dialog?.open === false) this.dialog.showModal();
    if (!this.locked) this.dialog?.close();
  };
}

function prevent(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementEventMap {
    "console-leave": LeaveEvent;
  }
  interface HTMLElementTagNameMap {
    "console-lock-screen": ConsoleLockScreen;
  }
}
