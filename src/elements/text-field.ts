import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

/** A labelled text field with its hint above it and its error below. */
export interface TextField {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** Where its content comes from, when nobody typed it. */
  readonly note?: string;
  readonly error: string;
  readonly value: string;
  readonly readOnly?: boolean;
  readonly maxLength: number;
  readonly onInput: (value: string) => void;
  /** The person is done with the field. */
  readonly onChange?: () => void;
  /** A serial number: capitals, left to right, fixed width. */
  readonly isSerial?: boolean;
}

/** Draws a {@link TextField}. Names and numbers of tokens are no business of autofill or spelling. */
export function renderTextField(field: TextField): TemplateResult {
  const { id, error } = field;
  return html`<div class="field">
    <label for=${id}>${field.label}</label>
    <span class="hint" id="${id}-hint">${field.hint}</span>
    <input
      id=${id}
      type="text"
      part="input"
      class=${field.isSerial ? "serial" : ""}
      dir=${field.isSerial ? "ltr" : "auto"}
      autocomplete="off"
      autocapitalize=${field.isSerial ? "characters" : "off"}
      spellcheck="false"
      maxlength=${field.maxLength}
      aria-required="true"
      aria-invalid=${error ? "true" : "false"}
      aria-describedby="${id}-hint ${field.note && !error ? `${id}-note` : `${id}-error`}"
      .value=${live(field.value)}
      ?readonly=${field.readOnly ?? false}
      @input=${(event: Event) => field.onInput((event.target as HTMLInputElement).value)}
      @change=${() => field.onChange?.()}
    />
    ${field.note && !error ? html`<span class="note" id="${id}-note">${field.note}</span>` : nothing}
    <span class="error" id="${id}-error" ?hidden=${Boolean(field.note) && !error}>${error || nothing}</span>
  </div>`;
}
