import { html, nothing, type TemplateResult } from "lit";
import { SIGN_IN_TEXTS as TEXTS } from "./sign-in-texts.ts";

/** What has been typed so far. */
export interface SignInDraft {
  readonly kind: "root" | "iam";
  readonly email: string;
  readonly account: string;
  readonly userName: string;
  readonly password: string;
  /** The account is to be remembered. */
  readonly remembers: boolean;
}

/** What the forms tell the page. */
export interface SignInActions {
  readonly change: (changes: Partial<SignInDraft>) => void;
  readonly submit: (event: SubmitEvent) => void;
  readonly toStart: () => void;
  readonly toRoot: () => void;
}

interface SignInForm {
  readonly draft: SignInDraft;
  readonly alert: TemplateResult;
  readonly isBusy: boolean;
  readonly actions: SignInActions;
}

/** First of all: which kind of user, and of which account. */
export function renderChooser({ draft, alert, actions }: SignInForm): TemplateResult {
  const isRoot = draft.kind === "root";
  const field = isRoot
    ? renderField(
        { id: "email", label: TEXTS.rootEmail, type: "email", use: "username" },
        draft.email,
        (email) => actions.change({ email }),
      )
    : renderField({ id: "account", label: TEXTS.account, use: "organization" }, draft.account, (account) =>
        actions.change({ account }),
      );
  return html`
    <h1 id="title" tabindex="-1">${TEXTS.title}</h1>
    ${alert}
    <form @submit=${actions.submit} novalidate>
      <fieldset class="types">
        <legend>${TEXTS.whoTitle}</legend>
        ${renderKind("root", TEXTS.root, TEXTS.rootHint, isRoot, actions)}
        ${renderKind("iam", TEXTS.iam, TEXTS.iamHint, !isRoot, actions)}
      </fieldset>
      ${field}
      <button class="primary" type="submit">${TEXTS.next}</button>
    </form>
  `;
}

/** The root user's second page. */
export function renderRootPassword({ draft, alert, isBusy, actions }: SignInForm): TemplateResult {
  return html`
    <h1 id="title" tabindex="-1">${TEXTS.rootTitle}</h1>
    <p class="who">
      <span class="muted">${TEXTS.emailAddress}</span>
      <strong>${draft.email.trim()}</strong>
      <button class="link" type="button" @click=${actions.toStart}>${TEXTS.change}</button>
    </p>
    ${alert}
    <form @submit=${actions.submit} novalidate>
      <!-- For password managers: they file the password under the name beside it. -->
      <input
        class="visually-hidden"
        tabindex="-1"
        aria-hidden="true"
        autocomplete="username"
        readonly
        .value=${draft.email}
      />
      ${renderPassword(draft, actions)} ${renderSignIn(isBusy)}
    </form>
  `;
}

/** The IAM user's only page. `isRemembered`: the account was not typed today. */
export function renderIamForm(form: SignInForm, isRemembered: boolean): TemplateResult {
  const { draft, alert, isBusy, actions } = form;
  return html`
    <h1 id="title" tabindex="-1">${TEXTS.iamTitle}</h1>
    ${alert}
    <form @submit=${actions.submit} novalidate>
      ${renderField({ id: "account", label: TEXTS.account, use: "organization" }, draft.account, (account) =>
        actions.change({ account }),
      )}
      ${renderField({ id: "user-name", label: TEXTS.userName, use: "username" }, draft.userName, (userName) =>
        actions.change({ userName }),
      )}
      ${renderPassword(draft, actions)}
      <label class="check">
        <input
          type="checkbox"
          .checked=${draft.remembers}
          @change=${(event: Event) =>
            actions.change({ remembers: (event.currentTarget as HTMLInputElement).checked })}
        />
        ${TEXTS.remember}
      </label>
      ${renderSignIn(isBusy)}
    </form>
    <div class="links">
      <button class="link" type="button" @click=${actions.toRoot}>${TEXTS.toRoot}</button>
      ${
        isRemembered
          ? html`<button class="link" type="button" @click=${actions.toStart}>${TEXTS.otherAccount}</button>`
          : nothing
      }
    </div>
  `;
}

function renderKind(
  kind: SignInDraft["kind"],
  name: string,
  hint: string,
  isChosen: boolean,
  { change }: SignInActions,
): TemplateResult {
  return html`<label>
    <input
      type="radio"
      name="kind"
      aria-describedby="${kind}-hint"
      .checked=${isChosen}
      @change=${() => change({ kind })}
    />
    <span class="name">${name}</span>
    <span class="hint" id="${kind}-hint">${hint}</span>
  </label>`;
}

function renderPassword({ password }: SignInDraft, { change }: SignInActions): TemplateResult {
  const options = {
    id: "password",
    label: TEXTS.password,
    type: "password",
    use: "current-password",
  } as const;
  return renderField(options, password, (typed) => change({ password: typed }));
}

function renderSignIn(isBusy: boolean): TemplateResult {
  return html`<button class="primary" type="submit" aria-disabled=${isBusy ? "true" : nothing}>
    ${TEXTS.signIn}
  </button>`;
}

interface FieldOptions {
  readonly id: string;
  readonly label: string;
  readonly type?: "text" | "email" | "password";
  readonly use: "username" | "current-password" | "organization";
}

function renderField(
  { id, label, type = "text", use }: FieldOptions,
  value: string,
  onInput: (value: string) => void,
): TemplateResult {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      name=${id}
      type=${type}
      autocomplete=${use}
      autocapitalize="off"
      spellcheck="false"
      .value=${value}
      @input=${(event: InputEvent) => onInput((event.currentTarget as HTMLInputElement).value)}
    />
  </div>`;
}
