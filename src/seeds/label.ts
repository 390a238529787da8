import { LIMITS } from "./limits.ts";
import { ownText } from "./own-text.ts";

/** Characters that are not seen and yet move or hide others: direction marks, zero-width ones (Unicode Technical Report 36). */
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}]/gu;

/**
 * A manufacturer's or model's name for display: one line, cut to length, absent when blank. It decides nothing, and does not
 * keep the text alive that it was cut out of.
 */
export function parseLabel(text: string | null): string | undefined {
  const label = (text ?? "")
    .replace(UNSEEN, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return ownText(cut(label).trimEnd()) || undefined;
}

/** The two names of a seed; an absent one is no property at all. */
export function labels(texts: { readonly manufacturer: string | null; readonly model: string | null }): {
  manufacturer?: string;
  model?: string;
} {
  const manufacturer = parseLabel(texts.manufacturer);
  const model = parseLabel(texts.model);
  return {
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(model === undefined ? {} : { model }),
  };
}

/** At most so many graphemes, none of them cut in two; nor is one kept that is a heap of accents. */
function cut(label: string): string {
  const { graphemes, characters } = LIMITS.label;
  if (label.length <= graphemes) return label;
  let kept = "";
  let count = 0;
  for (const { segment } of segmenter.segment(label)) {
    count += 1;
    if (count > graphemes || kept.length + segment.length > characters) break;
    kept += segment;
  }
  return kept;
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Labels that recur in every row, such as a manufacturer's name: parsed once for all. */
export class RecurringLabels {
  readonly #labels = new Map<string, string | undefined>();

  /** As `parseLabel`. */
  parse = (text: string | undefined): string | undefined => {
    if (text === undefined || text === "") return undefined;
    const isKnown = this.#labels.has(text);
    if (isKnown) return this.#labels.get(text);
    const label = parseLabel(text);
    if (this.#labels.size < LIMITS.recurringLabels) this.#labels.set(ownText(text), label);
    return label;
  };
}
