import { parseLabel } from "./label.ts";
import { LIMITS } from "./limits.ts";

/**
 * A copy of a short text that stands on its own. Engines cut a string out of another without copying it, so that one serial
 * number would keep half a megabyte of the file in memory, secrets included.
 */
export function ownText(text: string): string {
  return text.split("").join("");
}

/** Labels that recur in every row, such as a manufacturer's name: parsed and copied once for all. */
export class RecurringLabels {
  readonly #labels = new Map<string, string | undefined>();

  /** As `parseLabel`. */
  parse = (text: string | undefined): string | undefined => {
    if (text === undefined || text === "") return undefined;
    const isKnown = this.#labels.has(text);
    if (isKnown) return this.#labels.get(text);
    const label = parseLabel(text);
    const copy = label === undefined ? undefined : ownText(label);
    if (this.#labels.size < LIMITS.recurringLabels) this.#labels.set(ownText(text), copy);
    return copy;
  };
}
