import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { findChromium } from "../support/browser.mjs";

const PORT = 4174;

/** Takes a picture of every screen, light and dark, at 1280 and 360 px, to be looked at; it judges nothing. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.shots.ts",
  workers: 1,
  timeout: 120_000,
  reporter: [["list"]],
  outputDir: "../../test-results/screenshots-run",
  use: {
    baseURL: `http://localhost:${PORT}`,
    launchOptions: findChromium()?.launch ?? {},
  },
  projects: (["light", "dark"] as const).flatMap((colorScheme) =>
    [
      { width: 1280, height: 900 },
      { width: 360, height: 780 },
    ].map((viewport) => ({
      name: `${colorScheme}-${viewport.width}`,
      use: { browserName: "chromium" as const, colorScheme, viewport },
    })),
  ),
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --port ${PORT} --strictPort`,
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
