import { html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { renderAlert } from "../../elements/alert.ts";
import { controlStyles } from "../../elements/control-styles.ts";
import { formatDuration } from "../../elements/formats.ts";
import { englishMessages } from "../../elements/messages.ts";
import { themeStyles } from "../../elements/theme.ts";
import type { ConsoleMemory } from "../console-memory.ts";
import { DEMO_ACCOUNT } from "../demo-account.ts";
import "../outbox/mailbox.ts";
import type { MailLinkEvent } from "../outbox/mailbox.ts";
import { OUTBOX_TEXTS } from "../outbox/outbox-texts.ts";
import { pageStyles } from "../page-styles.ts";
import { renderPhone } from "./phone.ts";
import type { RecoveryStep } from "./recovery-desk.ts";
import { recoveryStyles } from "./recovery-styles.ts";
import { RECOVERY_TEXTS as TEXTS } from "./recovery-texts.ts";
import type { SendLimit } from "./send-limit.ts";

const STEPS = ["mail", "phone", "done"] as const;
/** The wait on a button is shown in seconds. */
const TICK_MS = 1_000;

/** The alternative factors were left, or both were proved. */
export class RecoveryEndEvent extends Event {
  readonly isProved: boolean;

  constructor(isProved: boolean) {
    super("console-recovery-end", { bubbles: true, composed: true });
    this.isProved = isProved;
  }
}

/**
 * The root user's way in without the token: a link from the simulated mailbox, then six digits on the simulated phone.
 * @fires console-recovery-end - {@link RecoveryEndEvent}
 */
@customElement("console-recovery")
export class ConsoleRecovery extends LitElement {
  static override styles = [themeStyles, controlStyles, pageStyles, recoveryStyles];

  /** With a recovery begun at its desk. */
  @property({ attribute: false }) memory: ConsoleMemory | undefined;

  @state() private problem = "";
  @state() private said = "";
  @state() private typed = "";
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Goes to the heading. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>("h1")?.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult {
    const step = this.memory?.recovery.current?.step ?? "mail";
    return html`
      <h1 tabindex="-1">${TEXTS.title}</h1>
      <p class="muted">${TEXTS.lead}</p>
      <nav aria-label=${TEXTS.progress}>
        <ol>
          ${STEPS.map((one) => html`<li aria-current=${one === step ? "step" : nothing}>${TEXTS.steps[one]}</li>`)}
        </ol>
      </nav>
      <div role="alert">${renderAlert("error", this.problem)}</div>
      <p class="note" role="status">${this.said}</p>
      <div class="stage">${this.#renderStep(step)}</div>
      <div class="actions">
        <button type="button" @click=${() => this.#end(false)}>${TEXTS.back}</button>
      </div>
    `;
  }

  #renderStep(step: RecoveryStep): TemplateResult {
    if (step === "mail") return this.#renderMail();
    return step === "phone" ? this.#renderPhone() : this.#renderDone();
  }

  #renderMail(): TemplateResult {
    const { memory } = this;
    const label = memory?.recovery.isMailOut ? TEXTS.resendMail : TEXTS.sendMail;
    return html`<p>${TEXTS.mailText(DEMO_ACCOUNT.email)}</p>
      ${this.#renderSend(label, memory?.recovery.mailLimit, this.#sendMail)}
      <section class="simulated" aria-labelledby="mailbox">
        <h2 id="mailbox">${OUTBOX_TEXTS.titleOf(DEMO_ACCOUNT.email)}</h2>
        <console-mailbox
          .outbox=${memory?.outbox}
          address=${DEMO_ACCOUNT.email}
          @console-mail-link=${this.#followLink}
        ></console-mailbox>
      </section>`;
  }

  #renderPhone(): TemplateResult {
    const { memory, typed } = this;
    const digits = memory?.recovery.callDigits ?? null;
    const label = digits === null ? TEXTS.call : TEXTS.callAgain;
    return html`<p>${TEXTS.phoneText(DEMO_ACCOUNT.phone)}</p>
      ${this.#renderSend(label, memory?.recovery.callLimit, this.#call)}
      ${
        digits === null
          ? nothing
          : html`<p>${TEXTS.digitsText}</p>
              <p class="digits" role="group" aria-label=${TEXTS.digitsLabel}>${digits}</p>`
      }
      ${renderPhone(digits !== null, typed, { change: (value) => (this.typed = value), submit: this.#type })}`;
  }

  #renderDone(): TemplateResult {
    return html`<p>${TEXTS.doneText}</p>
      <div class="actions">
        <button class="primary" type="button" @click=${() => this.#end(true)}>${TEXTS.signIn}</button>
      </div>`;
  }

  /** Stays focusable while it has to wait, and says for how long. */
  #renderSend(label: string, limit: SendLimit | undefined, onSend: () => void): TemplateResult {
    const waitMs = limit?.waitMs ?? 0;
    const wait = TEXTS.waitFor(formatDuration(waitMs / 1000, englishMessages));
    return html`<div class="actions">
      <button
        class="primary"
        type="button"
        aria-disabled=${waitMs > 0 ? "true" : nothing}
        aria-describedby="wait"
        @click=${waitMs > 0 ? () => (this.said = wait) : onSend}
      >
        ${label}
      </button>
      <span id="wait" class="hint">${waitMs > 0 ? wait : ""}</span>
    </div>`;
  }

  readonly #sendMail = (): void => {
    const { memory } = this;
    const proof = memory?.recovery.sendMail() ?? null;
    if (!memory || proof === null) return;
    const { mailSubject: subject, mailLines: lines } = TEXTS;
    memory.outbox.send({ to: DEMO_ACCOUNT.email, subject, lines, proof });
    this.#say(TEXTS.mailSent);
  };

  readonly #followLink = ({ proof }: MailLinkEvent): void => {
    if (this.memory?.recovery.followLink(proof)) void this.#goOn();
    else this.#refuse(TEXTS.linkRefused);
  };

  readonly #call = (): void => {
    this.memory?.recovery.call();
    this.typed = "";
    this.#say(TEXTS.digitsText);
  };

  readonly #type = (): void => {
    const outcome = this.memory?.recovery.typeDigits(this.typed.trim()) ?? "ended";
    this.typed = "";
    if (outcome === "right") void this.#goOn();
    else this.#refuse(outcome === "wrong" ? TEXTS.digitsWrong : TEXTS.callEnded);
  };

  async #goOn(): Promise<void> {
    this.#say("");
    await this.updateComplete;
    this.focus();
  }

  #say(said: string): void {
    this.problem = "";
    this.said = said;
    this.requestUpdate();
  }

  #refuse(problem: string): void {
    this.said = "";
    this.problem = problem;
    this.requestUpdate();
  }

  #end(isProved: boolean): void {
    this.dispatchEvent(new RecoveryEndEvent(isProved));
  }
}

declare global {
  interface HTMLElementEventMap {
    "console-recovery-end": RecoveryEndEvent;
  }
  interface HTMLElementTagNameMap {
    "console-recovery": ConsoleRecovery;
  }
}
