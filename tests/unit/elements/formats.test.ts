import { expect, it } from "vitest";
import { msToNextSecond, secondsToNextStep } from "../../../src/elements/code-period.ts";
import {
  formatClock,
  formatDay,
  formatDrift,
  formatDuration,
  formatMoment,
} from "../../../src/elements/formats.ts";
import { englishMessages as text } from "../../../src/elements/messages.ts";

it.each([
  [0, "1 s"],
  [17, "17 s"],
  [60, "1 min"],
  [210, "3 min 30 s"],
  [3600, "1 h"],
  [3605, "1 h"],
  [7260, "2 h 1 min"],
  [90_000, "1 d 1 h"],
])("says %i seconds as %s", (seconds, words) => {
  expect(formatDuration(seconds, text)).toBe(words);
});

it.each([
  [0, 30, "in step"],
  [-6, 30, "3 min behind"],
  [1, 60, "1 min ahead"],
])("says a drift of %i steps of %i s as %s", (steps, period, words) => {
  expect(formatDrift(steps, period, text)).toBe(words);
});

it("writes days and times in the language of the texts", () => {
  const noon = new Date(2026, 2, 14, 14, 5).getTime();
  expect(formatDay(noon, text)).toBe("Mar 14, 2026");
  expect(formatDay(noon, { ...text, locale: "de" })).toBe("14.03.2026");
  expect(formatMoment(noon, text)).toMatch(/Mar 14, 2026.*2:05/u);
  expect(formatClock(noon, text)).toBe("14:05");
});

it("counts to the edge of the step", () => {
  expect(secondsToNextStep(0, 30)).toBe(30);
  expect(secondsToNextStep(1, 30)).toBe(30);
  expect(secondsToNextStep(29_999, 30)).toBe(1);
  expect(secondsToNextStep(30_000, 60)).toBe(30);
  expect(msToNextSecond(1250)).toBe(750);
});
