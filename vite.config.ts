import { playwright } from "@vitest/browser-playwright";
import type { Connect, Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { developmentPolicy, headersFor, PAGE_POLICY } from "./src/console/page-policy.ts";
import { findChromium } from "./tests/support/browser.mjs";

/** Origins that may frame the console where it is previewed, separated by spaces. */
const EMBEDDERS = process.env["OATH_EMBEDDERS"]?.split(" ") ?? [];

const setHeaders: Connect.NextHandleFunction = ({ url = "/" }, response, next) => {
  const headers = headersFor(new URL(url, "http://localhost").pathname, EMBEDDERS);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  next();
};

/** Serves the console as it is to be hosted: page and workers each with their own policy. */
function pagePolicy(): Plugin {
  let isBuild = false;
  return {
    name: "page-policy",
    // Vitest sends its own pages through `transformIndexHtml` as well: with the policy no browser test would start.
    apply: () => process.env["VITEST"] === undefined,
    configResolved: ({ command }) => {
      isBuild = command === "build";
    },
    configurePreviewServer: ({ middlewares }) => void middlewares.use(setHeaders),
    // For hosts that set no headers. Only the console: Vitest's pages go through here as well.
    transformIndexHtml: (_html, { path }) =>
      path === "/index.html"
        ? [
            {
              tag: "meta",
              attrs: {
                "http-equiv": "Content-Security-Policy",
                content: isBuild ? PAGE_POLICY : developmentPolicy(),
              },
              injectTo: "head-prepend",
            },
          ]
        : [],
  };
}

export default defineConfig({
  base: "./",
  plugins: [pagePolicy()],
  worker: { format: "es" },
  build: { outDir: "dist", target: "es2022" },
  server: { host: "localhost" },
  preview: {
    host: "localhost",
    port: 4173,
    strictPort: true,
    // Module scripts are asked for with CORS. In a sandboxed frame without an origin the page could not even say what is missing.
    cors: { origin: "*" },
  },
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
      "hash-wasm",
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
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    // How long tests run that may run long; those in a browser cannot ask the environment themselves.
    env: Object.fromEntries(
      ["FUZZ_RUNS", "RESTORED_SEEDS"].flatMap((name) => {
        const asked = process.env[name];
        return asked ? [[name, asked]] : [];
      }),
    ),
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
