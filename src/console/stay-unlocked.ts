import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { controlStyles } from "../elements/control-styles.ts";
import { themeStyles } from "../elements/theme.ts";
import type { VaultService } from "../mfa/vault-contract.ts";
import { noticeDialogStyles } from "./notice-dialog-styles.ts";
import { VaultChangedEvent } from "./vault-section.ts";

/** Said once more so long before the end; in between the seconds are only to be seen. */
const LAST_CALL_SECONDS = 10;

/** Whoever presses keys on the page is not idle; the vault is told no more often than this, in milliseconds. */
const TELL_EVERY_MS = 20_000;

/** What it needs of the service. */
export type StayingVault = Pick<VaultService, "keepOpen" | "lock">;

/**
 * Asks whether the vault shall stay open before it locks by itself, as often as it comes to that (WCAG 2.2, success criterion
 * 2.2.1).
 * @fires console-vault-changed - it was kept open, locked, or its time has come
 */
@customElement("console-stay-unlocked")
export class ConsoleStayUnlocked extends LitElement {
  static override styles = [themeStyles, controlStyles, noticeDialogStyles];

  @property({ attribute: false }) service: StayingVault | null = null;

  /** On the clock of `performance.now`; null while nothing would lock it. */
  @property({ attribute: false }) locksAtMs: number | null = null;

  /** How long before that it asks, in milliseconds. */
  @property({ attribute: false }) warningMs = 60_000;

  /** Null while nothing is asked. */
  @state() private secondsLeft: number | null = null;
  @query("dialog") private readonly dialog: HTMLDialogElement | null | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAtMs = Number.NEGATIVE_INFINITY;

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of ["keydown", "pointerdown"]) window.addEventListener(type, this.#noticeUse, true);
    this.#tick();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const type of ["keydown", "pointerdown"]) window.removeEventListener(type, this.#noticeUse, true);
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("locksAtMs") || changed.has("warningMs")) this.#tick();
  }

  protected override render() {
    const left = this.secondsLeft;
    const isLastCall = left !== null && left <= LAST_CALL_SECONDS;
    return html`<dialog
      role="alertdialog"
      aria-labelledby="title"
      aria-describedby="text"
      @cancel=${this.#cancelled}
    >
      <h2 id="title">Stay unlocked?</h2>
      <p id="text">
        Nobody has used the token vault for a while, so it is about to lock. What you have typed stays where
        it is.
      </p>
      <p class="seconds" aria-hidden="true">${left === null ? nothing : `It locks in ${left} s.`}</p>
      <div class="visually-hidden" role="alert">
        ${isLastCall ? `The vault locks in ${LAST_CALL_SECONDS} seconds.` : nothing}
      </div>
      <div class="actions">
        <button type="button" @click=${this.#lockNow}>Lock now</button>
        <button class="primary" type="button" autofocus @click=${this.#stay}>Stay unlocked</button>
      </div>
    </dialog>`;
  }

  protected override updated(): void {
    const isAsking = this.secondsLeft !== null;
    if (isAsking && this.dialog?.open === false) this.dialog.showModal();
    if (!isAsking) this.dialog?.close();
  }

  /** Sleeps until there is something to ask, and then counts the seconds. */
  readonly #tick = (): void => {
    clearTimeout(this.#timer);
    const leftMs = this.locksAtMs === null ? null : this.locksAtMs - performance.now();
    const wasAsking = this.secondsLeft !== null;
    if (leftMs === null || leftMs > this.warningMs) this.secondsLeft = null;
    else this.secondsLeft = Math.max(0, Math.ceil(leftMs / 1000));
    if (leftMs === null) return;
    if (leftMs <= 0) {
      if (wasAsking) this.dispatchEvent(new VaultChangedEvent());
      return;
    }
    const untilNextMs = leftMs > this.warningMs ? leftMs - this.warningMs : leftMs % 1000 || 1000;
    this.#timer = setTimeout(this.#tick, untilNextMs);
  };

  /** Escape is an answer as well: somebody is there. */
  readonly #cancelled = (event: Event): void => {
    event.preventDefault();
    void this.#stay();
  };

  readonly #stay = async (): Promise<void> => {
    this.#toldAtMs = performance.now();
    await this.service?.keepOpen().catch(() => undefined);
    this.dispatchEvent(new VaultChangedEvent());
  };

  readonly #lockNow = async (): Promise<void> => {
    await this.service?.lock().catch(() => undefined);
    this.dispatchEvent(new VaultChangedEvent());
  };

  readonly #noticeUse = (): void => {
    const isAnswering = this.secondsLeft !== null;
    if (this.locksAtMs === null || isAnswering || performance.now() - this.#toldAtMs < TELL_EVERY_MS) return;
    void this.#stay();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "console-stay-unlocked": ConsoleStayUnlocked;
  }
}
