import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { findChromium } from "../support/browser.mjs";
import { EMBEDDER, OTHER_SITE } from "./embedder.ts";

const PORT = 4173;

/** Drives the built console in a real Chromium. `localhost`, for IndexedDB, WebUSB and WebHID need a secure context. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.e2e.ts",
  forbidOnly: Boolean(process.env["CI"]),
  retries: 0,
  workers: 1,
  timeout: 180_000,
  // Guards against hanging only: a shared machine may stop any step for seconds.
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  outputDir: "../../test-results/e2e",
  use: {
    baseURL: `http://localhost:${PORT}`,
    launchOptions: findChromium()?.launch ?? {},
    trace: "retain-on-failure",
  },
  projects: [{ name: "chromium", use: { browserName: "chromium" } }],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${PORT} --strictPort`,
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    env: { OATH_EMBEDDERS: `${EMBEDDER} ${OTHER_SITE}` },
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
