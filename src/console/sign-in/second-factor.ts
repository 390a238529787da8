import { html, LitElement, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { controlStyles } from "../../elements/control-styles.ts";
import type { OathTroubleEvent, OathVerifiedEvent } from "../../elements/events.ts";
import { themeStyles } from "../../elements/theme.ts";
import type { MfaDevice, MfaService, RefusedCodes } from "../../mfa/contract.ts";
import type { ConsoleMemory } from "../console-memory.ts";
import { DEMO_USERS, type DemoUser, ROOT_USER } from "../demo-account.ts";
import { pageStyles } from "../page-styles.ts";
import "../recovery/recovery.ts";
import type { RecoveryEndEvent } from "../recovery/recovery.ts";
import { RECOVERY_TEXTS } from "../recovery/recovery-texts.ts";
import { withoutSuspended } from "../suspended-tokens.ts";
import "../trouble/trouble.ts";
import type { TroublePath, TroublePathEvent } from "../trouble/trouble-events.ts";
import { TROUBLE_TEXTS } from "../trouble/trouble-texts.ts";
import { SignedInEvent } from "./signed-in-event.ts";
import { signInStyles } from "./sign-in-styles.ts";
import { SIGN_IN_TEXTS as TEXTS } from "./sign-in-texts.ts";

type View = "code" | "trouble" | "recovery";

/** The password was proved, but somebody else wants to sign in. */
export class SignInRestartEvent extends Event {
  constructor() {
    super("console-sign-in-restart", { bubbles: true, composed: true });
  }
}

/**
 * What comes after the password: a code, or what to do when there is none to be had.
 * @fires console-signed-in - {@link SignedInEvent}
 * @fires console-sign-in-restart - {@link SignInRestartEvent}
 */
@customElement("console-second-factor")
export class ConsoleSecondFactor extends LitElement {
  static override styles = [themeStyles, controlStyles, pageStyles, signInStyles];

  @property({ attribute: false }) service: MfaService | undefined;
  @property({ attribute: false }) memory: ConsoleMemory | undefined;
  @property({ attribute: false }) user: DemoUser = ROOT_USER;

  @state() private view: View = "code";
  /** All of the user's devices, and those in use. */
  @state() private all: readonly MfaDevice[] = [];
  @state() private inUse: readonly MfaDevice[] = [];
  @state() private troubled: MfaDevice | undefined;
  @state() private firstSerialNumber = "";
  #open: MfaService | undefined;

  /** Goes to the heading of what is shown. */
  override focus(): void {
    const page = this.renderRoot.querySelector<HTMLElement>("console-trouble, console-recovery");
    (page ?? this.renderRoot.querySelector<HTMLElement>("h1"))?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { service, memory } = this;
    if (!changed.has("service") && !changed.has("memory")) return;
    this.#open = service && memory ? withoutSuspended(service, memory.suspended, { hides: true }) : service;
    if (memory?.recovery.current) this.view = "recovery";
    void this.#load();
  }

  async #load(): Promise<void> {
    const { service, memory, user } = this;
    this.all = (await service?.listMfaDevices(user.userName).catch(() => [])) ?? [];
    this.inUse = this.all.filter(({ serialNumber }) => !memory?.suspended.has(serialNumber));
    if (this.all.length === 0 || this.inUse.length > 0 || this.view !== "code") return;
    this.troubled = this.all[0];
    await this.#show("trouble");
  }

  protected override render(): TemplateResult {
    if (this.view === "trouble") {
      return html`<console-trouble
        .user=${this.user}
        .devices=${this.inUse}
        .device=${this.troubled}
        @console-trouble-path=${({ path }: TroublePathEvent) => this.#follow(path)}
      ></console-trouble>`;
    }
    if (this.view === "recovery") {
      return html`<console-recovery
        .memory=${this.memory}
        @console-recovery-end=${this.#recovered}
      ></console-recovery>`;
    }
    return html`
      <h1 id="title" tabindex="-1">${TEXTS.mfaTitle}</h1>
      <p class="who">
        <span class="muted">${TEXTS.signingInAs}</span> <strong>${this.user.userName}</strong>
      </p>
      <oath-verify
        .service=${this.#open}
        user-name=${this.user.userName}
        serial-number=${this.firstSerialNumber}
        @oath-trouble=${this.#trouble}
        @oath-verified=${({ verification }: OathVerifiedEvent) =>
          this.#finish(verification.sinceLastSignIn ?? null)}
      ></oath-verify>
      <div>
        <button class="link" type="button" @click=${() => this.dispatchEvent(new SignInRestartEvent())}>
          ${TEXTS.startAgain}
        </button>
      </div>
    `;
  }

  readonly #trouble = (event: OathTroubleEvent): void => {
    event.preventDefault();
    this.troubled = event.device;
    void this.#show("trouble");
  };

  readonly #follow = (path: TroublePath): void => {
    const { memory, user } = this;
    if (path.kind === "code") {
      this.firstSerialNumber = path.serialNumber ?? "";
      void this.#show("code");
    } else if (path.kind === "resync") {
      void this.#resync(path.serialNumber);
    } else if (path.kind === "suspend") {
      memory?.suspended.add(path.serialNumber);
      void this.#load();
    } else if (path.kind === "recover") {
      memory?.recovery.begin(user, path.serialNumber);
      void this.#show("recovery");
    } else {
      this.#ask(path.serialNumber);
    }
  };

  #ask(serialNumber: string): void {
    const { askSubject, askLines } = TROUBLE_TEXTS;
    const { userName } = this.user;
    const subject = askSubject(userName);
    const lines = askLines(userName, serialNumber);
    const administrators = DEMO_USERS.filter((one) => one.isAdministrator && one.userName !== userName);
    for (const { email } of administrators) this.memory?.outbox.send({ to: email, subject, lines });
  }

  async #resync(serialNumber: string): Promise<void> {
    await this.#show("code");
    const verify = this.renderRoot.querySelector("oath-verify");
    await verify?.refresh();
    await verify?.openResync(serialNumber);
  }

  readonly #recovered = ({ isProved }: RecoveryEndEvent): void => {
    const { memory, user } = this;
    const serialNumber = memory?.recovery.current?.serialNumber;
    if (!isProved || serialNumber === undefined) {
      memory?.recovery.end();
      this.troubled = this.all.find((one) => one.serialNumber === serialNumber);
      void this.#show("trouble");
      return;
    }
    memory?.recovery.end();
    const { signedInSubject: subject, signedInLines } = RECOVERY_TEXTS;
    memory?.outbox.send({ to: user.email, subject, lines: signedInLines(serialNumber) });
    this.dispatchEvent(new SignedInEvent({ user, lostSerialNumber: serialNumber }, null));
  };

  #finish(refused: RefusedCodes | null): void {
    this.dispatchEvent(new SignedInEvent({ user: this.user, lostSerialNumber: null }, refused));
  }

  async #show(view: View): Promise<void> {
    this.view = view;
    await this.updateComplete;
    const page = this.renderRoot.querySelector<LitElement>("console-trouble, console-recovery");
    await page?.updateComplete;
    this.focus();
  }
}

declare global {
  interface HTMLElementEventMap {
    "console-sign-in-restart": SignInRestartEvent;
  }
  interface HTMLElementTagNameMap {
    "console-second-factor": ConsoleSecondFactor;
  }
}
