import { html, nothing, type TemplateResult } from "lit";

/** A field for a passphrase. What is typed stays in the field: it is read from there once, and the field is emptied. */
export interface PassphraseField {
  readonly id: string;
  readonly label: string;
  /** Which one a password manager offers or files here. */
  readonly use: "current-password" | "new-password";
  readonly hint?: string | undefined;
  /** Shown at the field, and read out with it. */
  readonly problem?: string;
  readonly onInput?: (event: InputEvent) => void;
}

export function renderPassphraseField(field: PassphraseField): TemplateResult {
  const { id, label, use, hint, problem = "", onInput } = field;
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <span class="hint" id="${id}-hint">${hint ?? ""}</span>
    <input
      id=${id}
      type="password"
      autocomplete=${use}
      spellcheck="false"
      autocapitalize="none"
      aria-describedby="${id}-hint ${id}-error"
      aria-invalid=${problem === "" ? nothing : "true"}
      @input=${onInput ?? nothing}
    />
    <span class="error" id="${id}-error">${problem}</span>
  </div>`;
}

/** Shows what is in all passphrase fields of a form, or hides it again. */
export function renderShowPassphrase(root: () => ParentNode): TemplateResult {
  const show = (event: Event) => {
    const { checked } = event.currentTarget as HTMLInputElement;
    for (const input of root().querySelectorAll<HTMLInputElement>("input[autocomplete$='password']")) {
      input.type = checked ? "text" : "password";
    }
  };
  return html`<label class="check"><input type="checkbox" @change=${show} /> Show what I type</label>`;
}

/** Takes what was typed out of the fields, in their order. */
export function takePassphrases(root: ParentNode, ids: readonly string[]): string[] {
  return ids.map((id) => {
    const input = root.querySelector<HTMLInputElement>(`#${id}`);
    const { value = "" } = input ?? {};
    if (input) input.value = "";
    return value;
  });
}
