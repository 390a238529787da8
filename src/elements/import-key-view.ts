import { html, nothing, type TemplateResult } from "lit";
import type { ImportFlow } from "./import-flow.ts";
import type { StepOf } from "./import-steps.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/**
 * Asks for the password or key of an encrypted file. What is typed goes from the field to the flow; the field is emptied
 * when the flow has taken it, and kept for correction when it has not.
 */
export function keyView(view: InventoryTexts, flow: ImportFlow, step: StepOf<"key">): TemplateResult {
  const { text, shared } = view;
  const isPassword = step.needs === "password";
  const error = step.problem === null ? "" : view.errorText(step.problem);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const input = (event.currentTarget as HTMLFormElement).querySelector("input");
    if (!input) return;
    void flow.giveKey(input.value);
    if (flow.step.kind !== "key") input.value = "";
  };
  return html`<form class="question" novalidate @submit=${submit}>
    <h3 tabindex="-1">${isPassword ? text.passwordTitle : text.keyTitle}</h3>
    <div class="field">
      <label for="file-key">${isPassword ? text.password : text.key}</label>
      <span class="hint" id="file-key-hint"
        >${isPassword ? text.passwordHint : text.keyHint(step.keyBytes)}</span
      >
      <div class="with-button">
        <input
          id="file-key"
          type="password"
          part="input"
          dir="ltr"
          class=${isPassword ? "" : "key"}
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          maxlength="1024"
          data-focus
          aria-required="true"
          aria-invalid=${error ? "true" : "false"}
          aria-describedby="file-key-hint file-key-error"
        />
        <button type="button" aria-pressed="false" aria-controls="file-key" @click=${toggleShown}>
          ${isPassword ? text.showPassword : text.showKey}
        </button>
      </div>
      <span class="error" id="file-key-error">${error || nothing}</span>
    </div>
    <div class="actions">
      <button type="submit" class="primary">${text.next}</button>
      <button type="button" @click=${() => flow.cancel()}>${shared.cancel}</button>
    </div>
  </form>`;
}

/** By hand, for it is a state of the field alone, which a new field begins without. */
function toggleShown(event: Event): void {
  const button = event.currentTarget as HTMLElement;
  const input = button.parentElement?.querySelector("input");
  if (!input) return;
  const isShown = input.type === "text";
  input.type = isShown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!isShown));
}
