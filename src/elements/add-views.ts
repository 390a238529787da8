import { html, nothing, type TemplateResult } from "lit";
import type { NewCredential, ReadCode } from "../bridge/contract.ts";
import { renderAlert } from "./alert.ts";
import { credentialName, groupedCode } from "./credential-name.ts";
import { renderDialogField } from "./dialog-field.ts";
import type { TaskProblem } from "./dialog-task.ts";
import { formatDuration } from "./formats.ts";
import type { Messages } from "./messages.ts";

/** The form for a new credential. */
export interface AddFormView {
  readonly isFresh: boolean;
  /** What the fields begin with. */
  readonly names: { readonly issuer: string; readonly account: string };
  readonly problem: TaskProblem | null;
  readonly serialNumber: string;
  readonly canRegister: boolean;
  readonly onChoose: (isFresh: boolean) => void;
  readonly onSecret: (secret: string, form: HTMLFormElement | null) => Promise<void>;
}

/** What is shown when it is written. */
export interface AddedView {
  readonly codes: readonly ReadCode[];
  /** A new secret in base32, shown once; empty for one that came from a site. */
  readonly secret: string;
  /** What became of it in the inventory; null where it was not to go there. */
  readonly registered: { readonly kind: "success" | "warning"; readonly words: string } | null;
  readonly copy: {
    readonly label: (key: string) => string;
    readonly copy: (key: string, content: string, said: string) => Promise<void>;
  };
}

/** Where the secret comes from, and the account's name. */
export function renderAddForm(view: AddFormView, text: Messages): TemplateResult {
  const { token } = text;
  const { problem } = view;
  const source = (isFresh: boolean, name: string, hint: string) =>
    html`<label>
      <input
        type="radio"
        name="source"
        .checked=${view.isFresh === isFresh}
        aria-describedby="source-${isFresh ? "fresh" : "pasted"}"
        @change=${() => view.onChoose(isFresh)}
      />
      <span class="name">${name}</span>
      <span class="hint" id="source-${isFresh ? "fresh" : "pasted"}">${hint}</span>
    </label>`;
  const name = (id: "issuer" | "account", label: string, hint: string) =>
    renderDialogField({ id, label, hint, value: view.names[id], problem });
  return html`<fieldset class="types">
      <legend>${token.addHow}</legend>
      ${source(false, token.addPasted, token.addPastedHint)}
      ${source(true, token.addFresh, token.addFreshHint)}
    </fieldset>
    ${view.isFresh ? nothing : renderSecretField(view, text)}
    ${name("issuer", token.issuer, token.issuerHint)} ${name("account", token.account, token.accountHint)}
    <label class="check"><input type="checkbox" name="touch" /> ${token.requireTouch}</label>
    ${view.isFresh && view.canRegister ? renderRegistration(view, text) : nothing}`;
}

function renderSecretField(view: AddFormView, text: Messages): TemplateResult {
  const { token } = text;
  // The value as it stands in the form: the page's own copy goes with the dialog.
  return html`<div
    @change=${(event: Event) => {
      const input = event.target as HTMLInputElement;
      void view.onSecret(input.value, input.form);
    }}
  >
    ${renderDialogField({ id: "secret", label: token.secret, hint: token.secretHint, problem: view.problem })}
  </div>`;
}

function renderRegistration({ serialNumber, problem }: AddFormView, text: Messages): TemplateResult {
  const { token } = text;
  return html`<label class="check"><input type="checkbox" name="register" checked /> ${token.register}</label>
    ${renderDialogField({ id: "serial", label: token.registerSerial, value: serialNumber, problem })}`;
}

/** What is about to be written, without its secret. */
export function renderConfirm(credential: NewCredential, text: Messages): TemplateResult {
  const { token } = text;
  const { type, algorithm, digits, periodSeconds, needsTouch } = credential;
  const seconds = formatDuration(periodSeconds, text);
  return html`<dl class="facts">
      <dt>${token.account}</dt>
      <dd><bdi>${credentialName(credential, text)}</bdi></dd>
      <dt>${text.type}</dt>
      <dd>${token.kindOf(type.toUpperCase(), algorithm, digits)}</dd>
      <dt>${text.code}</dt>
      <dd>${type === "hotp" ? token.counterBased : token.everySeconds(seconds)}</dd>
      ${
        needsTouch
          ? html`<dt>${token.touch}</dt>
              <dd>${token.needsTouch}</dd>`
          : nothing
      }
    </dl>
    <p class="muted">${token.secretHint}</p>`;
}

/** The codes to give back, and a new secret to hand over. */
export function renderAdded({ codes, secret, registered, copy }: AddedView, text: Messages): TemplateResult {
  const { token } = text;
  const row = (key: string, label: string, shown: string, content: string, said: string) =>
    html`<div class="handout">
      <span class="hint" id="handout-${key}">${label}</span>
      <span class="code" part="code">${shown}</span>
      <button type="button" aria-describedby="handout-${key}" @click=${() => copy.copy(key, content, said)}>
        ${copy.label(key)}
      </button>
    </div>`;
  const codeRow = ({ code }: ReadCode, index: number) =>
    row(`new-${index}`, token.codeNumber(index + 1), groupedCode(code), code, token.codeCopied);
  return html`${codes.length > 0 ? html`<p>${token.pasteBack}</p>` : nothing} ${codes.map(codeRow)}
  ${
    secret
      ? html`<p>${token.freshSecretHint}</p>
          ${row("secret", token.freshSecret, secret.replace(/.{4}(?=.)/gu, "$& "), secret, token.secretCopied)}`
      : nothing
  }
  ${renderAlert(registered?.kind ?? "success", registered?.words ?? "")}`;
}
