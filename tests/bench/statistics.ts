/** The middle of some figures and the span of their middle four fifths: what a noisy machine leaves standing. */
export interface Spread {
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
}

/**
 * The value below which `share` (0 … 1) of the figures lie, interpolated between neighbours. Throws a `RangeError` without
 * figures, or when one is no number: a measurement that went wrong must not pass as a fast one.
 */
export function percentile(figures: readonly number[], share: number): number {
  if (figures.length === 0) throw new RangeError("no figures");
  if (!figures.every(Number.isFinite)) throw new RangeError("a figure is no number");
  if (!(share >= 0 && share <= 1)) throw new RangeError(`${share} is no share`);
  const sorted = figures.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? 0;
  return below + (above - below) * (place - Math.floor(place));
}

/** The middle figure, or the mean of the two middle ones. */
export function median(figures: readonly number[]): number {
  return percentile(figures, 0.5);
}

export function spreadOf(figures: readonly number[]): Spread {
  return { median: median(figures), p10: percentile(figures, 0.1), p90: percentile(figures, 0.9) };
}

/**
 * The ratios of two lists of rates, round by round. Both were measured within the same moments, so what slowed one has
 * most likely slowed the other: the ratio stays where the rates wander.
 */
export function ratiosOf(rates: readonly number[], reference: readonly number[]): number[] {
  return rates.slice(0, reference.length).map((rate, round) => rate / (reference[round] ?? Number.NaN));
}
