import { html, type TemplateResult } from "lit";
import { classMap } from "lit/directives/class-map.js";

/** What the drawn slots of a code field show. */
export interface SlotsView {
  readonly value: string;
  readonly digits: number;
  /** The field's selection, or null while it has no focus. */
  readonly selection: { readonly start: number; readonly end: number } | null;
}

/** The code as it is drawn over the real field: one slot a digit, in two groups, with caret and selection. */
export function renderSlots({ value, digits, selection }: SlotsView): TemplateResult {
  const caret = selection && selection.start === selection.end ? selection.start : null;
  const half = Math.floor(digits / 2);
  const slots = Array.from({ length: digits }, (_, index) => {
    const classes = {
      slot: true,
      "group-end": index === half - 1,
      filled: index < value.length,
      selected: selection !== null && selection.start <= index && index < selection.end,
      caret: caret === index,
      // Behind the last digit there is no slot to stand in.
      "caret-after": caret === digits && index === digits - 1,
    };
    return html`<span part="digit" class=${classMap(classes)}>${value[index] ?? ""}</span>`;
  });
  return html`<div class="slots" aria-hidden="true">${slots}</div>`;
}

/** Which caret position of the field a press at `clientX` means. */
export function caretAt(slots: readonly Element[], clientX: number, length: number): number {
  const middles = slots.map((slot) => {
    const { left, width } = slot.getBoundingClientRect();
    return left + width / 2;
  });
  return Math.min(middles.filter((middle) => middle < clientX).length, length);
}
