import { html, nothing, type TemplateResult } from "lit";
import type { ImportFlow } from "./import-flow.ts";
import { type DuplicateChoice, replaceableCount, type StepOf } from "./import-steps.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

const CHOICES: readonly DuplicateChoice[] = ["keep", "replace"];

/** Asks what happens to tokens that are here already; those that are assigned are never replaced, and it says so. */
export function duplicateChoice(
  { text, number }: InventoryTexts,
  flow: ImportFlow,
  { preview, onDuplicate }: StepOf<"preview">,
): TemplateResult {
  const count = replaceableCount(preview);
  const { assignedCount } = preview;
  return html`
    ${
      count === 0
        ? nothing
        : html`<fieldset class="choices">
            <legend>${text.duplicateQuestion(count, number(count))}</legend>
            ${CHOICES.map(
              (choice) =>
                html`<label class="check">
                  <input
                    type="radio"
                    name="duplicates"
                    .value=${choice}
                    .checked=${choice === onDuplicate}
                    @change=${() => flow.chooseDuplicates(choice)}
                  />
                  ${text[choice]}
                </label>`,
            )}
          </fieldset>`
    }
    ${assignedCount === 0 ? nothing : html`<p>${text.assignedStay(assignedCount, number(assignedCount))}</p>`}
  `;
}
