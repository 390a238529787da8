import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import { StatusWordError } from "../../../src/core/bridge-error.ts";
import type { OathToken } from "../../../src/elements/oath-token.ts";
import { announced, later, mount } from "../../support/elements.ts";
import {
  makeCredential,
  scriptedCode,
  ScriptedToken,
  ScriptedTokenSource,
  tokenError,
} from "../../support/scripted-token-source.ts";

/** Fifteen seconds into a time step. */
const NOW = 1_790_000_025_000 - (1_790_000_025_000 % 30_000) + 15_000;
const STEP = Math.floor(NOW / 30_000);
const sources: ScriptedTokenSource[] = [];

afterEach(async () => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const source of sources.splice(0))
    await vi.waitFor(() => source.assertFinished(), { timeout: 30_000 });
});

const button = (name: string) => page.getByRole("button", { name, exact: true });
const press = (name: string) => userEvent.click(button(name));
const grouped = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`;
const useTimers = () =>
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"],
    now: NOW,
  });

async function show(token: ScriptedToken, properties: Partial<OathToken> = {}): Promise<OathToken> {
  const source = new ScriptedTokenSource(token);
  sources.push(source);
  return mount("oath-token", { tokenSource: source, ...properties });
}

function shownCodes(element: OathToken): string[] {
  const codes = element.shadowRoot?.querySelectorAll(".credentials .code:not(.pending)") ?? [];
  return [...codes].map((code) => code.textContent ?? "");
}

it("reads the next codes when their time step begins, each at its own", async () => {
  useTimers();
  const fast = makeCredential();
  const slow = makeCredential({ issuer: "Slow", periodSeconds: 60 });
  const element = await show(new ScriptedToken([fast, slow]));
  const codes = (fastStep: number, slowStep: number) =>
    [scriptedCode(fast, fastStep), scriptedCode(slow, slowStep)].map(grouped);
  const slowStep = Math.floor(NOW / 60_000);
  await expect.poll(() => shownCodes(element)).toEqual(codes(STEP, slowStep));
  expect(page.getByRole("timer").elements()).toHaveLength(2);
  await expect.element(page.getByText("New code every 1 min").first()).toBeVisible();

  vi.advanceTimersByTime(15_000);
  await expect.poll(() => shownCodes(element)).toEqual(codes(STEP + 1, Math.floor((NOW + 15_000) / 60_000)));
});

it("keeps codes out of every attribute", async () => {
  const credential = makeCredential();
  const element = await show(new ScriptedToken([credential]), { now: () => NOW });
  const code = scriptedCode(credential, STEP);
  await expect.poll(() => shownCodes(element)).toEqual([grouped(code)]);

  const attributes = [...(element.shadowRoot?.querySelectorAll("*") ?? [])].flatMap((node) =>
    [...node.attributes].map(({ value }) => value.replaceAll(" ", "")),
  );
  expect(attributes.filter((value) => value.includes(code))).toEqual([]);
});

it("copies a code and says so on its button", async () => {
  const written = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
  const credential = makeCredential();
  const element = await show(new ScriptedToken([credential]), { now: () => NOW });

  await press("Copy");

  expect(written).toHaveBeenCalledWith(scriptedCode(credential, STEP));
  await expect.element(button("Copied")).toHaveAccessibleDescription(/AWS\s+root/u);
  expect(announced(element).polite).toBe("Code copied.");
  await expect.element(button("Copy")).toBeVisible();
});

it("says when it could not copy", async () => {
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("denied"));
  const element = await show(new ScriptedToken(), { now: () => NOW });

  await press("Copy");

  await expect.poll(() => announced(element).assertive).toContain("copy it by hand");
});

it("asks for a touch, shows the code, and hides it with its time step", async () => {
  useTimers();
  const credential = makeCredential({ needsTouch: true });
  const token = new ScriptedToken([credential]);
  const touch = later<null>();
  token.codeAnswers.push(touch.promise);
  const element = await show(token);
  await expect.element(page.getByText("Needs a touch")).toBeVisible();
  expect(shownCodes(element)).toEqual([]);

  await press("Show code");
  await expect.element(page.getByText("Touch the token now").first()).toBeVisible();
  expect(announced(element).assertive).toBe("Touch the token now");
  await expect.element(page.getByText("30 s left")).toBeVisible();
  vi.advanceTimersByTime(2000);
  await expect.element(page.getByText("28 s left")).toBeVisible();
  touch.resolve(null);

  await expect.poll(() => shownCodes(element)).toEqual([grouped(scriptedCode(credential, STEP))]);
  expect(element.shadowRoot?.querySelector(".touch")).toBeNull();
  vi.advanceTimersByTime(13_000);
  await expect.element(button("Show code")).toBeVisible();
});

it("keeps a touched code for a moment when its time step has just ended", async () => {
  useTimers();
  vi.setSystemTime(NOW + 14_000);
  const credential = makeCredential({ needsTouch: true });
  const element = await show(new ScriptedToken([credential]));
  await press("Show code");
  await expect.poll(() => shownCodes(element)).toHaveLength(1);

  vi.advanceTimersByTime(5000);
  await element.updateComplete;
  expect(shownCodes(element)).toEqual([grouped(scriptedCode(credential, STEP))]);
  vi.advanceTimersByTime(5000);
  await expect.poll(() => shownCodes(element)).toEqual([]);
});

it("stops asking for a touch when it is cancelled, without an error", async () => {
  const token = new ScriptedToken([makeCredential({ needsTouch: true })]);
  token.codeAnswers.push(later<null>().promise);
  const element = await show(token, { now: () => NOW });
  await press("Show code");

  await press("Cancel");

  await expect.poll(() => element.shadowRoot?.querySelector(".touch")).toBeNull();
  expect(element.shadowRoot?.querySelector(".credentials .error")).toBeNull();
  await press("Show code");
  await expect.poll(() => shownCodes(element)).toHaveLength(1);
});

it("gives up after 30 seconds without a touch, and can be asked again", async () => {
  useTimers();
  const token = new ScriptedToken([makeCredential({ needsTouch: true })]);
  token.codeAnswers.push(later<null>().promise);
  const element = await show(token);
  await press("Show code");
  await expect.element(page.getByText("30 s left")).toBeVisible();

  vi.advanceTimersByTime(30_000);

  await expect.element(page.getByText("The token was not touched in time.").first()).toBeVisible();
  expect(announced(element).assertive).toContain("not touched in time");
  await press("Show code");
  await expect.poll(() => shownCodes(element)).toHaveLength(1);
});

it("asks for no touch nobody wanted, but offers the code", async () => {
  const token = new ScriptedToken();
  token.asksForTouch = true;
  const element = await show(token, { now: () => NOW });

  await expect.element(button("Show code")).toBeVisible();
  expect(announced(element).assertive).toBe("");
  expect(element.shadowRoot?.querySelector(".touch")).toBeNull();
});

it("counts a token's codes only at a press", async () => {
  const credential = makeCredential({ type: "hotp" });
  const element = await show(new ScriptedToken([credential]), { now: () => NOW });
  await expect.element(page.getByText("New code at each press")).toBeVisible();
  expect(shownCodes(element)).toEqual([]);

  await press("Show code");
  await expect.poll(() => shownCodes(element)).toEqual([grouped(scriptedCode(credential, 1))]);
  await press("Show code");
  await expect.poll(() => shownCodes(element)).toEqual([grouped(scriptedCode(credential, 2))]);
});

it("goes on with the others when the token refuses one", async () => {
  const token = new ScriptedToken([makeCredential({ issuer: "Bad" }), makeCredential({ issuer: "Good" })]);
  token.codeAnswers.push(new StatusWordError("CALCULATE", 0x6a80));
  const element = await show(token, { now: () => NOW });

  await expect.element(page.getByText("The token refused that (status 6a80).").first()).toBeVisible();
  await expect.poll(() => shownCodes(element)).toHaveLength(1);
});

it.each([
  ["timeout", "The token does not answer."],
  ["unplugged", "Token removed."],
  ["locked", "CanoKey ••2C3D is locked"],
] as const)("leads on from %s in the middle of reading", async (code, text) => {
  const token = new ScriptedToken();
  token.codeAnswers.push(tokenError(code));
  await show(token, { now: () => NOW });

  await expect.element(page.getByText(text).first()).toBeVisible();
});

it("fires what is chosen, and its codes to whoever asks", async () => {
  const credential = makeCredential();
  const token = new ScriptedToken([credential, makeCredential({ issuer: "Other" })]);
  const element = await show(token, { now: () => NOW });
  const seen: unknown[] = [];
  document.body.addEventListener("oath-credential", (event) => seen.push(event.credential.id, event.token), {
    once: true,
  });
  document.body.addEventListener("oath-code", (event) => seen.push(event.observed.code), { once: true });
  await expect.poll(() => shownCodes(element)).toHaveLength(2);

  await userEvent.click(page.getByRole("button", { name: /AWS/u }));

  expect(seen).toEqual(["AWS:root", token, scriptedCode(credential, STEP)]);
  await expect.element(page.getByRole("button", { name: /AWS/u })).toHaveAttribute("aria-pressed", "true");
});

it("searches only where there is much to look through", async () => {
  const eight = Array.from({ length: 8 }, (_, index) => makeCredential({ account: `user${index}` }));
  const element = await show(new ScriptedToken(eight), { now: () => NOW });
  await expect.poll(() => shownCodes(element)).toHaveLength(8);
  expect(page.getByLabelText("Search accounts").elements()).toHaveLength(0);
  element.remove();

  const hundred = Array.from({ length: 100 }, (_, index) => makeCredential({ account: `user${index}` }));
  const long = await show(new ScriptedToken(hundred), { now: () => NOW });
  await userEvent.fill(page.getByLabelText("Search accounts"), "USER42");
  await expect.element(page.getByText("1 account", { exact: true })).toBeVisible();
  await expect.poll(() => shownCodes(long)).toHaveLength(1);
  await userEvent.fill(page.getByLabelText("Search accounts"), "nobody");
  await expect.element(page.getByText("No account matches.")).toBeVisible();
});

it("D8 shows a device's text as text, isolated, visible and short", async () => {
  const nasty = makeCredential({
    issuer: "<img src=x onerror=alert(1)>",
    account: `\u202Eevil\n${"x".repeat(200)}`,
  });
  const element = await show(new ScriptedToken([nasty]), { now: () => NOW });
  await expect.poll(() => shownCodes(element)).toHaveLength(1);

  expect(element.shadowRoot?.querySelector("img")).toBeNull();
  const account = element.shadowRoot?.querySelector("bdi.account")?.textContent ?? "";
  expect(account).toContain("[U+202E]evil\u240a");
  expect(account.length).toBeLessThan(80);
});

it("has nothing to do on an empty token but to add to it", async () => {
  await show(new ScriptedToken([]), { now: () => NOW });

  await expect.element(page.getByText("There is no account on this token yet.")).toBeVisible();
  await expect.element(button("Add credential")).toBeVisible();
});
