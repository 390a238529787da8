import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ProgressPulse } from "../../../src/mfa/progress-pulse.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watch() {
  const told: [number, number][] = [];
  return { told, pulse: new ProgressPulse((done, total) => told.push([done, total])) };
}

it("tells the first at once, the rest ten times a second, and the end in any case", () => {
  const { told, pulse } = watch();
  for (let done = 1; done <= 1000; done += 1) {
    pulse.tell(done, 1000);
    vi.advanceTimersByTime(1);
  }
  expect(told).toHaveLength(11);
  expect(told[0]).toEqual([1, 1000]);
  expect(told.at(-1)).toEqual([1000, 1000]);
});

it("W6 repeats the last figures as a sign of life, no more often", () => {
  const { told, pulse } = watch();
  pulse.tell(3, 10);
  for (let beat = 0; beat < 50; beat += 1) {
    pulse.beat();
    vi.advanceTimersByTime(10);
  }
  expect(told).toEqual([
    [3, 10],
    [3, 10],
    [3, 10],
    [3, 10],
    [3, 10],
  ]);
});

it("has nothing to tell but life before the first figures", () => {
  const { told, pulse } = watch();
  pulse.beat();
  expect(told).toEqual([[0, 0]]);
});
