import { html, nothing, type TemplateResult } from "lit";
import type { ColumnRole } from "../seeds/report.ts";
import { renderAlert } from "./alert.ts";
import { fieldText } from "./dialog-task.ts";
import { findColumnsProblem } from "./import-columns.ts";
import type { ImportFlow } from "./import-flow.ts";
import type { StepOf } from "./import-steps.ts";
import type { InventoryMessages } from "./inventory-messages.ts";
import type { InventoryTexts } from "./inventory-texts.ts";

/** Asks what each column of an unknown table holds. */
export function columnsView(view: InventoryTexts, flow: ImportFlow, step: StepOf<"columns">): TemplateResult {
  const { text, shared } = view;
  const { table } = step;
  const problem = step.isTried ? findColumnsProblem(step.choice) : null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    void flow.chooseColumns(
      Array.from({ length: table.count }, (_, index) => roleOf(fieldText(form, `column-${index}`), text)),
    );
  };
  const isBad = (index: number) => problem?.columns.includes(index) ?? false;
  // What is missing may be in any of them: that is told at each, and begins at the first.
  const isTold = (index: number) => isBad(index) || problem?.columns.length === 0;
  const firstTold = step.choice.findIndex((_, index) => isTold(index));
  return html`<form class="question" novalidate @submit=${submit}>
    <h3 tabindex="-1">${text.columnsTitle}</h3>
    ${step.error === null ? html`<p>${text.columnsHint}</p>` : renderAlert("error", view.errorText(step.error))}
    <div class="columns">
      ${step.choice.map(
        (role, index) =>
          html`<div class="field">
            <label class="long" for="column-${index}"
              >${columnName(view, table.names[index] ?? "", index)}</label
            >
            <select
              id="column-${index}"
              name="column-${index}"
              ?data-focus=${index === firstTold}
              aria-invalid=${String(isBad(index))}
              aria-describedby=${isTold(index) ? "columns-error" : nothing}
            >
              <option .value=${""} ?selected=${role === null}>${text.columnUnused}</option>
              ${rolesOf(text).map(
                (one) =>
                  html`<option .value=${one} ?selected=${role === one}>${text.columnRoles[one]}</option>`,
              )}
            </select>
          </div>`,
      )}
    </div>
    <span class="error" id="columns-error">${problem ? text.columnProblems[problem.problem] : nothing}</span>
    <div class="actions">
      <button type="submit" class="primary">${text.next}</button>
      <button type="button" @click=${() => flow.cancel()}>${shared.cancel}</button>
    </div>
  </form>`;
}

function columnName({ text, number }: InventoryTexts, name: string, index: number) {
  return name.trim() === "" ? text.columnNumber(number(index + 1)) : html`<bdi>${name}</bdi>`;
}

function rolesOf(text: InventoryMessages): readonly ColumnRole[] {
  return Object.keys(text.columnRoles) as ColumnRole[];
}

function roleOf(value: string, text: InventoryMessages): ColumnRole | null {
  return rolesOf(text).find((role) => role === value) ?? null;
}
