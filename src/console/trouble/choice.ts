import { html, nothing, type TemplateResult } from "lit";

/** One of a few things to choose from. */
export interface Choice<Value extends string> {
  readonly value: Value;
  readonly name: string;
  readonly hint?: string;
}

/** A question with a few answers, each a card. Needs `typesStyles` beside it. */
export function renderChoices<Value extends string>(
  question: string,
  name: string,
  choices: readonly Choice<Value>[],
  chosen: Value | null,
  onChoose: (value: Value) => void,
): TemplateResult {
  return html`<fieldset class="types">
    <legend>${question}</legend>
    ${choices.map(
      ({ value, name: label, hint }) =>
        html`<label>
          <input
            type="radio"
            name=${name}
            aria-describedby=${hint === undefined ? nothing : `${name}-${value}`}
            .checked=${value === chosen}
            @change=${() => onChoose(value)}
          />
          <span class="name">${label}</span>
          ${hint === undefined ? nothing : html`<span class="hint" id="${name}-${value}">${hint}</span>`}
        </label>`,
    )}
  </fieldset>`;
}
