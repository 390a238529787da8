import { html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { renderAlert } from "../../elements/alert.ts";
import { controlStyles } from "../../elements/control-styles.ts";
import type { OathVerifiedEvent } from "../../elements/events.ts";
import { themeStyles } from "../../elements/theme.ts";
import { typesStyles } from "../../elements/types-styles.ts";
import type { MfaService, RefusedCodes } from "../../mfa/contract.ts";
import { DEMO_ACCOUNT, type DemoUser, iamLogin, rootLogin } from "../demo-account.ts";
import { pageStyles } from "../page-styles.ts";
import { safeStorage } from "../safe-storage.ts";
import type { SignedIn } from "../session.ts";
import { renderDemoBox } from "./demo-box.ts";
import { RememberedAccount } from "./remembered-account.ts";
import { renderChooser, renderIamForm, renderRootPassword, type SignInDraft } from "./sign-in-forms.ts";
import { signInStyles } from "./sign-in-styles.ts";
import { SIGN_IN_TEXTS as TEXTS } from "./sign-in-texts.ts";

type Step = "choose" | "root-password" | "iam" | "mfa";

/** Every factor was proved, or alternatives to one of them. */
export class SignedInEvent extends Event {
  readonly signedIn: SignedIn;
  /** What was refused since the last sign-in, if anything. */
  readonly refused: RefusedCodes | null;

  constructor(signedIn: SignedIn, refused: RefusedCodes | null) {
    super("console-signed-in", { bubbles: true, composed: true });
    this.signedIn = signedIn;
    this.refused = refused;
  }
}

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

  /** What the first run did, for the box about the demo account. */
  @property() note = "";

  @state() private step: Step = "choose";
  @state() private draft = EMPTY;
  @state() private problem = "";
  @state() private busy = false;
  @state() private user: DemoUser | null = null;
  readonly #remembered = new RememberedAccount(safeStorage(() => localStorage));

  constructor() {
    super();
    const account = this.#remembered.value;
    if (account === "") return;
    this.draft = { ...EMPTY, kind: "iam", account, remembers: true };
    this.step = "iam";
  }

  protected override render() {
    return html`
      <section class="card" aria-labelledby="title">${this.#page()}</section>
      ${this.step === "mfa" ? nothing : renderDemoBox(this.note, this.#fillIn)}
    `;
  }

  #page() {
    const { step, draft } = this;
    const form = { draft, alert: this.#alert(), isBusy: this.busy, actions: this.#actions };
    if (step === "mfa" && this.user) return this.#mfaStep(this.user);
    if (step === "iam") return renderIamForm(form, this.#remembered.value !== "");
    return step === "root-password" ? renderRootPassword(form) : renderChooser(form);
  }

  #mfaStep(user: DemoUser) {
    return html`
      <h1 id="title" tabindex="-1">${TEXTS.mfaTitle}</h1>
      <p class="who"><span class="muted">${TEXTS.signingInAs}</span> <strong>${user.userName}</strong></p>
      <oath-verify
        .service=${this.service}
        user-name=${user.userName}
        @oath-verified=${({ verification }: OathVerifiedEvent) =>
          this.#finish(user, verification.sinceLastSignIn)}
      ></oath-verify>
      <button class="link" type="button" @click=${this.#restart}>${TEXTS.startAgain}</button>
    `;
  }

  #alert() {
    return html`<div role="alert">${renderAlert("error", this.problem)}</div>`;
  }

  #fillIn = async ({ kind, userName, email }: DemoUser) => {
    const { password } = DEMO_ACCOUNT;
    this.problem = "";
    this.draft =
      kind === "root"
        ? { ...EMPTY, kind, email, password }
        : { ...EMPTY, kind, account: DEMO_ACCOUNT.alias, userName, password };
    this.step = kind === "root" ? "choose" : "iam";
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLButtonElement>("button.primary")?.focus();
  };

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
      if (remembers) this.#remembered.remember(account);
      else this.#remembered.forget();
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

  #finish(user: DemoUser, refused: RefusedCodes | null = null): void {
    this.draft = { ...this.draft, password: "" };
    this.dispatchEvent(new SignedInEvent({ user, lostSerialNumber: null }, refused));
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
      this.#remembered.forget();
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
    (this.#firstField() ?? this.renderRoot.querySelector<HTMLElement>("h1"))?.focus();
  }
}

declare global {
  interface HTMLElementEventMap {
    "console-signed-in": SignedInEvent;
  }
  interface HTMLElementTagNameMap {
    "console-sign-in": ConsoleSignIn;
  }
}
