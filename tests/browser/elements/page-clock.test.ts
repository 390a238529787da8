import type { LitElement } from "lit";
import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import { measureServerOffset } from "../../../src/console/server-clock.ts";
import type { ClockOffset } from "../../../src/core/clock-offset.ts";
import "../../../src/define.ts";
import { type MeasureOffset, PageClock, usePageClock } from "../../../src/elements/page-clock.ts";
import { announced, mount } from "../../support/elements.ts";
import { ScriptedToken, ScriptedTokenSource } from "../../support/scripted-token-source.ts";

const offset = (offsetMs: number): ClockOffset => ({ offsetMs, uncertaintyMs: 1_000 });

afterEach(() => {
  usePageClock(null);
  document.body.replaceChildren();
});

/** The page's clock is known to be that far off. */
async function beOff(offsetMs: number): Promise<void> {
  const clock = new PageClock(() => Promise.resolve(offset(offsetMs)));
  usePageClock(clock);
  await clock.refresh();
}

async function read(token: ScriptedToken) {
  const element = await mount("oath-code", { tokenSource: new ScriptedTokenSource(token) });
  await userEvent.click(page.getByRole("button", { name: "Read from token" }));
  return element;
}

it.each([
  [0, "right"],
  [5_900, "right"],
  [6_100, "off"],
  [-30_900, "off"],
  [-31_100, "wrong"],
])("C5 judges an offset of %i ms: %s", async (offsetMs, verdict) => {
  const clock = new PageClock(() => Promise.resolve(offset(offsetMs)));
  expect(clock.verdict).toBe("unknown");
  await clock.refresh();
  expect(clock.verdict).toBe(verdict);
  clock.stop();
});

it("C5 reads no code by a clock that is more than half a minute off, and says which way", async () => {
  await beOff(-95_000);
  const token = new ScriptedToken();
  const element = await read(token);
  await expect
    .element(page.getByText(/clock is about 1 min 35 s ahead, so the token/u).first())
    .toBeVisible();
  const panel = element.shadowRoot?.querySelector("oath-reading-panel") as LitElement;
  expect(announced(panel).assertive).toContain("Set it right");
  expect(token.opened).toBe(0);
});

it("C5 reads by one that is a few seconds off, and warns", async () => {
  await beOff(12_000);
  const token = new ScriptedToken();
  await read(token);
  await expect.element(page.getByText(/clock is about 12 s behind/u).first()).toBeVisible();
  expect(token.opened).toBe(1);
});

it("C2 measures again when the wall clock was set, and knows nothing until then", async () => {
  const at = { wall: Date.now(), steady: 0 };
  const answers = [offset(0), null];
  const measure = vi.fn<MeasureOffset>(() => Promise.resolve(answers.shift() ?? null));
  const clock = new PageClock(measure, { wallMs: () => at.wall, steadyMs: () => at.steady });
  usePageClock(clock);
  await expect.poll(() => clock.verdict).toBe("right");
  at.wall += 3_600_000;
  document.dispatchEvent(new Event("visibilitychange"));
  expect(clock.verdict).toBe("unknown");
  expect(measure).toHaveBeenCalledTimes(2);
});

it("C1 asks the server the page came from, by the head of the page alone", async () => {
  const asked = vi.spyOn(globalThis, "fetch");
  const measured = await measureServerOffset();
  expect(asked).toHaveBeenCalledExactlyOnceWith(
    location.pathname,
    expect.objectContaining({ method: "HEAD" }),
  );
  // The server is on this machine: its clock is ours.
  expect(Math.abs(measured?.offsetMs ?? Number.NaN)).toBeLessThanOrEqual(measured?.uncertaintyMs ?? 0);
  asked.mockRestore();
});
