import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { renderAlert } from "../../elements/alert.ts";
import { controlStyles } from "../../elements/control-styles.ts";
import { themeStyles } from "../../elements/theme.ts";
import { typesStyles } from "../../elements/types-styles.ts";
import type { MfaService } from "../../mfa/contract.ts";
import { type ConsoleMemory, pageMemory } from "../console-memory.ts";
import { DEMO_ACCOUNT, type DemoUser, iamLogin, rootLogin } from "../demo-account.ts";
import { pageStyles } from "../page-styles.ts";
import { renderDemoBox } from "./demo-box.ts";
import "./second-factor.ts";
import { SignedInEvent } from "./signed-in-event.ts";
import { renderChooser, renderIamForm, renderRootPassword, type SignInDraft } from "./sign-in-forms.ts";
import { signInStyles } from "./sign-in-styles.ts";
import { SIGN_IN_TEXTS as TEXTS } from "./sign-in-texts.ts";

type Step = "choose" | "root-password" | "iam" | "mfa";

const EMPTY: SignInDraft = {
  kind: "root",
  email: "",
  account: "",
  userName: "",
  password: "",
  remembers: false,
};

/**
 * Sign-in as the root user (e-mail address, then password) or as an IAM user (account, name and password), then a code when
 * the user has an MFA device.
 * @fires console-signed-in - {@link SignedInEvent}
 */
@customElement("console-sign-in")
export class ConsoleSignIn extends LitElement {
  static override styles = [themeStyles, controlStyles, pageStyles, typesStyles, signInStyles];

  /** Tells whether the user has devices, and checks their codes. */
  @property({ attribute: false }) service: MfaService | undefined;

  /** What is remembered beside the vault. */
  @property({ attribute: false }) memory: ConsoleMemory = pageMemory();

  /** What the first run did, for the box about the demo account. */
  @property() note = "";

  @state() private step: Step = "choose";
  @state() private draft = EMPTY;
  @state() private problem = "";
  @state() private busy = false;
  @state() private user: DemoUser | null = null;

  protected override willUpdate(): void {
    if (this.hasUpdated) return;
    const { current } = this.memory.recovery;
    const account = this.memory.account.value;
    if (current) {
      // The page was loaded anew in the middle of it.
      this.user = current.user;
      this.step = "mfa";
    } else if (account !== "") {
      this.draft = { ...EMPTY, kind: "iam", account, remembers: true };
      this.step = "iam";
    }
  }

  protected override render() {
    return html`
      <section class="card" aria-label=${TEXTS.title}>${this.#page()}</section>
      ${this.step === "mfa" ? nothing : renderDemoBox(this.note, this.#fillIn)}
    `;
  }

  #page() {
    const { step, draft } = this;
    const form = { draft, alert: this.#alert(), isBusy: this.busy, actions: this.#actions };
    if (step === "mfa" && this.user) {
      return html`<console-second-factor
        .service=${this.service}
        .memory=${this.memory}
        .user=${this.user}
        @console-sign-in-restart=${this.#restart}
      ></console-second-factor>`;
    }
    if (step === "iam") return renderIamForm(form, this.memory.account.value !== "");
    return step === "root-password" ? renderRootPassword(form) : renderChooser(form);
  }

  #alert() {
    return html`<div role="alert">${renderAlert("error", this.problem)}</div>`;
  }

  readonly #fillIn = (user: DemoUser): void => void this.#fill(user);

  async #fill({ kind, userName, email }: DemoUser): Promise<void> {
    const { password } = DEMO_ACCOUNT;
    this.problem = "";
    this.draft =
      kind === "root"
        ? { ...EMPTY, kind, email, password }
        : { ...EMPTY, kind, account: DEMO_ACCOUNT.alias, userName, password };
    this.step = kind === "root" ? "choose" : "iam";
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLButtonElement>("button.primary")?.focus();
  }

  readonly #change = (changes: Partial<SignInDraft>): void => {
    this.draft = { ...this.draft, ...changes };
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { email, account, userName, password, remembers, kind } = this.draft;
    if (this.step === "choose") {
      if (kind === "root" && !/^\S+@\S+$/u.test(email.trim())) this.#explain(TEXTS.badEmail);
      else if (kind === "iam" && account.trim() === "") this.#explain(TEXTS.noAccount);
      else this.#show(kind === "root" ? "root-password" : "iam");
    } else if (this.step === "root-password") {
      void this.#enter(rootLogin(email, password), TEXTS.wrongRootLogin);
    } else if (account.trim() === "" || userName.trim() === "") {
      this.#explain(account.trim() === "" ? TEXTS.noAccount : TEXTS.noUserName);
    } else {
      if (remembers) this.memory.account.remember(account);
      else this.memory.account.forget();
      void this.#enter(iamLogin(account, userName, password), TEXTS.wrongIamLogin);
    }
  };

  async #enter(user: DemoUser | null, refusal: string): Promise<void> {
    if (this.busy || !this.service) return;
    if (!user) {
      this.#explain(refusal);
      return;
    }
    this.busy = true;
    try {
      const devices = await this.service.listMfaDevices(user.userName);
      this.user = user;
      if (devices.length === 0) this.#finish(user);
      else this.#show("mfa");
    } catch {
      this.#explain(TEXTS.failed);
    } finally {
      this.busy = false;
    }
  }

  #finish(user: DemoUser): void {
    this.draft = { ...this.draft, password: "" };
    this.dispatchEvent(new SignedInEvent({ user, lostSerialNumber: null }, null));
  }

  readonly #restart = (): void => {
    const { kind } = this.draft;
    this.draft = { ...this.draft, password: "" };
    this.user = null;
    this.#show(kind === "iam" ? "iam" : "choose");
  };

  /** To the first page, with nothing remembered. */
  readonly #toStart = (): void => {
    if (this.step === "iam") {
      this.memory.account.forget();
      this.draft = { ...EMPTY, kind: "iam" };
    }
    this.#show("choose");
  };

  readonly #toRoot = (): void => {
    this.draft = { ...this.draft, kind: "root", password: "" };
    this.#show("choose");
  };

  readonly #actions = {
    change: this.#change,
    submit: this.#submit,
    toStart: this.#toStart,
    toRoot: this.#toRoot,
  };

  #show(step: Step): void {
    this.problem = "";
    this.step = step;
  }

  #explain(problem: string): void {
    this.problem = problem;
    this.#firstField()?.focus();
  }

  /** The first that is empty, else the password, else the first there is. */
  #firstField(): HTMLElement | null {
    const fields = [...this.renderRoot.querySelectorAll<HTMLInputElement>(".field > input")];
    return (
      fields.find(({ value }) => value.trim() === "") ??
      fields.find(({ id }) => id === "password") ??
      fields[0] ??
      null
    );
  }

  protected override updated(changed: PropertyValues): void {
    // Not on the first step's first showing: there the page decides where the focus goes.
    if (changed.get("step") === undefined) return;
    void this.#focusStep();
  }

  async #focusStep(): Promise<void> {
    const secondFactor = this.renderRoot.querySelector("console-second-factor");
    await secondFactor?.updateComplete;
    (secondFactor ?? this.#firstField())?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "console-sign-in": ConsoleSignIn;
  }
}
