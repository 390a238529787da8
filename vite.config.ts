import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { findChromium } from "./tests/support/browser.mjs";

export default defineConfig({
  base: "./",
  worker: { format: "es" },
  build: { outDir: "dist", target: "es2022" },
  server: { host: "localhost" },
  preview: { host: "localhost", port: 4173, strictPort: true },
  optimizeDeps: {
    // A worker's dependencies are found late; named here, or Vite reloads the page in the middle of a test.
    include: [
      "@lit/context",
      "@noble/ciphers/aes.js",
      "@noble/hashes/hmac.js",
      "@noble/hashes/legacy.js",
      "@noble/hashes/sha2.js",
      "@scure/base",
      "axe-core",
      "comlink",
      "fast-check",
      "idb",
      "lit",
      "lit/decorators.js",
      "lit/directives/class-map.js",
      "lit/directives/if-defined.js",
      "lit/directives/live.js",
      "lit/directives/ref.js",
      "lit/directives/repeat.js",
      "otpauth",
      "papaparse",
      "qr",
      "qr/decode.js",
      "saxes",
    ],
  },
  test: {
    // A guard against hanging only: speed is the benchmark's business, and CI machines are shared.
    testTimeout: 30_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "workers/**/*.ts"],
      // Coverage sees nothing inside a Worker: its entry is three lines, its logic is tested directly as well.
      exclude: ["**/*.d.ts", "workers/**/*.worker.ts", "workers/kernel/assembly/**"],
      reporter: ["text", "json-summary"],
    },
    projects: [
      {
        extends: true,
        test: { name: "unit", environment: "node", include: ["tests/unit/**/*.test.ts"] },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: findChromium()?.launch ?? {} }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
