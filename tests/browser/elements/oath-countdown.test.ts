import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { page } from "vitest/browser";
import "../../../src/define.ts";
import type { CountdownTickEvent } from "../../../src/elements/oath-countdown.ts";
import { mount } from "../../support/elements.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"], now: 13_000 });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

it("counts down to the next code, second by second", async () => {
  const element = await mount("oath-countdown");
  expect(page.getByRole("timer").element().textContent.trim()).toBe("Next code in about 17 s");

  vi.advanceTimersByTime(7000);
  await element.updateComplete;

  expect(page.getByRole("timer").element().textContent.trim()).toBe("Next code in about 10 s");
  expect(page.getByRole("timer").element().getAttribute("aria-live")).toBe("off");
});

it("draws again when the period changes", async () => {
  const element = await mount("oath-countdown");

  element.periodSeconds = 60;
  vi.advanceTimersByTime(1000);
  await element.updateComplete;

  expect(page.getByRole("timer").element().textContent.trim()).toBe("Next code in about 46 s");
});

it("tells who shows it when a new code should be there", async () => {
  const element = await mount("oath-countdown");
  const ticks: CountdownTickEvent[] = [];
  element.addEventListener("oath-countdown-tick", (event) => ticks.push(event as CountdownTickEvent));

  vi.advanceTimersByTime(18_000);

  expect(ticks).toHaveLength(18);
  expect(ticks.filter(({ isNewCode }) => isNewCode).map(({ secondsLeft }) => secondsLeft)).toEqual([30]);
});

it("stops when it is taken off the page, and is right when it comes back", async () => {
  const element = await mount("oath-countdown");
  element.remove();
  expect(vi.getTimerCount()).toBe(0);

  vi.setSystemTime(45_000);
  document.body.append(element);
  await element.updateComplete;

  expect(page.getByRole("timer").element().textContent.trim()).toBe("Next code in about 15 s");
});

it("C2 is right at once when the page is looked at again", async () => {
  const element = await mount("oath-countdown");

  vi.setSystemTime(29_000);
  document.dispatchEvent(new Event("visibilitychange"));
  await element.updateComplete;

  expect(page.getByRole("timer").element().textContent.trim()).toBe("Next code in about 1 s");
});
