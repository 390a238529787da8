import { html, nothing, type TemplateResult } from "lit";
import type { Credential } from "../bridge/contract.ts";
import { type CredentialListView, renderCredentialList } from "./credential-list-view.ts";
import { matchesSearch } from "./credential-name.ts";
import { formatDuration } from "./formats.ts";
import type { MessageOverrides, Messages } from "./messages.ts";

/** From here on a list is searched, not looked through. */
const SEARCH_FROM = 9;

/** The accounts of a token with countdown and search. */
export interface AccountsView extends CredentialListView {
  readonly search: string;
  readonly now: () => number;
  readonly messages: MessageOverrides | undefined;
  readonly onSearch: (search: string) => void;
}

/** Heading, the time each kind of code has left, search, list. */
export function renderAccounts(view: AccountsView, text: Messages): TemplateResult {
  const { credentials, abilities, search } = view;
  const { token } = text;
  const isLong = credentials.length >= SEARCH_FROM;
  const shown = isLong ? credentials.filter((credential) => matchesSearch(credential, search)) : credentials;
  return html`<div class="accounts" data-away=${String(abilities === null)}>
    <div class="accounts-head">
      <h3>${token.accounts}</h3>
      ${abilities ? renderCountdowns(view, text) : nothing}
    </div>
    ${isLong ? renderSearch(view, shown.length, text) : nothing}
    ${credentials.length === 0 ? html`<p class="muted" data-focus tabindex="-1">${token.empty}</p>` : nothing}
    ${isLong && shown.length === 0 ? html`<p class="muted">${token.noMatch}</p>` : nothing}
    ${shown.length > 0 ? renderCredentialList({ ...view, credentials: shown }, text) : nothing}
  </div>`;
}

/** One ring for each length of time step, named where there is more than one. */
function renderCountdowns({ credentials, now, messages }: AccountsView, text: Messages): TemplateResult[] {
  const periods = periodsOf(credentials);
  return periods.map(
    (seconds) =>
      html`<div class="countdown">
        ${periods.length > 1 ? html`<span class="hint">${text.token.everySeconds(formatDuration(seconds, text))}</span>` : nothing}
        <oath-countdown .periodSeconds=${seconds} .now=${now} .messages=${messages}></oath-countdown>
      </div>`,
  );
}

function periodsOf(credentials: readonly Credential[]): number[] {
  const periods = credentials.filter(({ type }) => type === "totp").map(({ periodSeconds }) => periodSeconds);
  return [...new Set(periods)].toSorted((one, other) => one - other);
}

function renderSearch({ search, onSearch }: AccountsView, found: number, text: Messages): TemplateResult {
  const { token } = text;
  const count = new Intl.NumberFormat(text.locale).format(found);
  return html`<div class="field search">
    <label for="account-search">${token.search}</label>
    <input
      id="account-search"
      type="search"
      part="input"
      autocomplete="off"
      spellcheck="false"
      data-focus
      .value=${search}
      @input=${(event: Event) => onSearch((event.target as HTMLInputElement).value)}
    />
    <span class="hint" role="status">${token.found(found, count)}</span>
  </div>`;
}
