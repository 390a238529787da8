/** More is no name; and a screen full of marks on one letter is none either. */
const GRAPHEMES_MAX = 64;
const UNITS_MAX = 512;
/** Controls, line separators, lone surrogates and format characters but for the joiner that holds emoji together. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200d)\p{Cf}/gu;
/** Unicode's control pictures stand in the order of the controls they picture (Unicode code chart U+2400). */
const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = "\u2421";
/** Scripts written from the right: Hebrew to Arabic Extended-A, their presentation forms, and the right-to-left planes. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\u{10800}-\u{10fff}]|[\u{1e800}-\u{1efff}]/u;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * A text that came from a device, fit to be shown: what would be invisible or would turn the line around is drawn as a
 * sign, and it ends after 64 characters as people count them. Show it in a `<bdi>`.
 */
export function deviceText(text: string): string {
  const visible = text.slice(0, UNITS_MAX).replace(INVISIBLE, picture);
  const shown: string[] = [];
  for (const { segment } of graphemes.segment(visible)) {
    if (shown.length === GRAPHEMES_MAX) return `${shown.join("")}…`;
    shown.push(segment);
  }
  return text.length > UNITS_MAX ? `${shown.join("")}…` : shown.join("");
}

/** The same for the middle of a sentence that is not markup: where it runs from the right, it is isolated from the rest. */
export function deviceWords(text: string): string {
  const shown = deviceText(text);
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}

function picture(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x20) return String.fromCodePoint(CONTROL_PICTURES + codePoint);
  if (codePoint === 0x7f) return DELETE_PICTURE;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return "\ufffd";
  return `[U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}]`;
}
