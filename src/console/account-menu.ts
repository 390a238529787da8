import { css, html, LitElement } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { controlStyles } from "../elements/control-styles.ts";
import { themeStyles } from "../elements/theme.ts";
import { PAGE_TEXTS } from "./page-texts.ts";
import { hashOf } from "./router.ts";

/** The person wants to sign out. */
export class SignOutEvent extends Event {
  constructor() {
    super("console-sign-out", { bubbles: true, composed: true });
  }
}

/**
 * The account's name, and under it a menu (keys as in the ARIA Authoring Practices' menu button).
 * @fires console-sign-out - {@link SignOutEvent}
 */
@customElement("console-account-menu")
export class ConsoleAccountMenu extends LitElement {
  static override styles = [
    themeStyles,
    controlStyles,
    css`
      :host {
        position: relative;
        display: block;
      }
      @media (max-width: 40rem) {
        button[aria-haspopup] {
          padding-inline: 0.75rem;
          font-size: 0.9375rem;
        }
      }
      .menu {
        position: absolute;
        inset-block-start: calc(100% + 0.5rem);
        inset-inline-end: 0;
        z-index: 3;
        display: grid;
        inline-size: max-content;
        min-inline-size: 14rem;
        max-inline-size: calc(100vw - 2rem);
        padding: 0.375rem;
        border: 1px solid var(--_border);
        border-radius: var(--_radius);
        background: var(--_surface);
        box-shadow: 0 0.75rem 2rem rgb(10 16 30 / 0.22);
      }
      .menu[hidden] {
        display: none;
      }
      .who {
        padding: 0.5rem 0.75rem 0.625rem;
        color: var(--_muted);
        font-size: 0.875rem;
        overflow-wrap: anywhere;
      }
      [role="menuitem"] {
        display: flex;
        align-items: center;
        justify-content: start;
        min-block-size: 2.75rem;
        padding: 0.5rem 0.75rem;
        border: 0;
        border-radius: calc(var(--_radius) * 0.7);
        background: none;
        color: var(--_text);
        font-weight: 500;
        text-decoration: none;
      }
      [role="menuitem"]:hover,
      [role="menuitem"]:focus-visible {
        background: var(--_accent-soft);
      }
      .chevron {
        transition: rotate 120ms;
      }
      [aria-expanded="true"] .chevron {
        rotate: 180deg;
      }
      @media (prefers-reduced-motion: reduce) {
        .chevron {
          transition: none;
        }
      }
    `,
  ];

  /** What the button says. */
  @property({ attribute: "account-name" }) accountName = "";

  /** Who is signed in. */
  @property({ attribute: "user-name" }) userName = "";

  /** What kind of user that is. */
  @property({ attribute: "role-name" }) roleName = "";

  /** The number of the account. */
  @property({ attribute: "account-id" }) accountId = "";

  @state() private isOpen = false;
  @query("button[aria-haspopup]") private readonly opener: HTMLButtonElement | null | undefined;

  protected override render() {
    return html`
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded=${String(this.isOpen)}
        aria-controls="menu"
        @click=${() => (this.isOpen ? this.#close() : void this.#open(0))}
        @keydown=${this.#openerKey}
      >
        ${this.accountName}
        <svg class="chevron" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path
            d="m2 4 4 4 4-4"
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
          />
        </svg>
      </button>
      <div class="menu" ?hidden=${!this.isOpen} @keydown=${this.#menuKey} @focusout=${this.#left}>
        <p class="who">
          ${this.roleName}<br /><bdi>${this.userName}</bdi><br />${PAGE_TEXTS.accountId(this.accountId)}
        </p>
        <div id="menu" role="menu" aria-label=${this.accountName}>
          <a
            role="menuitem"
            tabindex="-1"
            href=${hashOf("security-credentials")}
            @click=${() => this.#close()}
          >
            Security credentials
          </a>
          <button role="menuitem" tabindex="-1" type="button" @click=${this.#signOut}>Sign out</button>
        </div>
      </div>
    `;
  }

  get #items(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("[role=menuitem]")];
  }

  async #open(index: number): Promise<void> {
    this.isOpen = true;
    await this.updateComplete;
    this.#items.at(index)?.focus();
  }

  #close(): void {
    this.isOpen = false;
  }

  #openerKey = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    void this.#open(event.key === "ArrowDown" ? 0 : -1);
  };

  #menuKey = (event: KeyboardEvent) => {
    const items = this.#items;
    const current = items.indexOf(event.target as HTMLElement);
    const target = {
      ArrowDown: items.at((current + 1) % items.length),
      ArrowUp: items.at(current - 1),
      Home: items.at(0),
      End: items.at(-1),
      Escape: this.opener,
    }[event.key];
    if (!target) return;
    event.preventDefault();
    if (event.key === "Escape") this.#close();
    target.focus();
  };

  #left = (event: FocusEvent) => {
    const next = event.relatedTarget;
    if (!(next instanceof Node && this.renderRoot.contains(next))) this.#close();
  };

  #signOut = () => {
    this.#close();
    this.dispatchEvent(new SignOutEvent());
  };
}

declare global {
  interface HTMLElementEventMap {
    "console-sign-out": SignOutEvent;
  }
  interface HTMLElementTagNameMap {
    "console-account-menu": ConsoleAccountMenu;
  }
}
