import { html, nothing, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import type { Credential, TokenAbilities } from "../bridge/contract.ts";
import { bridgeErrorText } from "./bridge-error-text.ts";
import type { CopyFeedback } from "./copy-feedback.ts";
import type { CredentialBoard } from "./credential-board.ts";
import { credentialName, groupedCode } from "./credential-name.ts";
import { deviceText } from "./device-text.ts";
import { formatDuration } from "./formats.ts";
import type { Messages } from "./messages.ts";

const DEFAULT_PERIOD = 30;

/** What a row can do. */
export interface CredentialRowEvents {
  readonly onSelect: (credential: Credential) => void;
  readonly onShow: (credential: Credential) => void;
  readonly onRename: (credential: Credential) => void;
  readonly onDelete: (credential: Credential) => void;
}

/** The accounts of a token with their codes. */
export interface CredentialListView extends CredentialRowEvents {
  readonly credentials: readonly Credential[];
  readonly selectedId: string | null;
  readonly board: CredentialBoard;
  readonly copy: CopyFeedback;
  /** Null while the token is away: the rows stay, and can do nothing. */
  readonly abilities: TokenAbilities | null;
}

/** The list, one row an account. */
export function renderCredentialList(view: CredentialListView, text: Messages): TemplateResult {
  const rows = repeat(
    view.credentials,
    ({ id }) => id,
    (credential, index) => renderRow(credential, index, view, text),
  );
  return html`<ul class="credentials" part="list" ?inert=${view.abilities === null}>
    ${rows}
  </ul>`;
}

function renderRow(
  credential: Credential,
  index: number,
  view: CredentialListView,
  text: Messages,
): TemplateResult {
  const isSelected = credential.id === view.selectedId;
  const refusal = view.board.refusalOf(credential);
  return html`<li class=${classMap({ selected: isSelected })} part="credential">
    <button
      type="button"
      class="name"
      id="name-${index}"
      aria-pressed=${String(isSelected)}
      ?data-focus=${index === 0}
      @click=${() => view.onSelect(credential)}
    >
      ${renderName(credential, text)} ${renderNotes(credential, view.board, text)}
    </button>
    ${renderCode(credential, index, view, text)}
    ${refusal ? html`<p class="error">${bridgeErrorText(refusal, text)}</p>` : nothing}
    ${isSelected && view.abilities ? renderChanges(credential, view, view.abilities, text) : nothing}
  </li>`;
}

function renderName(credential: Credential, text: Messages): TemplateResult {
  const issuer = deviceText(credential.issuer);
  const account = deviceText(credential.account);
  if (!issuer && !account) return html`<span class="account">${credentialName(credential, text)}</span>`;
  return html`${issuer ? html`<bdi class="issuer">${issuer}</bdi>` : nothing}
    <bdi class=${issuer ? "account" : "issuer"}>${account}</bdi>`;
}

function renderNotes(
  credential: Credential,
  board: CredentialBoard,
  text: Messages,
): TemplateResult | typeof nothing {
  const { token } = text;
  const notes: string[] = [];
  if (credential.type === "hotp") notes.push(token.counterBased);
  else if (credential.periodSeconds !== DEFAULT_PERIOD) {
    notes.push(token.everySeconds(formatDuration(credential.periodSeconds, text)));
  }
  if (credential.type === "totp" && board.isByHand(credential)) notes.push(token.needsTouch);
  return notes.length === 0 ? nothing : html`<span class="notes">${notes.join(" · ")}</span>`;
}

/** The code is text and nothing else: no attribute ever holds one. */
function renderCode(
  credential: Credential,
  index: number,
  { board, copy, onShow }: CredentialListView,
  text: Messages,
): TemplateResult {
  const { token } = text;
  const code = board.codeOf(credential)?.code;
  const show = html`<button
    type="button"
    class="show"
    aria-describedby="name-${index}"
    @click=${() => onShow(credential)}
  >
    ${token.showCode}
  </button>`;
  const byHand = board.isByHand(credential) || board.refusalOf(credential) ? show : nothing;
  if (code === undefined) {
    return html`<span class="codes"
      >${byHand === nothing ? html`<span class="code pending"></span>` : byHand}</span
    >`;
  }
  return html`<span class="codes">
    <span class="code" part="code">${groupedCode(code)}</span>
    <button
      type="button"
      class="copy"
      aria-describedby="name-${index}"
      @click=${() => copy.copy(credential.id, code, token.codeCopied)}
    >
      ${copy.label(credential.id)}
    </button>
    ${credential.type === "hotp" ? byHand : nothing}
  </span>`;
}

function renderChanges(
  credential: Credential,
  { onRename, onDelete }: CredentialListView,
  abilities: TokenAbilities,
  text: Messages,
): TemplateResult | typeof nothing {
  if (!abilities.rename && !abilities.delete) return nothing;
  const { token } = text;
  const rename = html`<button type="button" @click=${() => onRename(credential)}>${token.rename}</button>`;
  const remove = html`<button type="button" @click=${() => onDelete(credential)}>${token.delete}</button>`;
  return html`<div class="changes">
    ${abilities.rename ? rename : nothing} ${abilities.delete ? remove : nothing}
  </div>`;
}
