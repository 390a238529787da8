import { describe, expect, it } from "vitest";
import { median, percentile, ratiosOf, spreadOf } from "../../bench/statistics.ts";

describe("statistics of the benchmark", () => {
  it("takes the middle figure, or the mean of the middle two", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
  });

  it("interpolates percentiles, and leaves its input in order", () => {
    const figures = [50, 10, 40, 20, 30];
    expect(percentile(figures, 0)).toBe(10);
    expect(percentile(figures, 0.1)).toBeCloseTo(14, 12);
    expect(percentile(figures, 0.9)).toBeCloseTo(46, 12);
    expect(percentile(figures, 1)).toBe(50);
    expect(figures).toEqual([50, 10, 40, 20, 30]);
    expect(spreadOf(figures)).toEqual({
      median: 30,
      p10: percentile(figures, 0.1),
      p90: percentile(figures, 0.9),
    });
  });

  it("refuses what would pass as a figure without being one", () => {
    for (const figures of [[], [1, Number.NaN], [Number.POSITIVE_INFINITY]]) {
      expect(() => median(figures)).toThrow(RangeError);
    }
    expect(() => percentile([1], 1.5)).toThrow(RangeError);
  });

  it("compares rates round by round, not median by median", () => {
    const slowThenFast = [100, 1000, 1000];
    const reference = [1, 10, 20];
    expect(ratiosOf(slowThenFast, reference)).toEqual([100, 100, 50]);
    expect(() => spreadOf(ratiosOf([1], [0]))).toThrow(RangeError);
  });
});
