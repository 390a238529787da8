const DIGIT = /\p{Nd}/u;
/** Blanks, hyphens and dashes, the minus sign, zero-width characters and direction marks: how people and programs group a code. */
const BETWEEN_DIGITS = /[\s\p{Pd}\p{Cf}\u2212]/gu;

/**
 * A code as it is compared: without blanks and hyphens, every decimal digit of Unicode (full-width, Arabic-Indic …) as
 * ASCII. Anything else is left in place, for {@link isCode} to refuse.
 */
export function normaliseCode(text: string): string {
  let normal = "";
  for (const character of text.replace(BETWEEN_DIGITS, "")) {
    normal += DIGIT.test(character) ? String(digitValue(character)) : character;
  }
  return normal;
}

/** True when `text` is exactly `digits` ASCII digits. */
export function isCode(text: string, digits: number): boolean {
  return text.length === digits && /^[0-9]+$/u.test(text);
}

/** Unicode's decimal digits stand in runs of ten (or several tens), each beginning with its zero (Unicode core spec, 4.6). */
function digitValue(digit: string): number {
  const codePoint = digit.codePointAt(0) ?? 0;
  let first = codePoint;
  while (DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return (codePoint - first) % 10;
}
