import { afterEach, expect, it, vi } from "vitest";
import { page, userEvent } from "vitest/browser";
import "../../../src/define.ts";
import type { OathToken } from "../../../src/elements/oath-token.ts";
import { announced, later, mount } from "../../support/elements.ts";
import { makeCredential, ScriptedToken, ScriptedTokenSource } from "../../support/scripted-token-source.ts";

const sources: ScriptedTokenSource[] = [];

afterEach(async () => {
  document.body.replaceChildren();
  for (const source of sources.splice(0))
    await vi.waitFor(() => source.assertFinished(), { timeout: 30_000 });
});

const dialog = () => page.getByRole("dialog");
const press = (name: string) => userEvent.click(page.getByRole("button", { name, exact: true }));
const pressInDialog = (name: string) => userEvent.click(dialog().getByRole("button", { name, exact: true }));
const fill = (label: string, text: string) =>
  userEvent.fill(dialog().getByLabelText(label, { exact: true }), text);

async function show(token: ScriptedToken): Promise<OathToken> {
  const source = new ScriptedTokenSource(token);
  sources.push(source);
  const element = await mount("oath-token", { tokenSource: source, now: () => 1_790_000_015_000 });
  await expect.element(page.getByText("connected.")).toBeInTheDocument();
  return element;
}

async function select(name: RegExp): Promise<void> {
  await userEvent.click(page.getByRole("button", { name }));
}

it("deletes only when that was meant", async () => {
  const token = new ScriptedToken().expect("delete");
  const element = await show(token);
  await select(/AWS/u);
  await press("Delete");
  await expect.element(dialog().getByText("Switch MFA off at the site first")).toBeVisible();
  await pressInDialog("Cancel");
  expect(token.calls).toEqual([]);

  await press("Delete");
  await pressInDialog("Delete");
  await expect.element(page.getByText("There is no account on this token yet.")).toBeVisible();
  expect(announced(element).polite).toBe("Deleted AWS:root.");
});

it("renames, but to no name that is taken", async () => {
  const token = new ScriptedToken([makeCredential(), makeCredential({ account: "other" })]).expect("rename");
  const element = await show(token);
  await select(/root/u);
  await press("Rename");
  await expect.element(dialog().getByLabelText("Issuer")).toHaveValue("AWS");
  await fill("Account", "other");
  await pressInDialog("Rename");
  await expect.poll(() => announced(element).assertive).toContain("Nothing is overwritten");

  await fill("Account", "admin");
  await pressInDialog("Rename");
  await expect.element(page.getByRole("button", { name: /admin/u })).toBeVisible();
  expect(token.calls[0]?.detail).toEqual({ id: "AWS:root", issuer: "AWS", account: "admin" });
});

it("sets a password that was typed twice, and clears it", async () => {
  const token = new ScriptedToken().expect("setPassword").expect("setPassword");
  const element = await show(token);
  expect(page.getByRole("button", { name: "Remove password" }).elements()).toHaveLength(0);
  await press("Set password");
  await pressInDialog("Set password");
  await expect.poll(() => announced(element).assertive).toContain("Enter the token's password.");
  await fill("New password", "battery staple");
  await fill("New password again", "battery");
  await pressInDialog("Set password");
  await expect.poll(() => announced(element).assertive).toContain("differ");
  await fill("New password again", "battery staple");
  await pressInDialog("Set password");
  await expect.poll(() => announced(element).polite).toBe("The token has a new password.");

  await press("Remove password");
  await pressInDialog("Remove password");
  await expect.poll(() => announced(element).polite).toBe("The token has no password any more.");
  expect(token.calls.map(({ detail }) => detail)).toEqual(["battery staple", null]);
});

it("offers only what the token can do", async () => {
  const token = new ScriptedToken();
  token.abilities = { put: false, delete: false, rename: false, password: false, reset: false };
  await show(token);
  await select(/AWS/u);

  const names = page
    .getByRole("button")
    .elements()
    .map((one) => one.textContent?.trim());
  expect(names).toEqual([expect.stringContaining("AWS"), "Copy", "Forget this token"]);
});

it("closes its dialog when the token is taken out", async () => {
  const token = new ScriptedToken();
  const element = await show(token);
  await press("Add credential");

  sources[0]?.unplug(token);

  await expect.element(page.getByText("Token removed.").first()).toBeVisible();
  expect(element.shadowRoot?.querySelector("dialog")?.open).toBe(false);
});

it("deletes nothing that was cancelled before the token's turn came", async () => {
  const token = new ScriptedToken();
  const turn = later<null>();
  token.turn = turn.promise;
  await show(token);
  await select(/AWS/u);
  await press("Delete");
  await pressInDialog("Delete");
  await pressInDialog("Cancel");
  turn.resolve(null);

  await expect.element(page.getByRole("button", { name: /AWS/u })).toBeVisible();
  expect(token.calls).toEqual([]);
  expect(token.credentials).toHaveLength(1);
});

it("asks in the list of codes, too, before it sets a clock that is ahead", async () => {
  const token = new ScriptedToken();
  token.clockIsAhead = true;
  await show(token);
  await expect.element(page.getByText(/clock was left as it is/u).first()).toBeVisible();
  await press("Show code");
  await press("Set its clock");
  await expect.element(page.getByRole("button", { name: "Copy" })).toBeVisible();
});
