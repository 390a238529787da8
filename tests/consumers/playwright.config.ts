import { defineConfig } from "@playwright/test";
import { findChromium } from "../support/browser.mjs";

/** Pages that embed the packed package, built by others' tools and driven in a real Chromium. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.consumer.ts",
  globalSetup: "./global-setup.ts",
  forbidOnly: Boolean(process.env["CI"]),
  retries: 0,
  workers: 1,
  // Guards against hanging only.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [["list"]],
  outputDir: "../../test-results/consumers",
  use: { launchOptions: findChromium()?.launch ?? {} },
});
