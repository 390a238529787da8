import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { PORT } from "./origins.ts";

const VITE = "node node_modules/vite/bin/vite.js";
const CONFIG = "--config tests/hardware/vite.config.ts";

/** Drives a real Chromium whose USB devices are virtual: see ../support/testbed. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.hw.ts",
  globalSetup: "./setup.ts",
  forbidOnly: Boolean(process.env["CI"]),
  // A browser that loses the emulated bus is no verdict on our code; the run says which tests took a second try.
  retries: 1,
  // One machine-wide policy, one bed: the tests run one after the other.
  workers: 1,
  // Guards against hanging only: the machine may be busy.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [["list"]],
  outputDir: "../../test-results/hardware",
  webServer: {
    command: `${VITE} build ${CONFIG} --logLevel warn && ${VITE} preview ${CONFIG} --host 127.0.0.1 --port ${PORT} --strictPort`,
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    url: `http://127.0.0.1:${PORT}/tests/hardware/page/`,
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
