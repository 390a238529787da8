import { LIMITS } from "./limits.ts";

/** A manufacturer's or model's name for display: one line, cut to length, absent when blank. It decides nothing. */
export function parseLabel(text: string | null): string | undefined {
  const label = (text ?? "").replace(/[\s\p{Cc}]+/gu, " ").trim();
  return label.slice(0, LIMITS.characters.label).trimEnd() || undefined;
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
