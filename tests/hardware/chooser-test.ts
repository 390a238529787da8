import { type Browser, chromium, type Page } from "@playwright/test";
import { Display } from "../support/testbed/display.ts";
import { CHROMIUM, missingForDisplay } from "../support/testbed/packages.ts";
import { Chooser } from "./chooser.ts";
import { OTHER_ORIGIN, PAGE } from "./origins.ts";
import { expect, expectDevices, test as base } from "./token-test.ts";

const missing = missingForDisplay();

interface WorkerFixtures {
  readonly display: Display;
  readonly browser: Browser;
}

interface TestFixtures {
  readonly needsDisplay: void;
  /** Of the test's page. */
  readonly chooser: Chooser;
}

/** The test of virtual tokens, with a Chromium that shows its windows: headless, nobody can answer a chooser. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  needsDisplay: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use, testInfo) => {
      testInfo.skip(missing !== null, missing ?? "");
      await use();
    },
    { auto: true },
  ],

  display: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
    async ({}, use) => {
      const display = await Display.start();
      await use(display);
      await display.close();
    },
    { scope: "worker" },
  ],

  browser: [
    async ({ bed, display }, use) => {
      const env = { ...(process.env as Record<string, string>), ...bed.env, ...display.env };
      const browser = await chromium.launch({ executablePath: CHROMIUM, headless: false, env });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],

  chooser: async ({ page, display }, use) => {
    await use(new Chooser(page, display));
  },
});

/**
 * Waits until the browser knows the token just plugged in, which the origin with the grant can see, then leads the page to the
 * origin without: there only the chooser gives it.
 */
export async function leaveGrant(page: Page, api: "usb" | "hid"): Promise<void> {
  await expectDevices(page, api, 1);
  await page.goto(`${OTHER_ORIGIN}${PAGE}`);
  await page.waitForFunction(() => "hardware" in window);
  await expectDevices(page, api, 0);
}

export { expect };
