import type { Spread } from "./statistics.ts";

/** Three significant digits, in thousands and millions: `9.81 M`. */
export function formatRate(rate: number): string {
  if (rate >= 1e6) return `${significant(rate / 1e6)} M`;
  if (rate >= 1e3) return `${significant(rate / 1e3)} k`;
  return significant(rate);
}

/** A duration in the unit that suits it. */
export function formatDuration(ms: number): string {
  if (ms >= 1000) return `${significant(ms / 1000)} s`;
  if (ms >= 1) return `${significant(ms)} ms`;
  return `${significant(ms * 1000)} µs`;
}

/** `92× (80–101)`: the median of the rounds' ratios, and their middle four fifths. */
export function formatRatio({ median, p10, p90 }: Spread): string {
  return `${significant(median)}× (${significant(p10)}–${significant(p90)})`;
}

/** Two digits from ten on, else three; never an exponent. */
export function significant(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);
}

/** Columns padded to their widest; the first to the left, the others to the right. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}
