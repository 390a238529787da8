import type { LitElement } from "lit";
import { caretAt, type SlotsView } from "./code-slots.ts";

/** Follows the selection of a code field's real input, so that the slots drawn over it can show it. */
export class CodeCaret {
  readonly #host: LitElement;
  selection: SlotsView["selection"] = null;

  constructor(host: LitElement) {
    this.#host = host;
    host.addEventListener("selectionchange", this.read);
  }

  get #input(): HTMLInputElement | null {
    return this.#host.querySelector<HTMLInputElement>(":scope > input");
  }

  readonly read = (): void => {
    const input = this.#input;
    const focused = input?.matches(":focus") ?? false;
    const start = input?.selectionStart ?? 0;
    const end = input?.selectionEnd ?? 0;
    const last = this.selection;
    if (focused === (last !== null) && start === last?.start && end === last?.end) return;
    this.selection = focused ? { start, end } : null;
    this.#host.requestUpdate();
  };

  /** The slots are spaced otherwise than the text under them, so the pressed slot decides where the caret goes. */
  readonly press = (event: MouseEvent): void => {
    const input = event.target as HTMLInputElement;
    const { left, right } = input.getBoundingClientRect();
    const inside = left <= event.clientX && event.clientX <= right;
    if (!inside || event.detail !== 1 || input.selectionStart !== input.selectionEnd) return;
    const slots = [...(this.#host.shadowRoot?.querySelectorAll(".slot") ?? [])];
    const caret = caretAt(slots, event.clientX, input.value.length);
    input.setSelectionRange(caret, caret);
    this.read();
  };
}
