/**
 * A copy of a short text that stands on its own. Engines cut a string out of another without copying it, so that one serial
 * number would keep half a megabyte of the file in memory, secrets included.
 */
export function ownText(text: string): string {
  return text.split("").join("");
}
