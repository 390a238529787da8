import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { ContextConsumer } from "@lit/context";
import { customElement, property, state } from "lit/decorators.js";
import { renderAlert } from "../../elements/alert.ts";
import { controlStyles } from "../../elements/control-styles.ts";
import type { OathRemovedEvent } from "../../elements/events.ts";
import { mfaServiceContext } from "../../elements/service-context.ts";
import { themeStyles } from "../../elements/theme.ts";
import type { MfaDevice } from "../../mfa/contract.ts";
import type { ConsoleMemory } from "../console-memory.ts";
import { PAGE_TEXTS } from "../page-texts.ts";
import { pageStyles } from "../page-styles.ts";
import { ROUTES } from "../router.ts";
import type { SignedIn } from "../session.ts";
import { CREDENTIALS_TEXTS as TEXTS } from "./credentials-texts.ts";

/** The lost token was dealt with: the session is limited no longer. */
export class SessionLiftedEvent extends Event {
  constructor() {
    super("console-session-lifted", { bubbles: true, composed: true });
  }
}

/**
 * The MFA devices of who is signed in, and what is to be done about lost ones.
 * @fires console-session-lifted - {@link SessionLiftedEvent}
 */
@customElement("console-credentials")
export class ConsoleCredentials extends LitElement {
  static override styles = [
    themeStyles,
    controlStyles,
    pageStyles,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.25rem;
      }
      .suspended {
        display: grid;
        gap: 0.75rem;
      }
      .suspended ul {
        display: grid;
        gap: 0.5rem;
        list-style: none;
      }
      .suspended li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.5rem 1rem;
      }
      .said:empty {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) memory: ConsoleMemory | undefined;
  @property({ attribute: false }) signedIn: SignedIn | null = null;

  @state() private suspended: readonly MfaDevice[] = [];
  @state() private said = "";
  readonly #service = new ContextConsumer(this, { context: mfaServiceContext, subscribe: true });

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("signedIn")) void this.#load();
  }

  async #load(): Promise<void> {
    const { memory, signedIn } = this;
    const devices = await this.#service.value?.listMfaDevices(signedIn?.user.userName ?? "").catch(() => []);
    this.suspended = (devices ?? []).filter(({ serialNumber }) => memory?.suspended.has(serialNumber));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { signedIn } = this;
    if (!signedIn) return nothing;
    const { user, lostSerialNumber } = signedIn;
    return html`
      <h1 tabindex="-1">${ROUTES["security-credentials"].title}</h1>
      <p class="lead">
        ${user.kind === "root" ? PAGE_TEXTS.rootUser : PAGE_TEXTS.iamUser}
        <strong><bdi>${user.userName}</bdi></strong>
      </p>
      ${lostSerialNumber === null ? this.#renderSuspended() : this.#renderLimited(lostSerialNumber)}
      <p class="said" role="status">${this.said}</p>
      <oath-devices user-name=${user.userName} @oath-removed=${this.#removed}></oath-devices>
      <p class="aside">${PAGE_TEXTS.noTokenAtHand}</p>
    `;
  }

  #renderLimited(serialNumber: string): TemplateResult {
    const keep = html`<div>
      <button type="button" @click=${() => this.#keepOut(serialNumber)}>${TEXTS.keepOut}</button>
    </div>`;
    return html`<section aria-label=${TEXTS.limitedTitle}>
      ${renderAlert("warning", TEXTS.limitedText(serialNumber), keep)}
    </section>`;
  }

  #renderSuspended(): TemplateResult | typeof nothing {
    if (this.suspended.length === 0) return nothing;
    return html`<section class="card suspended" aria-labelledby="suspended">
      <h2 id="suspended">${TEXTS.suspendedTitle}</h2>
      <p class="muted">${TEXTS.suspendedText}</p>
      <ul>
        ${this.suspended.map(
          (device) =>
            html`<li>
              <span><bdi>${device.deviceName}</bdi> <bdi class="serial">${device.serialNumber}</bdi></span>
              <button type="button" @click=${() => this.#useAgain(device)}>
                ${TEXTS.useAgain} <span class="visually-hidden">${device.deviceName}</span>
              </button>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  #keepOut(serialNumber: string): void {
    this.memory?.suspended.add(serialNumber);
    this.said = TEXTS.keptOut(serialNumber);
    this.#lift();
  }

  async #useAgain({ serialNumber, deviceName }: MfaDevice): Promise<void> {
    this.memory?.suspended.remove(serialNumber);
    this.said = TEXTS.usedAgain(deviceName);
    await this.#refresh();
  }

  readonly #removed = (event: OathRemovedEvent): void => {
    const { serialNumber, deviceName } = event;
    const { user, lostSerialNumber } = this.signedIn ?? {};
    const { removedSubject: subject, removedLines } = TEXTS;
    if (user)
      this.memory?.outbox.send({ to: user.email, subject, lines: removedLines(deviceName, serialNumber) });
    if (serialNumber === lostSerialNumber) this.#lift();
    else void this.#load();
  };

  #lift(): void {
    this.dispatchEvent(new SessionLiftedEvent());
    void this.#refresh();
  }

  async #refresh(): Promise<void> {
    await this.#load();
    await this.renderRoot.querySelector("oath-devices")?.refresh();
  }
}

declare global {
  interface HTMLElementEventMap {
    "console-session-lifted": SessionLiftedEvent;
  }
  interface HTMLElementTagNameMap {
    "console-credentials": ConsoleCredentials;
  }
}
