import { describe, expect, it } from "vitest";
import { driftFigures } from "../../../src/elements/drift-figures.ts";
import { englishDriftMessages } from "../../../src/elements/drift-messages.ts";
import { driftPaths } from "../../../src/elements/drift-path.ts";
import { driftSummary, type DriftView } from "../../../src/elements/drift-plot.ts";
import { englishMessages } from "../../../src/elements/messages.ts";
import { type DriftHistory, driftHistoryOf } from "../../../src/mfa/drift-history.ts";

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 24);

/** Codes of a clock that runs `ppm` fast and was right a year before now, one each `everyDays`. */
function historyOf(ppm: number, everyDays = 10): DriftHistory {
  const startMs = NOW - 365 * DAY_MS;
  const observations = [];
  for (let atMs = startMs; atMs <= NOW; atMs += everyDays * DAY_MS + 12_345_678) {
    const tokenMs = atMs + (atMs - startMs) * ppm * 1e-6;
    const driftSteps = Math.floor(tokenMs / 30_000) - Math.floor(atMs / 30_000);
    observations.push({ atMs, driftSteps });
  }
  return driftHistoryOf({ observations, periodSeconds: 30, t0Seconds: 0 });
}

const viewOf = (history: DriftHistory): DriftView => ({
  history,
  type: "totp",
  periodSeconds: 30,
  nowMs: NOW,
  text: englishDriftMessages,
  shared: englishMessages,
});
const summaryOf = (history: DriftHistory) =>
  driftSummary(driftFigures(history, 30, NOW), null, viewOf(history));

describe("the figures of a clock", () => {
  it("say how much it loses or gains a month, near what it really does", () => {
    const slow = driftFigures(historyOf(-4), 30, NOW);
    // 4 ppm are 10.5 s a month and 126 s a year.
    expect(slow.secondsPerMonth).toBeGreaterThan(-13);
    expect(slow.secondsPerMonth).toBeLessThan(-8);
    expect(slow.offsetSeconds).toBeGreaterThan(-145);
    expect(slow.offsetSeconds).toBeLessThan(-105);
    expect(slow.inAYearSeconds).toBeLessThan(slow.offsetSeconds - 80);
    expect(driftFigures(historyOf(4), 30, NOW).secondsPerMonth).toBeGreaterThan(8);
  });

  it("put each point within half a step of the clock", () => {
    const startMs = NOW - 365 * DAY_MS;
    for (const { atMs, seconds } of driftFigures(historyOf(-4), 30, NOW).points) {
      const real = ((atMs - startMs) / 1000) * -4e-6;
      expect(Math.abs(seconds - real)).toBeLessThanOrEqual(15.001);
    }
  });

  it("claim nothing of one code, nor of none", () => {
    const one = driftHistoryOf({
      observations: [{ atMs: NOW, driftSteps: -2 }],
      periodSeconds: 30,
      t0Seconds: 0,
    });
    expect(driftFigures(one, 30, NOW)).toMatchObject({ secondsPerMonth: null, inAYearSeconds: null });
    const none = driftHistoryOf({ observations: [], periodSeconds: 30, t0Seconds: 0 });
    expect(driftFigures(none, 30, NOW)).toMatchObject({ points: [], offsetSeconds: 0 });
  });
});

describe("the sentence beside the plot", () => {
  it("tells direction, rate and what to expect", () => {
    expect(summaryOf(historyOf(-4))).toMatch(
      /^Its clock is \d min \d+ s behind and loses about \d+ s a month\. In a year it will be \d min \d+ s behind/u,
    );
    expect(summaryOf(historyOf(4))).toMatch(/ahead and gains about/u);
  });

  it("tells before and after of a resync", () => {
    const before = historyOf(-4);
    const after = driftHistoryOf({
      observations: [{ atMs: NOW, driftSteps: -4 }],
      periodSeconds: 30,
      t0Seconds: 0,
    });
    const words = driftSummary(driftFigures(after, 30, NOW), driftFigures(before, 30, NOW), viewOf(after));
    expect(words).toMatch(/^Before the resync it was taken for \d min \d+ s behind; now for /u);
    expect(words).toMatch(/More codes will show/u);
  });
});

describe("the drawing", () => {
  it("stays within its frame and under four kilobytes with as many codes as are kept", () => {
    const history = historyOf(-4, 5.5);
    const { points } = driftFigures(history, 30, NOW);
    expect(points.length).toBeGreaterThan(60);
    const paths = driftPaths({ history, points }, null, { periodSeconds: 30, nowMs: NOW });
    const lines = [paths.dots, paths.trend, paths.future, paths.band].join("");
    expect(lines.length).toBeLessThan(1_500);
    const numbers = [...lines.matchAll(/(-?\d+) (-?\d+)/gu)];
    expect(numbers.length).toBe(points.length + 8);
    for (const [, x, y] of numbers) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(640);
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeLessThanOrEqual(220);
    }
  });

  it("draws a code of this very moment", () => {
    const history = driftHistoryOf({
      observations: [{ atMs: NOW, driftSteps: 0 }],
      periodSeconds: 30,
      t0Seconds: 0,
    });
    const { points } = driftFigures(history, 30, NOW);
    expect(driftPaths({ history, points }, null, { periodSeconds: 30, nowMs: NOW }).dots).toMatch(
      /^M\d+ \d+h0$/u,
    );
  });
});
