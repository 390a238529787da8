import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";
import { PORT } from "./browser.ts";

const VITE = "node node_modules/vite/bin/vite.js";
const CONFIG = "--config tests/crash/vite.config.ts";

/** Tests that need a browser of their own: two tabs at the same moment, and a browser that is killed. */
export default defineConfig({
  testDir: ".",
  testMatch: "**/*.crash.ts",
  forbidOnly: Boolean(process.env["CI"]),
  retries: 0,
  workers: 1,
  // Guards against hanging only: dozens of browsers are started, on a machine that may be busy.
  timeout: 600_000,
  reporter: [["list"]],
  outputDir: "../../test-results/crash",
  webServer: {
    command: `${VITE} build ${CONFIG} --logLevel warn && ${VITE} preview ${CONFIG} --host 127.0.0.1 --port ${PORT} --strictPort`,
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    url: `http://127.0.0.1:${PORT}/tests/crash/page/`,
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
