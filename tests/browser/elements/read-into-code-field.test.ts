import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathCode } from "../../../src/elements/oath-code.ts";
import { deepActiveElement, focusedLabel, later, mount } from "../../support/elements.ts";
import {
  makeCredential,
  scriptedCode,
  ScriptedToken,
  ScriptedTokenSource,
  tokenError,
  UNREACHABLE,
} from "../../support/scripted-token-source.ts";

const sources: ScriptedTokenSource[] = [];

afterEach(async () => {
  document.body.replaceChildren();
  for (const source of sources.splice(0)) {
    await vi.waitFor(() => source.assertFinished(), { timeout: 30_000 });
    expect(source.watchers).toBe(0);
  }
});

const button = () => page.getByRole("button", { name: "Read from token", exact: true });
const field = () => page.getByLabelText("MFA code");

function show(source: ScriptedTokenSource | null, properties: Partial<OathCode> = {}): Promise<OathCode> {
  if (source) sources.push(source);
  return mount("oath-code", { label: "MFA code", tokenSource: source, ...properties });
}

function codesNow(credential = makeCredential()): string[] {
  const now = Math.floor(Date.now() / 1000 / credential.periodSeconds);
  return [now, now - 1].map((step) => scriptedCode(credential, step));
}

it("reads a code into a field that stands alone, says where from, and fires it once", async () => {
  const token = new ScriptedToken();
  const element = await show(new ScriptedTokenSource(token));
  const told: (string | undefined)[] = [];
  element.addEventListener("oath-code", (event) => told.push(event.observed.code));

  await userEvent.click(button());

  await expect.element(page.getByText("Read from CanoKey, AWS:root").first()).toBeVisible();
  expect(codesNow()).toContain(element.value);
  expect(told).toEqual([element.value]);
  expect(focusedLabel()).toBe("MFA code");
  expect(token.sessions).toBe(0);
});

it("offers no button where the page wants none or no token can be read", async () => {
  const unreachable = new ScriptedTokenSource();
  unreachable.catalogue = UNREACHABLE;
  await show(unreachable);
  expect(page.getByRole("button").elements()).toHaveLength(0);
  await show(null);
  expect(page.getByRole("button").elements()).toHaveLength(0);
});

it("asks the browser itself where the page names no source", async () => {
  await mount("oath-code", { label: "MFA code" });
  await expect.element(button()).toBeVisible();
  await userEvent.click(button());
  // No token was granted to this page, so the browser's chooser would be next; nothing opens it by itself.
  await expect.element(page.getByRole("button", { name: "Connect USB token" })).toBeVisible();
  await userEvent.click(page.getByRole("button", { name: "Cancel" }));
  await expect.poll(() => deepActiveElement()?.textContent?.trim()).toBe("Read from token");
});

it("asks for the account and the password in its panel", async () => {
  const acme = makeCredential({ issuer: "Acme" });
  const token = new ScriptedToken([makeCredential(), acme]).expect("unlock");
  token.locked = true;
  const element = await show(new ScriptedTokenSource(token));
  await userEvent.click(button());
  await expect.poll(focusedLabel).toBe("Token password");
  await userEvent.fill(page.getByLabelText("Token password"), "battery staple");
  await userEvent.keyboard("{Enter}");
  await userEvent.click(page.getByRole("button", { name: "Acme:root" }));

  await expect.element(page.getByText("Read from CanoKey, Acme:root").first()).toBeVisible();
  expect(codesNow(acme)).toContain(element.value);
});

it("says why nothing was read, and goes back to its button", async () => {
  const token = new ScriptedToken();
  token.codeAnswers.push(tokenError("timeout"));
  const element = await show(new ScriptedTokenSource(token));
  await userEvent.click(button());

  await expect.element(page.getByText(/does not answer/u).first()).toBeVisible();
  await expect.element(button()).toBeVisible();
  expect(element.value).toBe("");
});

it("stops reading when the person types after all", async () => {
  const token = new ScriptedToken([makeCredential({ needsTouch: true })]);
  const touch = later<null>();
  token.codeAnswers.push(touch.promise);
  const element = await show(new ScriptedTokenSource(token));
  await userEvent.click(button());
  await expect.element(page.getByText("Touch the token now").first()).toBeVisible();

  await userEvent.fill(field(), "755224");
  touch.resolve(null);

  await expect.element(page.getByText("30 s left")).not.toBeInTheDocument();
  await expect.poll(() => token.sessions).toBe(0);
  expect(element.value).toBe("755224");
});

it.each(["disabled", "readOnly", "busy"] as const)("reads nothing into a field that is %s", async (state) => {
  const token = new ScriptedToken();
  const element = await show(new ScriptedTokenSource(token), { [state]: true });
  // Playwright would wait for a button that is not aria-disabled.
  (button().element() as HTMLElement).click();
  await element.updateComplete;
  expect(token.opened).toBe(0);
  expect(element.value).toBe("");
});
