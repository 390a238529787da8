import { expect, it } from "vitest";
import type { DriftObservation } from "../../../src/otp/index.ts";
import { LONGEST_HISTORY, rememberObservation } from "../../../src/vault/drift-history.ts";
import { DAY_MS } from "../../support/simulated-clock.ts";

const remember = (moments: readonly number[]) =>
  moments.reduce<DriftObservation[]>(
    (history, atMs) => rememberObservation(history, { atMs, driftSteps: 0 }),
    [],
  );

it("keeps everything while there is room, in the order of time", () => {
  expect(remember([3, 1, 2])).toEqual([1, 2, 3].map((atMs) => ({ atMs, driftSteps: 0 })));
  expect(remember(Array.from({ length: 64 }, (_, index) => index))).toHaveLength(64);
  expect(LONGEST_HISTORY).toBe(64);
});

it("takes nothing but the moment and the drift, and leaves the given history as it is", () => {
  const history: DriftObservation[] = [];
  const more = { atMs: 1, driftSteps: 2, secret: "x" };
  expect(rememberObservation(history, more)).toEqual([{ atMs: 1, driftSteps: 2 }]);
  expect(history).toEqual([]);
});

it("spans three years of daily sign-ins evenly, with the newest days whole", () => {
  const days = Array.from({ length: 1100 }, (_, day) => day);
  const kept = remember(days.map((day) => day * DAY_MS)).map(({ atMs }) => atMs / DAY_MS);
  expect(kept).toHaveLength(LONGEST_HISTORY);
  expect(kept[0]).toBe(0);
  expect(kept.slice(-8)).toEqual(days.slice(-8));
  const gaps = kept.slice(1).map((day, index) => day - (kept[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual((4 * 1100) / LONGEST_HISTORY);
});

it("does not lose the years for one busy hour", () => {
  const weeks = Array.from({ length: 50 }, (_, week) => week * 7 * DAY_MS);
  const lastMs = weeks.at(-1) ?? 0;
  const busy = Array.from({ length: 60 }, (_, minute) => lastMs + (minute + 1) * 60_000);
  const kept = remember([...weeks, ...busy]);
  expect(kept.filter(({ atMs }) => atMs <= lastMs).length).toBeGreaterThanOrEqual(49);
});

it("finds its place for a moment before the others: our clock was set back", () => {
  const full = Array.from({ length: 64 }, (_, index) => 1000 + index);
  const kept = remember([...full, 500]);
  expect(kept).toHaveLength(64);
  expect(kept[0]?.atMs).toBe(500);
});
