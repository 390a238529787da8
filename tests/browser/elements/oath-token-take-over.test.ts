import { afterEach, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { TokenInOtherTabError } from "../../../src/core/bridge-error.ts";
import "../../../src/define.ts";
import { announced, mount } from "../../support/elements.ts";
import { ScriptedToken, ScriptedTokenSource } from "../../support/scripted-token-source.ts";

const button = (name: string) => page.getByRole("button", { name, exact: true });

afterEach(() => document.body.replaceChildren());

it("D7 offers to take a token over that another tab has, and opens it then", async () => {
  const token = new ScriptedToken();
  token.openError = new TokenInOtherTabError();
  await mount("oath-token", { tokenSource: new ScriptedTokenSource(token) });
  await expect
    .element(page.getByText(/^The token is in use in another tab of this site/u).first())
    .toBeVisible();
  expect(token.sessions).toBe(0);
  await userEvent.click(button("Take over here"));
  await expect.element(page.getByText("AWS")).toBeVisible();
  expect(token.sessions).toBe(1);
});

it("D7 lets a token go that another tab takes over, says so, and can take it back", async () => {
  const token = new ScriptedToken();
  const element = await mount("oath-token", { tokenSource: new ScriptedTokenSource(token) });
  await expect.element(page.getByText("AWS")).toBeVisible();
  token.loseToOtherTab();
  await expect.element(button("Take over here")).toBeVisible();
  expect(token.sessions).toBe(0);
  expect(announced(element).assertive).toContain("in use in another tab");
  await userEvent.click(button("Take over here"));
  await expect.element(page.getByText("AWS")).toBeVisible();
});
