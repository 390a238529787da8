import { expect, type Page } from "@playwright/test";
import AxeBuilder from "@axe-core/playwright";
import { DEMO_ACCOUNT } from "../../src/console/demo-account.ts";
import { ConsolePage, SERIAL_NUMBER, stepNow, tokenCode } from "./console-page.ts";
import { test } from "./watched-page.ts";

const BENS_TOKEN = "OBDT10000112";

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  }
}

/** The root user with a token, signed out, at the question for its code. */
async function lockOut(app: ConsolePage): Promise<void> {
  await app.open();
  await app.givePassword();
  await app.openCredentials();
  await app.enrol();
  await app.signOut();
  await app.givePassword();
  await expect(app.field("MFA code")).toBeVisible();
}

async function openTrouble(app: ConsolePage, cause: RegExp): Promise<void> {
  await app.button("Trouble with your token?").click();
  await app.view.getByRole("radio", { name: cause }).check();
  await app.button("Next").click();
}

test("root without the token: e-mail, reload, phone, limited session, removal", async ({ page }) => {
  const app = new ConsolePage(page);
  await lockOut(app);
  await openTrouble(app, /do not have it/u);
  await expect(page.getByText("There are none: this console issues no recovery codes.")).toBeVisible();
  await expectAccessible(page);
  await app.button("Use this E-mail and phone").click();
  await app.button("Send the verification e-mail").click();
  await expect(page.getByText(/Possible again in/u)).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await app.button("Verify my e-mail address").click();
  await expect(page.getByText(/Your e-mail address is verified/u)).toBeVisible();
  await app.button("Call me now").click();
  const digits = (await page.getByRole("group", { name: "Digits for the call" }).textContent()) ?? "";
  await page.reload();
  await app.field("Digits typed on the phone").fill(digits === "000000" ? "000001" : "000000");
  await app.button("Send the digits").click();
  await expect(page.getByText(/not the digits on the screen/u)).toBeVisible();
  await expectAccessible(page);
  await app.field("Digits typed on the phone").fill(digits);
  await page.keyboard.press("Enter");
  await app.button("Sign in without the token").click();

  // Nothing else can be reached until the token is dealt with.
  await expect(page.getByText(/nothing else can be reached/u)).toBeVisible();
  await page.goto("/#/vault");
  await expect(page.getByRole("heading", { name: "Security credentials" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Vault" })).toHaveCount(0);
  await expectAccessible(page);
  await page.reload();
  await expect(page.getByText(/nothing else can be reached/u)).toBeVisible();
  await page.getByRole("radio", { name: /office-fob/u }).check();
  await app.confirmRemoval("office-fob");
  await expect(page.getByText(/nothing else can be reached/u)).toHaveCount(0);
  await page.getByRole("link", { name: "Simulated outbox" }).click();
  await expect(page.getByRole("heading", { name: "An MFA device was removed" })).toBeVisible();
  await expect(
    page.getByRole("heading", { name: "Somebody signed in without the MFA device" }),
  ).toBeVisible();
  // Here nothing waits for the link, so there is none to press.
  await expect(app.button("Verify my e-mail address")).toHaveCount(0);
  await expectAccessible(page);
});

test("stolen: out of use at once, refused at sign-in, and in use again by who signed in otherwise", async ({
  page,
}) => {
  const app = new ConsolePage(page);
  await lockOut(app);
  await openTrouble(app, /lost or was stolen/u);
  await expectAccessible(page);
  await app.button("Put it out of use now").click();
  await expect(page.getByText("office-fob is out of use. Its codes are refused.")).toBeVisible();
  // Also after a reload there is no field for its code.
  await page.reload();
  await app.givePassword();
  await expect(page.getByRole("heading", { name: "Other ways in" })).toBeVisible();
  await expect(app.field("MFA code")).toHaveCount(0);
  await app.button("Use this E-mail and phone").click();
  await app.button("Send the verification e-mail").click();
  await app.button("Verify my e-mail address").click();
  await app.button("Call me now").click();
  const digits = (await page.getByRole("group", { name: "Digits for the call" }).textContent()) ?? "";
  await app.field("Digits typed on the phone").fill(digits);
  await app.button("Send the digits").click();
  await app.button("Sign in without the token").click();
  await app.button("Keep it out of use and go on").click();
  await expect(page.getByRole("heading", { name: "Out of use" })).toBeVisible();
  await expectAccessible(page);
  await app.button("Use it again office-fob").click();
  await app.signOut();
  await app.givePassword();
  await app.typeSignInCode(tokenCode(stepNow()));
  await app.expectSignedIn();
});

test("an IAM user signs in by their own token, and asks the administrator when it is broken", async ({
  page,
}) => {
  const app = new ConsolePage(page);
  await app.open();
  await app.button("Fill in for ben").click();
  await app.button("Sign in").click();
  await app.button("Trouble with your token?").click();
  await app.button("Next").click();
  await expect(page.getByText("Choose what is wrong first.")).toBeVisible();
  await page.getByRole("radio", { name: /display is blank/u }).check();
  await app.button("Next").click();
  for (const [look, advice] of [
    ["Nothing at all", /hold it for a second/u],
    ["nobAtt, Lo bat or a battery", /at its end/u],
    ["Err, or parts of digits", /broken/u],
    ["Digits that run or flicker", /testing its display/u],
  ] as const) {
    await page.getByRole("radio", { name: look }).check();
    await expect(page.getByRole("status").filter({ hasText: advice })).toBeVisible();
  }
  await expectAccessible(page);
  await app.button("Other ways in").click();
  await expect(page.getByText("For the root user only.")).toBeVisible();
  await app.button("Use this Your administrator").click();
  await app.button("Send the administrator a message").click();
  await expect(page.getByText("A message was sent.")).toBeVisible();
  await expectAccessible(page);
  await app.button("Back").click();
  await app.button("Use this Nothing of that works").click();
  await expect(page.getByText(/Nobody but an administrator can let you in/u)).toBeVisible();
  await app.button("Back").click();
  await app.button("Back").click();
  await app.button("Back to the code").click();
  await app.typeSignInCode(tokenCode(stepNow(), BENS_TOKEN));
  await expect(page.getByRole("button", { name: `ben @ ${DEMO_ACCOUNT.alias}` })).toBeVisible();
  await expect(page.getByRole("link", { name: "Vault" })).toHaveCount(0);
  await page.getByRole("link", { name: "Simulated outbox" }).click();
  await expect(page.getByRole("heading", { name: "ben asks for help with an MFA token" })).toHaveCount(2);
});

test("resync before sign-in, from the trouble page and from the third refused code on", async ({ page }) => {
  const app = new ConsolePage(page);
  await lockOut(app);
  const hint = page.getByText(/Two codes in a row put that right/u);
  await app.field("MFA code").fill(tokenCode(stepNow() + 200));
  // Between the tries there are waits, in which the button has another name.
  await expect(async () => {
    await app.button("Sign in").click({ timeout: 1_000 });
    await expect(hint).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByText(/check that the time on this computer/u).first()).toBeVisible();
  await openTrouble(app, /codes are refused/u);
  const step = stepNow() + 6;
  await app.typeCodes(tokenCode(step - 1), tokenCode(step));
  await expect(async () => {
    await app.button("Resync").last().click({ timeout: 1_000 });
    await expect(page.getByText("Now: 3 min ahead").first()).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await app.button("Done").click();
  await app.typeSignInCode(tokenCode(step + 1, SERIAL_NUMBER));
  await app.expectSignedIn();
});
