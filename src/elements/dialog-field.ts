import { html, nothing, type TemplateResult } from "lit";
import type { TaskProblem } from "./dialog-task.ts";

/** A labelled field in a dialog. Its content is read from the form, never kept: it may be a password. */
export interface DialogField {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly type?: "text" | "password";
  readonly autocomplete?: "off" | "new-password" | "current-password";
  readonly maxLength?: number;
  readonly problem: TaskProblem | null;
  readonly onChange?: (value: string) => void;
}

/** Draws a {@link DialogField}. `value` is what it begins with; whoever types owns it from then on. */
export function renderDialogField(field: DialogField): TemplateResult {
  const { id, problem } = field;
  const error = problem?.field === id ? problem.message : "";
  const describedBy = [field.hint ? `${id}-hint` : "", `${id}-error`].filter(Boolean).join(" ");
  return html`<div class="field">
    <label for=${id}>${field.label}</label>
    ${field.hint ? html`<span class="hint" id="${id}-hint">${field.hint}</span>` : nothing}
    <input
      id=${id}
      name=${id}
      type=${field.type ?? "text"}
      part="input"
      dir="auto"
      autocomplete=${field.autocomplete ?? "off"}
      autocapitalize="off"
      spellcheck="false"
      maxlength=${field.maxLength ?? 1024}
      aria-invalid=${error ? "true" : "false"}
      aria-describedby=${describedBy}
      .defaultValue=${field.value ?? ""}
      @change=${(event: Event) => field.onChange?.((event.target as HTMLInputElement).value)}
    />
    <span class="error" id="${id}-error">${error || nothing}</span>
  </div>`;
}
