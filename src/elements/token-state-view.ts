import { html, nothing, type TemplateResult } from "lit";
import type { OathToken, TokenSource } from "../bridge/contract.ts";
import { BridgeError, TokenInOtherTabError } from "../core/bridge-error.ts";
import { renderAlert } from "./alert.ts";
import { bridgeErrorText } from "./bridge-error-text.ts";
import { type ChooserApi, renderChoosers, renderTokenChoice, tokenName } from "./connect-view.ts";
import type { ConnectionState } from "./connection-state.ts";
import type { Messages } from "./messages.ts";
import { renderUnlock } from "./unlock-view.ts";

/** What can be done about the state of a connection. */
export interface TokenStateEvents {
  readonly onConnect: (api: ChooserApi) => void;
  readonly onUse: (token: OathToken) => void;
  readonly onUnlock: (password: string) => void;
  readonly onRetry: (takeOver?: boolean) => void;
}

/** Where the connection stands, with its way on. */
export function renderTokenState(
  state: ConnectionState,
  source: TokenSource,
  events: TokenStateEvents,
  text: Messages,
): TemplateResult {
  const { token } = text;
  switch (state.kind) {
    case "idle":
    case "choosing":
      // One template for both, so that the pressed button keeps the focus.
      return html`${state.kind === "choosing" ? html`<p class="progress">${token.choosing}</p>` : nothing}
      ${renderChoosers(source, events.onConnect, text)}`;
    case "several":
      return html`${renderTokenChoice(state.tokens, events.onUse, text)}`;
    case "opening":
      return html`<p class="progress"><bdi>${token.opening(tokenName(state.token, text))}</bdi></p>`;
    case "reading":
      return html`<p class="progress"><bdi>${token.reading(tokenName(state.token, text))}</bdi></p>`;
    case "locked":
      return renderUnlock(state, events.onUnlock, text);
    case "ready":
      return html`<p class="chip"><bdi>${tokenName(state.token, text)}</bdi></p>`;
    case "paused":
      return html`${renderAlert("warning", state.isIdle ? token.resting : token.paused, renderRetry(events, text))}`;
    case "unplugged":
      return html`${renderAlert("warning", token.removed, renderOther(state.other, events, text))}`;
    case "failed":
      // Trying again leads nowhere where the browser, or the site around the page, has no USB tokens for us.
      if (state.error instanceof BridgeError && state.error.code === "not-supported") {
        return html`${renderAlert("error", bridgeErrorText(state.error, text))}`;
      }
      return html`${renderAlert("error", bridgeErrorText(state.error, text), renderRetry(events, text, state.error))}
      ${state.token ? nothing : renderChoosers(source, events.onConnect, text)}`;
  }
}

function renderRetry({ onRetry }: TokenStateEvents, text: Messages, error?: unknown): TemplateResult {
  const isElsewhere = error instanceof TokenInOtherTabError;
  const words = isElsewhere ? text.token.takeOver : text.tryAgain;
  return html`<div>
    <button type="button" data-focus @click=${() => onRetry(isElsewhere)}>${words}</button>
  </div>`;
}

function renderOther(
  other: OathToken | null,
  { onUse }: TokenStateEvents,
  text: Messages,
): TemplateResult | typeof nothing {
  if (!other) return nothing;
  return html`<div class="other">
    <p>${text.token.otherToken(tokenName(other, text))}</p>
    <button type="button" @click=${() => onUse(other)}>${text.token.useOther}</button>
  </div>`;
}
