import { normaliseCode } from "../core/digits.ts";
import type { Go } from "./key-burst.ts";
import { recogniseTyped } from "./typed-token.ts";

/** Why something typed or pasted was not taken: other signs than digits, another number of digits, or no OATH code at all. */
export type Refusal = "not-a-digit" | "too-long" | "too-short" | "yubico-otp";

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
  /** The OATH token identifier a key typed in front of the code. */
  readonly identifier?: string;
}

/** An edit of a code field: its content and caret afterwards, its value before, and how many digits it takes. */
export interface Edit {
  readonly content: string;
  readonly caret: number;
  readonly before: string;
  readonly digits: number;
}

/** What becomes of an edit that came in one go: what a key typed is recognised, all else is taken digit by digit. */
export function acceptEdit(edit: Edit, go: Go): Draft {
  const typed = recogniseTyped(go.typed, edit.digits);
  switch (typed?.kind) {
    case "code":
      return {
        value: typed.code,
        caret: typed.code.length,
        refusal: null,
        identifier: typed.identifier.toLowerCase(),
      };
    case "wrong-length":
      return refuse(go.before, typed.digits > edit.digits ? "too-long" : "too-short");
    case "yubico-otp":
      return refuse(go.before, "yubico-otp");
    case undefined:
      return acceptDraft(edit.content, edit.caret, edit.before, edit.digits);
  }
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

function refuse(value: string, refusal: Refusal): Draft {
  return { value, caret: value.length, refusal };
}

function clamp(caret: number, length: number): number {
  return Math.min(Math.max(caret, 0), length);
}
