import { html, type PropertyValues, render, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { ifDefined } from "lit/directives/if-defined.js";
import type { TokenSource } from "../bridge/contract.ts";
import { isCode } from "../core/digits.ts";
import type { ObservedCode } from "../mfa/contract.ts";
import { CodeCaret } from "./code-caret.ts";
import { digitsOf, type Refusal } from "./code-draft.ts";
import { codeFieldStyles } from "./code-field-styles.ts";
import { renderCodeInput } from "./code-input-view.ts";
import type { CodeReader, CodeReading } from "./code-reader.ts";
import { renderSlots } from "./code-slots.ts";
import { CodeTyping, type TypingOutcome } from "./code-typing.ts";
import { controlStyles } from "./control-styles.ts";
import { OathCodeEvent, OathTokenIdentifierEvent } from "./events.ts";
import { FieldReading, readFromText } from "./field-reading.ts";
import { FormFieldElement } from "./form-field-element.ts";
import { refusalText } from "./refusal-text.ts";
import { themeStyles } from "./theme.ts";

let made = 0;

/**
 * A form field for a one-time code. Its one real `<input>` and its label are children in the light DOM, so that labels,
 * autofill, password managers and screen readers meet an ordinary text field; the slots are drawn over it. It takes codes
 * from a person, from a key that types, from the clipboard, and from a `reader`.
 * @fires oath-code - {@link OathCodeEvent}, each time the code has all its digits
 * @fires oath-token-identifier - {@link OathTokenIdentifierEvent}, a key typed its identifier in front of the code
 * @fires input - an edit was taken or refused
 * @fires change - as of a text field
 * @csspart control - the box around the digits
 * @csspart digit - one drawn digit
 * @csspart read - the button that reads a token
 * @cssprop [--oath-accent] - colour of caret, selection and focus
 */
export class OathCode extends FormFieldElement {
  static override styles = [themeStyles, controlStyles, codeFieldStyles];

  @property() label = "";
  @property() hint = "";
  @property({ type: Number }) digits = 6;
  /** Shown next to the field and read out with it; whoever sets it also takes it away. */
  @property() error = "";
  /** Reads a token into the field, in place of the field's own reader. */
  @property({ attribute: false }) reader: CodeReader | null = null;
  /** Where USB tokens come from: the nearest ancestor's source, else the browser's own; null for no button. */
  @property({ attribute: false }) tokenSource: TokenSource | null | undefined;

  @state() private refusal: Refusal | null = null;
  @state() private source = "";

  readonly #id = `oath-code-${(made += 1)}`;
  readonly #caret = new CodeCaret(this);
  readonly #typing = new CodeTyping((outcome) => this.#tell(outcome));
  readonly #reading = new FieldReading(this, (reading) => this.#take(reading));
  #value = "";
  #typedAtMs: number | null = null;

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

  /** Takes a code that was read, with its age. Like setting `value`, it fires nothing. */
  fill({ code, ageMs }: ObservedCode): void {
    this.value = code;
    if (this.#typedAtMs !== null) this.#typedAtMs = performance.now() - ageMs;
    this.refusal = null;
    this.source = "";
  }

  override clear(): void {
    this.#reading.stop();
    this.#typing.cancel();
    this.value = "";
    this.refusal = null;
    this.source = "";
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

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#typing.cancel();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    render(this.#lightParts(), this, { host: this });
    this.#updateValidity();
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>(":scope > input");
  }

  #updateValidity(): void {
    const isEmpty = this.#value === "";
    const flags = { valueMissing: isEmpty && this.required, tooShort: !isEmpty && this.#typedAtMs === null };
    this.internals.setValidity(flags, this.text.codeFormat(this.digits), this.#input ?? undefined);
  }

  readonly #edit = (event: Event): void => {
    event.stopPropagation();
    const input = event.target as HTMLInputElement;
    // Half a composed character is not to be judged; `compositionend` brings the whole.
    if (event instanceof InputEvent && event.isComposing) return;
    const before = this.#value;
    const content = input.value;
    const caret = input.selectionStart ?? 0;
    const draft = this.#typing.judge(event, { content, caret, before, digits: this.digits });
    // Written back only where it differs, which keeps the browser's undo for plain typing.
    if (content !== draft.value) {
      input.value = draft.value;
      input.setSelectionRange(draft.caret, draft.caret);
    }
    this.value = draft.value;
    this.source = "";
    this.#reading.stop();
    this.#updateValidity();
    this.#caret.read();
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    this.#typing.hear(draft, draft.value !== before);
  };

  #tell({ refusal, identifier, isNew, isStopped }: TypingOutcome): void {
    this.refusal = refusal;
    if (isStopped) this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    if (identifier !== undefined) this.dispatchEvent(new OathTokenIdentifierEvent(identifier));
    const { observed } = this;
    if (observed && isNew) this.dispatchEvent(new OathCodeEvent(observed));
  }

  /** A key ends with Enter: it goes through only behind a whole code. A person's own Enter is left alone. */
  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !this.#typing.isKey) return;
    this.#typing.end();
    if (this.refusal !== null || this.#typedAtMs === null) event.preventDefault();
  };

  readonly #change = (event: Event): void => {
    event.stopPropagation();
    this.#typing.end();
    this.dispatchEvent(new Event("change", { bubbles: true }));
  };

  #take(reading: CodeReading): void {
    const code = reading.codes.at(-1);
    if (!code) return;
    this.fill(code);
    this.source = readFromText(reading, this.text);
    // Enter is then all that is missing.
    this.focus();
    this.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    if (this.observed) this.dispatchEvent(new OathCodeEvent(this.observed));
  }

  #lightParts(): TemplateResult {
    const { text, digits } = this;
    const refusal = this.#reading.problem || refusalText(this.refusal, digits, text);
    return renderCodeInput({
      id: this.#id,
      label: this.label,
      outerLabel: this.outerLabel || text.code,
      hint: this.hint,
      error: this.error,
      note: refusal || this.source,
      noteKind: refusal ? "refusal" : "source",
      value: this.#value,
      enterKeyHint: this.getAttribute("enterkeyhint") ?? "done",
      required: this.required,
      disabled: this.isDisabled,
      readOnly: this.readOnly || this.busy,
      onBeforeEdit: this.#typing.guard,
      onEdit: this.#edit,
      onChange: this.#change,
      onKeydown: this.#keydown,
      onPress: this.#caret.press,
      onSelection: this.#caret.read,
    });
  }

  protected override render(): TemplateResult {
    const { digits } = this;
    return html`
      <slot name="label"></slot>
      <slot name="hint"></slot>
      <div class="row">
        <div
          class="control"
          part="control"
          data-digits=${digits}
          data-error=${ifDefined(this.error ? "" : undefined)}
        >
          <slot name="input"></slot>
          ${renderSlots({ value: this.#value, digits, selection: this.#caret.selection })}
        </div>
        ${this.#reading.render()}
      </div>
      ${this.#reading.renderPanel()}
      <div class="messages"><slot name="error"></slot><slot name="note"></slot></div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "oath-code": OathCode;
  }
}
