import { html, nothing, type TemplateResult } from "lit";
import { renderAlert } from "./alert.ts";
import { fieldText } from "./dialog-task.ts";
import type { ImportFlow } from "./import-flow.ts";
import type { StepOf } from "./import-steps.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

const FORMS = ["hex", "base32", "base64"] as const;

/** Asks how the secrets are written, where the file fits several ways. */
export function encodingView(
  view: InventoryTexts,
  flow: ImportFlow,
  step: StepOf<"encoding">,
): TemplateResult {
  const { text, shared } = view;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = fieldText(new FormData(event.currentTarget as HTMLFormElement), "encoding");
    void flow.chooseEncoding(FORMS.find((form) => form === chosen) ?? null);
  };
  return html`<form class="question" novalidate @submit=${submit}>
    <h3 tabindex="-1">${text.encodingTitle}</h3>
    ${step.error === null ? html`<p>${text.encodingHint}</p>` : renderAlert("warning", view.errorText(step.error))}
    <fieldset class="choices" aria-describedby="encoding-error">
      <legend>${text.encoding}</legend>
      ${FORMS.map(
        (form, index) =>
          html`<label class="check">
            <input
              type="radio"
              name="encoding"
              .value=${form}
              aria-describedby="encoding-error"
              ?data-focus=${step.isMissing && index === 0}
            />
            ${text.encodings[form]}
          </label>`,
      )}
      <span class="error" id="encoding-error">${step.isMissing ? text.encodingMissing : nothing}</span>
    </fieldset>
    <div class="actions">
      <button type="submit" class="primary">${text.next}</button>
      <button type="button" @click=${() => flow.cancel()}>${shared.cancel}</button>
    </div>
  </form>`;
}
