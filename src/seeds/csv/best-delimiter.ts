import { LEAST_SHARE, type DialectMatch, type TableLayout } from "./dialect.ts";
import { DELIMITERS, type CsvHead } from "./head.ts";
import type { Delimiter } from "./records.ts";

/**
 * For a dialect without a header: the delimiter by which the most of the first rows fit; null when less than half do by any.
 */
export function matchRows(
  head: CsvHead,
  fits: (cells: readonly string[]) => boolean,
  layout: Omit<TableLayout, "delimiter" | "headerLine">,
  delimiters: readonly Delimiter[] = DELIMITERS,
): DialectMatch | null {
  const [best] = delimiters
    .map((delimiter) => ({ delimiter, share: head.share(delimiter, fits) }))
    .toSorted((one, other) => other.share - one.share);
  if (!best || best.share < LEAST_SHARE) return null;
  return { share: best.share, layout: { ...layout, delimiter: best.delimiter, headerLine: 0 } };
}
