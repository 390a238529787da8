import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { renderAlert } from "../elements/alert.ts";
import { controlStyles } from "../elements/control-styles.ts";
import type { OathVerifiedEvent } from "../elements/events.ts";
import { themeStyles } from "../elements/theme.ts";
import type { MfaService, RefusedCodes } from "../mfa/contract.ts";
import { DEMO_ACCOUNT, isDemoLogin } from "./demo-account.ts";
import { pageStyles } from "./page-styles.ts";
import { signInStyles } from "./sign-in-styles.ts";

type Step = "email" | "password" | "mfa";

/** Every factor was proved. */
export class SignedInEvent extends Event {
  readonly userName: string;
  /** What was refused since the last sign-in, if anything. */
  readonly refused: RefusedCodes | null;

  constructor(userName: string, refused: RefusedCodes | null) {
    super("console-signed-in", { bubbles: true, composed: true });
    this.userName = userName;
    this.refused = refused;
  }
}

const WRONG_LOGIN = "That e-mail address and password do not belong together. Check both, then try again.";
const FAILED =
  "The account's MFA devices could not be read. Try again, or start over at the foot of the page.";

/**
 * Sign-in as the root user: e-mail address, password, then a code when the account has an MFA device.
 * @fires console-signed-in - {@link SignedInEvent}
 */
@customElement("console-sign-in")
export class ConsoleSignIn extends LitElement {
  static override styles = [themeStyles, controlStyles, pageStyles, signInStyles];

  /** Tells whether the account has devices, and checks their codes. */
  @property({ attribute: false }) service: MfaService | undefined;

  /** What the first run did, for the box about the demo account. */
  @property() note = "";

  @state() private step: Step = "email";
  @state() private email = "";
  @state() private password = "";
  @state() private problem = "";
  @state() private busy = false;

  protected override render() {
    return html`
      <section class="card" aria-labelledby="title">
        ${this.step === "email" ? this.#emailStep() : this.step === "password" ? this.#passwordStep() : this.#mfaStep()}
      </section>
      ${this.step === "mfa" ? nothing : this.#demoBox()}
    `;
  }

  #emailStep() {
    return html`
      <h1 id="title" tabindex="-1">Sign in</h1>
      <p class="muted">Root user of the demo account.</p>
      ${this.#alert()}
      <form @submit=${this.#submitEmail} novalidate>
        <div class="field">
          <label for="email">Root user email address</label>
          <input
            id="email"
            name="email"
            type="email"
            autocomplete="username"
            .value=${this.email}
            @input=${(event: InputEvent) => (this.email = valueOf(event))}
          />
        </div>
        <button class="primary" type="submit">Next</button>
      </form>
    `;
  }

  #passwordStep() {
    return html`
      <h1 id="title" tabindex="-1">Root user sign-in</h1>
      <p class="who">
        <span class="muted">E-mail address</span>
        <strong>${this.email.trim()}</strong>
        <button class="link" type="button" @click=${() => this.#show("email")}>Change</button>
      </p>
      ${this.#alert()}
      <form @submit=${this.#submitPassword} novalidate>
        <!-- For password managers: they file the password under the name beside it. -->
        <input
          class="visually-hidden"
          tabindex="-1"
          aria-hidden="true"
          autocomplete="username"
          readonly
          .value=${this.email}
        />
        <div class="field">
          <label for="password">Password</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            .value=${this.password}
            @input=${(event: InputEvent) => (this.password = valueOf(event))}
          />
        </div>
        <button class="primary" type="submit" aria-disabled=${this.busy ? "true" : nothing}>Sign in</button>
      </form>
    `;
  }

  #mfaStep() {
    return html`
      <h1 id="title" tabindex="-1">Additional verification</h1>
      <p class="who"><span class="muted">Signing in as</span> <strong>${this.email.trim()}</strong></p>
      <oath-verify
        .service=${this.service}
        user-name=${DEMO_ACCOUNT.email}
        @oath-verified=${({ verification }: OathVerifiedEvent) => this.#finish(verification.sinceLastSignIn)}
      ></oath-verify>
      <button class="link" type="button" @click=${this.#restart}>Use another account</button>
    `;
  }

  #demoBox(): TemplateResult {
    return html`<section class="card quiet" aria-labelledby="demo">
      <h2 id="demo">Demo account</h2>
      <p>
        Everything here runs in this browser. There is one account, and a box of sample tokens to assign to
        it.
      </p>
      <dl>
        <dt>E-mail address</dt>
        <dd><code>${DEMO_ACCOUNT.email}</code></dd>
        <dt>Password</dt>
        <dd><code>${DEMO_ACCOUNT.password}</code></dd>
      </dl>
      <button type="button" @click=${this.#fillIn}>Fill in for me</button>
      <p class="hint" role="status">${this.note}</p>
    </section>`;
  }

  #alert() {
    return html`<div role="alert">${renderAlert("error", this.problem)}</div>`;
  }

  #fillIn = () => {
    this.email = DEMO_ACCOUNT.email;
    this.password = DEMO_ACCOUNT.password;
    this.problem = "";
    this.renderRoot.querySelector<HTMLButtonElement>("button.primary")?.focus();
  };

  #submitEmail = (event: SubmitEvent) => {
    event.preventDefault();
    if (!/^\S+@\S+$/u.test(this.email.trim())) {
      this.#explain("Enter the e-mail address of the root user, such as root@example.com.");
      return;
    }
    this.#show("password");
  };

  #submitPassword = async (event: SubmitEvent) => {
    event.preventDefault();
    if (this.busy || !this.service) return;
    if (!isDemoLogin(this.email, this.password)) {
      this.#explain(WRONG_LOGIN);
      return;
    }
    this.busy = true;
    try {
      const devices = await this.service.listMfaDevices(DEMO_ACCOUNT.email);
      if (devices.length === 0) this.#finish();
      else this.#show("mfa");
    } catch {
      this.#explain(FAILED);
    } finally {
      this.busy = false;
    }
  };

  #finish(refused: RefusedCodes | null = null): void {
    this.password = "";
    this.dispatchEvent(new SignedInEvent(DEMO_ACCOUNT.email, refused));
  }

  #restart = () => {
    this.password = "";
    this.#show("email");
  };

  #show(step: Step): void {
    this.problem = "";
    this.step = step;
  }

  #explain(problem: string): void {
    this.problem = problem;
    this.#firstField()?.focus();
  }

  #firstField(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>("#email, #password, h1");
  }

  protected override updated(changed: PropertyValues): void {
    // Not on the first step's first showing: there the page decides where the focus goes.
    if (changed.get("step") === undefined) return;
    const field = this.renderRoot.querySelector<HTMLElement>("#email, #password");
    (field ?? this.renderRoot.querySelector<HTMLElement>("h1"))?.focus();
  }
}

function valueOf(event: InputEvent): string {
  return (event.currentTarget as HTMLInputElement).value;
}

declare global {
  interface HTMLElementEventMap {
    "console-signed-in": SignedInEvent;
  }
  interface HTMLElementTagNameMap {
    "console-sign-in": ConsoleSignIn;
  }
}
