import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathToken } from "../../../src/elements/oath-token.ts";
import { announced, deepActiveElement, focusedLabel, later, mount } from "../../support/elements.ts";
import {
  makeCredential,
  scriptedCode,
  ScriptedToken,
  ScriptedTokenSource,
  tokenError,
  UNREACHABLE,
} from "../../support/scripted-token-source.ts";

const NOW = 1_790_000_015_000;
const STEP = Math.floor(NOW / 30_000);
const sources: ScriptedTokenSource[] = [];

afterEach(async () => {
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const source of sources.splice(0)) {
    await vi.waitFor(() => source.assertFinished(), { timeout: 30_000 });
    expect(source.watchers).toBe(0);
  }
});

const button = (name: string) => page.getByRole("button", { name, exact: true });
const press = (name: string) => userEvent.click(button(name));
const grouped = (code: string) => `${code.slice(0, 3)} ${code.slice(3)}`;

async function show(source: ScriptedTokenSource, properties: Partial<OathToken> = {}): Promise<OathToken> {
  sources.push(source);
  return mount("oath-token", { tokenSource: source, now: () => NOW, ...properties });
}

it("asks the browser itself where the page names no source", async () => {
  await mount("oath-token");

  await expect.element(page.getByRole("button", { name: "Connect USB token" })).toBeVisible();
});

it("says that the page cannot read tokens where it is given none", async () => {
  await mount("oath-token", { tokenSource: null });

  await expect.element(page.getByText("This page has no way to read tokens.")).toBeVisible();
  expect(page.getByRole("button").elements()).toHaveLength(0);
});

it("D11 has no dead button in a browser that reaches no token, and says what to do", async () => {
  const source = new ScriptedTokenSource();
  source.catalogue = UNREACHABLE;
  await show(source);

  await expect.element(page.getByText("This browser cannot read USB tokens", { exact: true })).toBeVisible();
  await expect.element(page.getByText("Use Chrome or Edge on a computer. Typing").first()).toBeVisible();
  expect(page.getByRole("button").elements()).toHaveLength(0);
  await expect.element(page.getByText("Thales OTP 110")).toBeVisible();
});

it.each([
  ["Connect USB token", "webusb", "For CanoKey"],
  ["Connect Nitrokey", "webhid", "For Nitrokey Pro"],
])("connects through the chooser of %s", async (name, api, description) => {
  const token = new ScriptedToken();
  const source = new ScriptedTokenSource().expectRequest(token);
  const element = await show(source);

  await expect.element(button(name)).toHaveAccessibleDescription(description);
  await press(name);

  await expect.element(page.getByText(grouped(scriptedCode(makeCredential(), STEP)))).toBeVisible();
  expect(source.requests).toEqual([{ api }]);
  expect(announced(element).polite).toBe("CanoKey ••2C3D connected.");
  expect(deepActiveElement()?.textContent).toContain("root");
  element.remove();
  await vi.waitFor(() => token.assertFinished(), { timeout: 30_000 });
});

it("D12 stays as it was when the chooser is dismissed", async () => {
  const chooser = later<null>();
  const element = await show(new ScriptedTokenSource().expectRequest(chooser.promise));
  await press("Connect USB token");
  await expect.element(page.getByText("Pick your token in the browser's window.").first()).toBeVisible();
  chooser.resolve(null);

  await expect.poll(() => element.shadowRoot?.querySelector(".progress")).toBeNull();
  expect(deepActiveElement()?.textContent?.trim()).toBe("Connect USB token");
  expect(announced(element).assertive).toBe("");
  expect(element.shadowRoot?.querySelector(".alert")).toBeNull();
});

it("opens the token the page was given before, without taking the focus", async () => {
  await show(new ScriptedTokenSource(new ScriptedToken()));

  await expect.element(page.getByText("AWS")).toBeVisible();
  expect(document.activeElement).toBe(document.body);
});

it("asks which one when several were given", async () => {
  const one = new ScriptedToken([makeCredential({ issuer: "One" })]);
  const two = new ScriptedToken([makeCredential({ issuer: "Two" })], { serialNumber: "77778888" });
  await show(new ScriptedTokenSource(one, two));

  await press("CanoKey ••8888");

  await expect.element(page.getByText("Two")).toBeVisible();
  expect(one.opened).toBe(0);
});

it("unlocks, after a wrong password, with the right one", async () => {
  const token = new ScriptedToken();
  token.locked = true;
  token.expect("unlock", tokenError("wrong-password")).expect("unlock");
  const element = await show(new ScriptedTokenSource(token));
  const field = page.getByLabelText("Token password");

  await userEvent.fill(field, "wrong horse");
  await press("Unlock");
  await expect.element(field).toHaveAccessibleDescription(/did not open the token/u);
  await expect.poll(focusedLabel).toBe("Token password");
  await expect.element(field).toHaveValue("");
  expect(announced(element).assertive).toContain("did not open the token");

  await userEvent.fill(field, "battery staple");
  await userEvent.keyboard("{Enter}");
  await expect.element(page.getByText("AWS")).toBeVisible();
  expect(token.calls.map(({ detail }) => detail)).toEqual(["wrong horse", "battery staple"]);
  expect(element.shadowRoot?.innerHTML).not.toContain("battery");
});

