import type { SourceText } from "./source-text.ts";

/** The slices of a text with a note which is the last: a line may end with any slice, and does end with the last one. */
export async function* markedSlices(
  source: SourceText,
): AsyncGenerator<{ readonly text: string; readonly isLast: boolean }, void> {
  for await (const text of source.slices()) yield { text, isLast: false };
  yield { text: "", isLast: true };
}

/** About how many lines a text has, by its first slice: a row may take several. */
export function estimateLines(head: string, characters: number): number {
  const separator = head.includes("\n") ? "\n" : "\r";
  let count = 1;
  for (let at = head.indexOf(separator); at >= 0; at = head.indexOf(separator, at + 1)) count += 1;
  return head.length >= characters ? count : Math.round((count * characters) / head.length);
}
