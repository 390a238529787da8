import { normaliseCode } from "../core/digits.ts";

/** Why something typed or pasted was not taken: it has other signs than digits, or too many digits. */
export type Refusal = "not-a-digit" | "too-long";

/** More than any code with what people write around it. */
const MAX_TEXT = 256;

/** True for a text that is refused unseen: going through megabytes would hold up the page for seconds. */
export function isTooLong(text: string): boolean {
  return text.length > MAX_TEXT;
}

/** What a code field shows after an edit. */
export interface Draft {
  readonly value: string;
  readonly caret: number;
  readonly refusal: Refusal | null;
}

/**
 * What becomes of an edit: digits of any script are taken, blanks and hyphens fall away, other signs are left out with a
 * reason. An edit with too many digits is refused whole, because the first six of eight pasted digits are no code.
 */
export function acceptDraft(edited: string, caret: number, before: string, digits: number): Draft {
  const value = isTooLong(edited) ? edited : digitsOf(edited);
  if (value.length > digits) {
    const inserted = value.length - before.length;
    return { value: before, caret: clamp(caret - inserted, before.length), refusal: "too-long" };
  }
  const refusal = normaliseCode(edited).length > value.length ? "not-a-digit" : null;
  return { value, caret: clamp(digitsOf(edited.slice(0, caret)).length, value.length), refusal };
}

/** The digits of a text, as ASCII; of a very long one, those at its start. */
export function digitsOf(text: string): string {
  return normaliseCode(text.slice(0, MAX_TEXT)).replace(/[^0-9]/gu, "");
}

function clamp(caret: number, length: number): number {
  return Math.min(Math.max(caret, 0), length);
}