it("sends no empty password, which could cost a try", async () => {
  const token = new ScriptedToken();
  token.locked = true;
  await show(new ScriptedTokenSource(token));

  await press("Unlock");

  expect(focusedLabel()).toBe("Token password");
  expect(token.calls).toEqual([]);
});

it.each([
  ["device-in-use", "Another tab or program is using the token."],
  ["not-granted", "The browser was not allowed to open the token."],
  ["timeout", "The token does not answer."],
  ["no-oath-applet", "This token has no part for codes"],
  ["malformed-answer", "The token answered in a way we do not know."],
] as const)("says what to do about %s, and tries again", async (code, text) => {
  const token = new ScriptedToken();
  token.openError = tokenError(code);
  const element = await show(new ScriptedTokenSource(token));

  await expect.element(page.getByText(text).first()).toBeVisible();
  expect(announced(element).assertive).toContain(text);
  expect(element.shadowRoot?.textContent).not.toContain("internal detail");
  token.openError = null;
  await press("Try again");
  await expect.element(page.getByText("AWS")).toBeVisible();
});

it("shows none of the detail of an unforeseen error", async () => {
  const source = new ScriptedTokenSource();
  source.grantedError = new Error("internal detail");
  const element = await show(source);

  await expect.element(page.getByText("Something went wrong with the token.").first()).toBeVisible();
  expect(element.shadowRoot?.textContent).not.toContain("internal detail");
});

it("keeps the place while the token is away, and comes back with it", async () => {
  const many = Array.from({ length: 9 }, (_, index) => makeCredential({ account: `user${index}` }));
  const token = new ScriptedToken(many);
  const source = new ScriptedTokenSource(token);
  const element = await show(source);
  await userEvent.fill(page.getByLabelText("Search accounts"), "user7");
  await expect.element(button("Copy")).toBeVisible();

  source.unplug(new ScriptedToken());
  await expect.element(page.getByText("Token removed. Plug it in again").first()).toBeVisible();
  expect(announced(element).polite).toContain("Token removed.");
  await expect.element(page.getByText("user7")).toBeVisible();
  expect(element.shadowRoot?.querySelector(".credentials")?.hasAttribute("inert")).toBe(true);
  expect(element.shadowRoot?.querySelector(".code:not(.pending)")).toBeNull();
  expect(token.sessions).toBe(0);

  source.plug(new ScriptedToken(many));
  await expect.element(page.getByLabelText("Search accounts")).toHaveValue("user7");
  await expect.element(button("Copy")).toBeVisible();
});

it("D10 asks before it uses another token instead", async () => {
  const token = new ScriptedToken();
  const source = new ScriptedTokenSource(token);
  await show(source);
  await expect.element(page.getByText("AWS")).toBeVisible();
  source.unplug(token);
  const other = new ScriptedToken([makeCredential({ issuer: "Other" })], { serialNumber: "99990000" });
  source.plug(other);

  await expect.element(page.getByText("This is another token: CanoKey ••0000.")).toBeVisible();
  expect(other.opened).toBe(0);
  await press("Use it instead");
  await expect.element(page.getByText("Other", { exact: true })).toBeVisible();
});

it("D6 D13 forgets the token, with its session closed first", async () => {
  const token = new ScriptedToken();
  const element = await show(new ScriptedTokenSource(token));

  await press("Forget this token");

  await expect.element(button("Connect USB token")).toBeVisible();
  expect(token.forgotten).toBe(true);
  expect(announced(element).polite).toContain("The token is forgotten.");
});

it("D13 closes its session when it leaves the page or the page is left", async () => {
  const token = new ScriptedToken();
  const element = await show(new ScriptedTokenSource(token));
  await expect.poll(() => token.sessions).toBe(1);

  window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
  await expect.poll(() => token.sessions).toBe(0);
  window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  await expect.poll(() => token.sessions).toBe(1);

  const main = element.parentElement;
  element.remove();
  await expect.poll(() => token.sessions).toBe(0);
  main?.append(element);
  await expect.poll(() => token.sessions).toBe(1);
});

it("D7 gives the token up to another element of the page, and takes it back", async () => {
  const token = new ScriptedToken();
  const source = new ScriptedTokenSource(token);
  const first = await show(source);
  await expect.poll(() => token.sessions).toBe(1);
  const second = document.createElement("oath-token");
  second.tokenSource = source;
  first.after(second);

  await expect.element(page.getByText("Another part of this page is using the token.")).toBeVisible();
  await expect.poll(() => second.shadowRoot?.querySelector(".code")).toBeTruthy();
  second.remove();
  await expect.poll(() => first.shadowRoot?.querySelector(".chip")).toBeTruthy();
  expect(token.sessions).toBe(1);
});

it("draws again when its texts or its source change", async () => {
  const element = await show(new ScriptedTokenSource());
  element.messages = { token: { connectUsb: "USB-Token verbinden" } };
  await element.updateComplete;
  await expect.element(button("USB-Token verbinden")).toBeVisible();
  await expect.element(button("Connect Nitrokey")).toBeVisible();

  const other = new ScriptedTokenSource(new ScriptedToken());
  sources.push(other);
  element.tokenSource = other;
  await expect.element(page.getByText("AWS")).toBeVisible();
});
