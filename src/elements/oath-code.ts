import { html, nothing, type PropertyValues, render, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import { live } from "lit/directives/live.js";
import { isCode } from "../core/digits.ts";
import type { ObservedCode } from "../mfa/contract.ts";
import { acceptDraft, digitsOf, isTooLong, type Refusal } from "./code-draft.ts";
import { codeFieldStyles } from "./code-field-styles.ts";
import { caretAt, renderSlots, type SlotsView } from "./code-slots.ts";
import { OathCodeEvent } from "./events.ts";
import { FormFieldElement } from "./form-field-element.ts";
import { themeStyles } from "./theme.ts";

let made = 0;

/**
 * A form field for a one-time code. Its one real `<input>` and its label are children in the light DOM, so that labels,
 * autofill, password managers and screen readers meet an ordinary text field; the slots are drawn over it.
 * @fires oath-code - {@link OathCodeEvent}, each time the code has all its digits
 * @fires input - an edit was taken or refused
 * @fires change - as of a text field
 * @csspart control - the box around the digits
 * @csspart digit - one drawn digit
 * @cssprop [--oath-accent] - colour of caret, selection and focus
 */
export class OathCode extends FormFieldElement {
  static override styles = [themeStyles, codeFieldStyles];

  @property() label = "";
  @property() hint = "";
  @property({ type: Number }) digits = 6;
  /** True while a code is being checked: the field is then read-only. */
  @property({ type: Boolean, reflect: true }) busy = false;
  /** Shown next to the field and read out with it; whoever sets it also takes it away. */
  @property() error = "";

  @state() private refusal: Refusal | null = null;
  @state() private selection: SlotsView["selection"] = null;

  readonly #id = `oath-code-${(made += 1)}`;
  #value = "";
  #typedAtMs: number | null = null;

  constructor() {
    super();
    // A press on a <label> of the page lands on this element, which is not focusable itself.
    this.addEventListener("click", (event) => {
      if (event.target === this) this.focus();
    });
    this.addEventListener("selectionchange", this.#readSelection);
  }

  /** The digits so far. No attribute, for a code does not belong into markup. */
  @property({ attribute: false })
  get value(): string {
    return this.#value;
  }

  set value(value: string) {
    const digits = digitsOf(value).slice(0, this.digits);
    if (digits === this.#value) return;
    this.#value = digits;
    this.#typedAtMs = isCode(digits, this.digits) ? performance.now() : null;
    // The state kept for a restored session is empty: a code is worth nothing later, and a secret now.
    this.internals.setFormValue(digits, "");
  }

  /** `performance.now()` of the moment the code became complete; null while it is not. */
  get typedAtMs(): number | null {
    return this.#typedAtMs;
  }

  /** The code and its age, or null while digits are missing. */
  get observed(): ObservedCode | null {
    return this.#typedAtMs === null
      ? null
      : { code: this.#value, ageMs: performance.now() - this.#typedAtMs };
  }

  override clear(): void {
    this.value = "";
    this.refusal = null;
  }

  override focus(options?: FocusOptions): void {
    this.#input?.focus(options);
  }

  /** Focuses the field with all of its digits selected, for typing over them. */
  select(): void {
    this.#input?.focus();
    this.#input?.select();
  }

  override connectedCallback(): void {
    // A cloned field brings copies of the children with it.
    if (!this.hasUpdated) this.replaceChildren();
    super.connectedCallback();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    render(this.#lightParts(), this, { host: this });
    this.#updateValidity();
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>(":scope > input");
  }

  get #note(): string {
    if (this.refusal === null) return "";
    return this.refusal === "too-long" ? this.text.digitsRefused(this.digits) : this.text.lettersRefused;
  }

  #updateValidity(): void {
    const input = this.#input ?? undefined;
    if (this.#value === "" && this.required) {
      this.internals.setValidity({ valueMissing: true }, this.text.codeFormat(this.digits), input);
    } else if (this.#value !== "" && this.#typedAtMs === null) {
      this.internals.setValidity({ tooShort: true }, this.text.codeFormat(this.digits), input);
    } else {
      this.internals.setValidity({});
    }
  }

  /** The browser alone takes seconds to insert a text of megabytes, so it is stopped before. */
  readonly #beforeEdit = (event: InputEvent): void => {
    if (!isTooLong(event.data ?? "")) return;
    event.preventDefault();
    this.refusal = "too-long";
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  };

  readonly #edit = (event: Event): void => {
    event.stopPropagation();
    const input = event.target as HTMLInputElement;
    // Half a composed character is not to be judged; `compositionend` brings the whole.
    if (event instanceof InputEvent && event.isComposing) return;
    const before = this.#value;
    const draft = acceptDraft(input.value, input.selectionStart ?? 0, before, this.digits);
    // Written back only where it differs, which keeps the browser's undo for plain typing.
    if (input.value !== draft.value) {
      input.value = draft.value;
      input.setSelectionRange(draft.caret, draft.caret);
    }
    this.value = draft.value;
    this.refusal = draft.refusal;
    this.#updateValidity();
    this.#readSelection();
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    const { observed } = this;
    if (observed && draft.value !== before) this.dispatchEvent(new OathCodeEvent(observed));
  };

  readonly #change = (event: Event): void => {
    event.stopPropagation();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  };

  readonly #readSelection = (): void => {
    const input = this.#input;
    const focused = input?.matches(":focus") ?? false;
    const start = input?.selectionStart ?? 0;
    const end = input?.selectionEnd ?? 0;
    const last = this.selection;
    if (focused !== (last !== null) || start !== last?.start || end !== last?.end) {
      this.selection = focused ? { start, end } : null;
    }
  };

  /** The slots are spaced otherwise than the text under them, so the pressed slot decides where the caret goes. */
  readonly #press = (event: MouseEvent): void => {
    const input = event.target as HTMLInputElement;
    const { left, right } = input.getBoundingClientRect();
    const inside = left <= event.clientX && event.clientX <= right;
    if (!inside || event.detail !== 1 || input.selectionStart !== input.selectionEnd) return;
    const slots = [...(this.shadowRoot?.querySelectorAll(".slot") ?? [])];
    const caret = caretAt(slots, event.clientX, input.value.length);
    input.setSelectionRange(caret, caret);
    this.#readSelection();
  };

  #lightParts(): TemplateResult {
    const describedBy = [this.hint && `${this.#id}-hint`, this.error && `${this.#id}-error`].filter(Boolean);
    return html`
      ${this.label ? html`<label slot="label" for=${this.#id}>${this.label}</label>` : nothing}
      <input
        slot="input"
        id=${this.#id}
        type="text"
        dir="ltr"
        inputmode="numeric"
        autocomplete="one-time-code"
        autocapitalize="off"
        spellcheck="false"
        enterkeyhint=${this.getAttribute("enterkeyhint") ?? "done"}
        aria-label=${ifDefined(this.label ? undefined : this.outerLabel || this.text.code)}
        aria-describedby=${ifDefined(describedBy.join(" ") || undefined)}
        aria-invalid=${this.error ? "true" : "false"}
        aria-required=${this.required ? "true" : "false"}
        .value=${live(this.#value)}
        ?disabled=${this.isDisabled}
        ?readonly=${this.readOnly || this.busy}
        @beforeinput=${this.#beforeEdit}
        @input=${this.#edit}
        @compositionend=${this.#edit}
        @change=${this.#change}
        @click=${this.#press}
        @focus=${this.#readSelection}
        @blur=${this.#readSelection}
        @keyup=${this.#readSelection}
        @select=${this.#readSelection}
      />
      ${this.hint ? html`<span slot="hint" id="${this.#id}-hint">${this.hint}</span>` : nothing}
      <span slot="note" role="status">${this.error ? "" : this.#note}</span>
      <span slot="error" id="${this.#id}-error">${this.error}</span>
    `;
  }

  protected override render(): TemplateResult {
    return html`
      <slot name="label"></slot>
      <slot name="hint"></slot>
      <div
        class="control"
        part="control"
        data-digits=${this.digits}
        data-error=${ifDefined(this.error ? "" : undefined)}
      >
        <slot name="input"></slot>
        ${renderSlots({ value: this.#value, digits: this.digits, selection: this.selection })}
      </div>
      <div class="messages"><slot name="error"></slot><slot name="note"></slot></div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-code": OathCode;
  }
}
