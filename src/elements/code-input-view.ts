import { html, nothing, type TemplateResult } from "lit";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";

/** The light-DOM parts of a code field. */
export interface CodeInputView {
  readonly id: string;
  readonly label: string;
  /** The accessible name where there is no label of our own. */
  readonly outerLabel: string;
  readonly hint: string;
  readonly error: string;
  /** Said politely below the field. */
  readonly note: string;
  /** A reason why something was not taken, or where the code came from. */
  readonly noteKind: "refusal" | "source";
  readonly value: string;
  readonly enterKeyHint: string;
  readonly required: boolean;
  readonly disabled: boolean;
  readonly readOnly: boolean;
  readonly onBeforeEdit: (event: InputEvent) => void;
  readonly onEdit: (event: Event) => void;
  readonly onChange: (event: Event) => void;
  readonly onKeydown: (event: KeyboardEvent) => void;
  readonly onPress: (event: MouseEvent) => void;
  readonly onSelection: () => void;
}

/** Label, real input, hint, note and error: an ordinary text field for labels, autofill and screen readers. */
export function renderCodeInput(view: CodeInputView): TemplateResult {
  const { id, label, hint, error, onSelection } = view;
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return html`
    ${label ? html`<label slot="label" for=${id}>${label}</label>` : nothing}
    <input
      slot="input"
      id=${id}
      type="text"
      dir="ltr"
      inputmode="numeric"
      autocomplete="one-time-code"
      autocapitalize="off"
      spellcheck="false"
      enterkeyhint=${view.enterKeyHint}
      aria-label=${ifDefined(label ? undefined : view.outerLabel)}
      aria-describedby=${ifDefined(describedBy || undefined)}
      aria-invalid=${error ? "true" : "false"}
      aria-required=${view.required ? "true" : "false"}
      .value=${live(view.value)}
      ?disabled=${view.disabled}
      ?readonly=${view.readOnly}
      @beforeinput=${view.onBeforeEdit}
      @input=${view.onEdit}
      @compositionend=${view.onEdit}
      @change=${view.onChange}
      @keydown=${view.onKeydown}
      @click=${view.onPress}
      @focus=${onSelection}
      @blur=${onSelection}
      @keyup=${onSelection}
      @select=${onSelection}
    />
    ${hint ? html`<span slot="hint" id="${id}-hint">${hint}</span>` : nothing}
    <span slot="note" role="status" data-kind=${view.noteKind}>${error ? "" : view.note}</span>
    <span slot="error" id="${id}-error">${error}</span>
  `;
}
