import { property, state } from "lit/decorators.js";
import { LocalizedElement } from "./localized-element.ts";

/** The base of an element that takes part in a form as a native field does. */
export abstract class FormFieldElement extends LocalizedElement {
  static readonly formAssociated = true;

  @property({ reflect: true }) name = "";
  @property({ type: Boolean, reflect: true }) required = false;
  @property({ type: Boolean, reflect: true }) disabled = false;
  @property({ type: Boolean, reflect: true, attribute: "readonly" }) readOnly = false;
  /** True while the value is being checked: the field is then read-only. */
  @property({ type: Boolean, reflect: true }) busy = false;

  @state() private disabledByForm = false;

  protected readonly internals = this.attachInternals();

  constructor() {
    super();
    // A press on a <label> of the page lands on this element itself, which is not focusable.
    this.addEventListener("click", (event) => {
      if (event.composedPath()[0] === this) this.focus();
    });
  }

  get form(): HTMLFormElement | null {
    return this.internals.form;
  }

  get validity(): ValidityState {
    return this.internals.validity;
  }

  get validationMessage(): string {
    return this.internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.internals.willValidate;
  }

  checkValidity(): boolean {
    return this.internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.internals.reportValidity();
  }

  /** Empties the field. */
  abstract clear(): void;

  formResetCallback(): void {
    this.clear();
  }

  formDisabledCallback(disabled: boolean): void {
    this.disabledByForm = disabled;
  }

  /** Nothing typed into a field of ours is to come back with a restored session. */
  formStateRestoreCallback(): void {
    this.clear();
  }

  /** True while the element or a `<fieldset>` around it is disabled. */
  protected get isDisabled(): boolean {
    return this.disabled || this.disabledByForm;
  }

  /** False while it is disabled, read-only or checked. */
  get isWritable(): boolean {
    return !this.isDisabled && !this.readOnly && !this.busy;
  }

  /** The text of the page's `<label>`s for this element, or its `aria-label`; empty when there is neither. */
  protected get outerLabel(): string {
    const labels = [...this.internals.labels].map((label) => label.textContent?.trim() ?? "");
    return this.getAttribute("aria-label") ?? labels.join(" ");
  }
}
