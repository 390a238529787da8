import { html, nothing, type TemplateResult } from "lit";
import type { Credential, TokenSource } from "../bridge/contract.ts";
import { renderAlert } from "./alert.ts";
import { tokenName } from "./connect-view.ts";
import type { ConnectionState } from "./connection-state.ts";
import { credentialName } from "./credential-name.ts";
import type { Messages } from "./messages.ts";
import { renderTokenState, type TokenStateEvents } from "./token-state-view.ts";

/** A reading under way, or the reason why it came to nothing. */
export interface ReadingView extends TokenStateEvents {
  readonly source: TokenSource;
  /** Null when it is over. */
  readonly state: ConnectionState | null;
  readonly problem: string;
  readonly choice: readonly Credential[];
  readonly touch: TemplateResult | typeof nothing;
  readonly onChoose: (credential: Credential) => void;
  readonly onStop: () => void;
}

/** What the reading needs from the person, with the way out of it. */
export function renderReading(view: ReadingView, text: Messages): TemplateResult {
  const { state, problem } = view;
  if (state === null) return html`${renderAlert("warning", problem)}`;
  const isAsked = view.choice.length > 0;
  return html`<div class="reading" part="reading">
    ${isAsked ? renderChoice(view, text) : renderStep(state, view, text)} ${view.touch}
    ${
      view.touch === nothing
        ? html`<div><button type="button" class="link" @click=${view.onStop}>${text.cancel}</button></div>`
        : nothing
    }
  </div>`;
}

/** Once it is open, the token is about to be read here, not to be looked at. */
function renderStep(state: ConnectionState, view: ReadingView, text: Messages): TemplateResult {
  if (state.kind !== "ready") return renderTokenState(state, view.source, view, text);
  return html`<p><bdi>${text.token.reading(tokenName(state.token, text))}</bdi></p>`;
}

function renderChoice({ choice, onChoose }: ReadingView, text: Messages): TemplateResult {
  return html`<p>${text.token.chooseAccount}</p>
    <ul class="choice">
      ${choice.map(
        (credential, index) =>
          html`<li>
            <button type="button" ?data-focus=${index === 0} @click=${() => onChoose(credential)}>
              <bdi>${credentialName(credential, text)}</bdi>
            </button>
          </li>`,
      )}
    </ul>`;
}
