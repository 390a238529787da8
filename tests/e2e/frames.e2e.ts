import { expect } from "@playwright/test";
import { ConsolePage, SERIAL_NUMBER, stepNow, tokenCode } from "./console-page.ts";
import { embed, EMBEDDER, OTHER_SITE, startSites, STRANGER } from "./embedder.ts";
import { framedTest as test } from "./watched-page.ts";

const SANDBOX = `sandbox="allow-scripts allow-forms allow-same-origin"`;

let stopSites: () => Promise<void>;
test.beforeAll(async () => {
  stopSites = await startSites();
});
test.afterAll(() => stopSites());

test("D11 in another origin's sandboxed frame that passes on USB, the console works whole", async ({
  page,
}) => {
  const view = await embed(page, `${SANDBOX} allow="hid; usb"`);
  const app = new ConsolePage(page, view);
  await app.givePassword();
  await app.openCredentials();
  await app.enrol();
  await app.signOut();
  await app.givePassword();
  await app.typeSignInCode(tokenCode(stepNow()));
  await app.expectSignedIn();
  await view.getByRole("link", { name: "USB tokens" }).first().click();
  await expect(
    app
      .button("Connect a USB token")
      .or(view.getByRole("button", { name: /^Connect/u }))
      .first(),
  ).toBeVisible();
  await expect(view.getByRole("alert").filter({ hasText: /cannot read/u })).toHaveCount(0);
});

test("D15 in another origin's frame it says that the site around it gets the token as well, and nowhere else", async ({
  page,
}) => {
  const notice = /The browser gives the token to that site as well/u;
  const view = await embed(page, `${SANDBOX} allow="hid; usb"`);
  const framed = new ConsolePage(page, view);
  await framed.givePassword();
  await view.getByRole("link", { name: "USB tokens" }).first().click();
  await expect(view.getByText(notice)).toBeVisible();
  // The frame's person is signed in here as well: it is the same tab and origin.
  await page.goto("/#/usb-tokens");
  await expect(page.getByRole("button", { name: /^Connect/u }).first()).toBeVisible();
  await expect(page.getByText(notice)).toHaveCount(0);
});

test("D11 in a frame that passes no USB on, it says so, every button answers, and typing works", async ({
  page,
}) => {
  const view = await embed(page, SANDBOX);
  const app = new ConsolePage(page, view);
  await app.givePassword();
  await view.getByRole("link", { name: "USB tokens" }).first().click();
  await view.locator("oath-token summary").click();
  await expect(view.getByText(/The site around this page keeps USB tokens from it/u).first()).toBeVisible();
  // The one chooser left is for the demo's virtual tokens: with none plugged in it says why there is nothing to choose.
  await view.getByRole("button", { name: /^Connect/u }).click();
  await expect(view.getByRole("alert").filter({ hasText: /cannot read USB tokens here/u })).toBeVisible();
  await app.openCredentials();
  await app.beginWizard("office-fob", SERIAL_NUMBER);
  await app.typeCodes(tokenCode(stepNow() - 1), tokenCode(stepNow()));
  await app.button("Add MFA").click();
  await expect(view.getByRole("heading", { name: "Token added" })).toBeVisible();
});

test("D11 in a frame without an origin it says what is missing, and has no button at all", async ({
  page,
}) => {
  const view = await embed(page, `sandbox="allow-scripts" allow="hid; usb"`);
  await expect(view.getByRole("alert")).toContainText("no origin of its own");
  await expect(view.getByRole("alert")).toContainText("allow-same-origin");
  await expect(view.getByRole("button")).toHaveCount(0);
});

test("D11 in a frame without forms it says what is missing, and has no button at all", async ({ page }) => {
  const view = await embed(page, `sandbox="allow-scripts allow-same-origin"`);
  await expect(view.getByRole("alert")).toContainText("allow-forms");
  await expect(view.getByRole("button")).toHaveCount(0);
});

test("D11 in a frame without scripts the page itself says so", async ({ page }) => {
  const view = await embed(page, `sandbox="allow-same-origin"`);
  await expect(view.getByText(/Allow it for this page/u)).toBeVisible();
});

test("P5 a site that is not on the list cannot frame the console", async ({ page }) => {
  const answers: string[] = [];
  page.on("console", (message) => answers.push(message.text()));
  const view = await embed(page, SANDBOX, STRANGER);
  await expect.poll(() => answers.some((text) => text.includes("frame-ancestors"))).toBe(true);
  await expect(view.getByLabel("Root user email address")).toHaveCount(0);
});

test("P5 Remove takes no press in its first half second, every time its question is opened", async ({
  page,
}) => {
  const app = new ConsolePage(page);
  await app.open();
  await app.givePassword();
  await app.openCredentials();
  await app.enrol();
  await app.button("Done").click();
  await page.getByRole("radio", { name: /office-fob/u }).check();
  const states: string[][] = [];
  await page.exposeFunction("tellStates", (one: string[]) => void states.push(one));
  // Its own animation says when it takes presses, so that the test need not be fast.
  await page.locator("oath-devices").evaluate((section) => {
    section.shadowRoot?.addEventListener("animationstart", ({ target }) => {
      const button = target as HTMLElement;
      const [animation] = button.getAnimations();
      if (!animation) return;
      const seen = [0, 250, 499, 501].map((at) => {
        animation.currentTime = at;
        return getComputedStyle(button).pointerEvents;
      });
      void (window as unknown as { tellStates(seen: string[]): Promise<void> }).tellStates([
        button.className,
        ...seen,
      ]);
    });
  });
  const remove = page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true });
  for (const times of [1, 2]) {
    await app.button("Remove").click();
    await expect.poll(() => states.length).toBe(times);
    await page.keyboard.press("Escape");
    await expect(remove).toBeHidden();
  }
  const inert = ["danger", "none", "none", "none", "auto"];
  expect(states).toEqual([inert, inert]);
  await app.button("Remove").click();
  await remove.click();
  await expect(page.getByRole("row", { name: /office-fob/u })).toHaveCount(0);
});

test("D11 in another site's frame without storage it says so", async ({ page }) => {
  // Playwright's contexts are like private windows: they block storage in frames of other sites.
  const view = await embed(page, SANDBOX, OTHER_SITE);
  await expect(view.getByRole("alert")).toContainText("in its own tab");
});

test("D11 the list of who may embed the console is the server's", async ({ request }) => {
  const response = await request.get("/");
  expect(response.headers()["content-security-policy"]).toContain(
    `frame-ancestors 'self' ${EMBEDDER} ${OTHER_SITE}`,
  );
  expect(response.headers()["permissions-policy"]).toBe("hid=(self), usb=(self)");
});
