import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { controlStyles } from "../../elements/control-styles.ts";
import { themeStyles } from "../../elements/theme.ts";
import { momentText } from "../vault-text.ts";
import type { Outbox, OutboxMessage } from "./outbox.ts";
import { OUTBOX_TEXTS as TEXTS } from "./outbox-texts.ts";

/** The link in a message was followed. */
export class MailLinkEvent extends Event {
  readonly #proof: string;

  constructor(proof: string) {
    super("console-mail-link", { bubbles: true, composed: true });
    this.#proof = proof;
  }

  /** What the link proves; no property of the event, so that nothing lists it. */
  get proof(): string {
    return this.#proof;
  }
}

/**
 * Messages of the simulated outbox, to one address or to all.
 * @fires console-mail-link - {@link MailLinkEvent}
 */
@customElement("console-mailbox")
export class ConsoleMailbox extends LitElement {
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        display: block;
      }
      ol {
        display: grid;
        gap: 0.75rem;
        list-style: none;
      }
      article {
        display: grid;
        gap: 0.5rem;
        padding: 0.875rem 1rem;
        border: 1px solid var(--_border);
        border-radius: var(--_radius);
        background: var(--_surface);
        overflow-wrap: anywhere;
      }
      h2,
      h3 {
        font-size: 1rem;
      }
      .meta {
        color: var(--_muted);
        font-size: 0.875rem;
      }
      button {
        justify-self: start;
      }
    `,
  ];

  @property({ attribute: false }) outbox: Outbox | undefined;

  /** Whose messages; everybody's unless told. */
  @property() address = "";

  /** It is a page of its own: nothing waits there for a link, so none is offered. */
  @property({ type: Boolean, attribute: "is-page" }) isPage = false;

  readonly #changed = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.outbox?.addEventListener("change", this.#changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.outbox?.removeEventListener("change", this.#changed);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("outbox")) return;
    changed.get("outbox")?.removeEventListener("change", this.#changed);
    this.outbox?.addEventListener("change", this.#changed);
  }

  protected override render(): TemplateResult {
    const { outbox, address } = this;
    const messages = (address === "" ? outbox?.messages : outbox?.messagesTo(address)) ?? [];
    return html`<div role="log" aria-label=${address === "" ? TEXTS.title : TEXTS.titleOf(address)}>
      ${messages.length === 0 ? html`<p class="meta">${TEXTS.empty}</p>` : nothing}
      <ol>
        ${repeat(
          messages,
          ({ id }) => id,
          (message) => html`<li>${this.#renderMessage(message)}</li>`,
        )}
      </ol>
    </div>`;
  }

  #renderMessage({ subject, to, lines, sentAtMs, proof }: OutboxMessage): TemplateResult {
    return html`<article>
      ${this.isPage ? html`<h2>${subject}</h2>` : html`<h3>${subject}</h3>`}
      <p class="meta">${TEXTS.to(to)} · <time>${momentText(sentAtMs)}</time></p>
      ${lines.map((line) => html`<p>${line}</p>`)}
      ${
        proof === undefined || this.isPage
          ? nothing
          : html`<button type="button" @click=${() => this.dispatchEvent(new MailLinkEvent(proof))}>
              ${TEXTS.verify}
            </button>`
      }
    </article>`;
  }
}

declare global {
  interface HTMLElementEventMap {
    "console-mail-link": MailLinkEvent;
  }
  interface HTMLElementTagNameMap {
    "console-mailbox": ConsoleMailbox;
  }
}
