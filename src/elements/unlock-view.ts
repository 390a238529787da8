import { html, nothing, type TemplateResult } from "lit";
import { bridgeErrorText } from "./bridge-error-text.ts";
import { tokenName } from "./connect-view.ts";
import type { StateOf } from "./connection-state.ts";
import { lockIcon } from "./icons.ts";
import type { Messages } from "./messages.ts";

/**
 * Asks for the token's password. It goes from the field to the token and is kept nowhere. No form of its own, because it
 * also stands inside the form of a wizard.
 */
export function renderUnlock(
  state: StateOf<"locked">,
  onUnlock: (password: string) => void,
  text: Messages,
): TemplateResult {
  const { token } = text;
  const error = state.error === null ? "" : bridgeErrorText(state.error, text);
  const submit = (event: Event) => {
    const group = (event.currentTarget as HTMLElement).closest(".unlock");
    const input = group?.querySelector("input");
    if (!input) return;
    input.setCustomValidity(input.value === "" ? token.passwordMissing : "");
    if (!input.reportValidity()) return;
    onUnlock(input.value);
    input.value = "";
  };
  const onKeydown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    submit(event);
  };
  return html`<div class="unlock" role="group" aria-labelledby="token-locked">
    <h3 id="token-locked">${lockIcon} <bdi>${token.locked(tokenName(state.token, text))}</bdi></h3>
    <div class="field">
      <label for="token-password">${token.password}</label>
      <span class="hint" id="token-password-hint">${token.lockedHint}</span>
      <input
        id="token-password"
        type="password"
        part="input"
        autocomplete="off"
        data-focus
        aria-required="true"
        aria-invalid=${error ? "true" : "false"}
        aria-describedby="token-password-hint token-password-error"
        @keydown=${onKeydown}
      />
      <span class="error" id="token-password-error">${error || nothing}</span>
    </div>
    <div>
      <button type="button" class="primary" aria-disabled=${String(state.isBusy)} @click=${submit}>
        ${state.isBusy ? token.unlocking : token.unlock}
      </button>
    </div>
  </div>`;
}
