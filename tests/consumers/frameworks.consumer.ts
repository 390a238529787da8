import { expect, test } from "@playwright/test";
import {
  type Builder,
  buildConsumer,
  svelte,
  vite,
  vueElements,
  withEsbuild,
  withRolldown,
  withRollup,
  withWebpack,
} from "./builders.ts";
import { enrol } from "./enrolment.ts";
import { startSite } from "./site.ts";

interface Consumer {
  readonly entry: string;
  readonly build: Builder;
  /** Where the service must run: bundlers that know no workers leave it to the page. */
  readonly runsIn: "worker" | "page";
}

const OWN_MAIN = `<!doctype html><html lang="en"><meta charset="utf-8" /><title>Consumer</title>
<link rel="icon" href="data:," /><main></main><script type="module" src="./main.js"></script></html>`;

const FRAMEWORKS: Readonly<Record<string, Consumer>> = {
  "React 19 with Vite": { entry: "react/main.jsx", build: vite(), runsIn: "worker" },
  "Vue 3 with Vite": { entry: "vue/main.js", build: vite(vueElements()), runsIn: "worker" },
  "Svelte 5 with Vite": { entry: "svelte/main.js", build: vite(svelte()), runsIn: "worker" },
};

const BUNDLERS: Readonly<Record<string, Consumer>> = {
  Vite: { entry: "plain/main.js", build: vite(), runsIn: "worker" },
  webpack: { entry: "plain/main.js", build: withWebpack, runsIn: "worker" },
  Rollup: { entry: "plain/main.js", build: withRollup, runsIn: "page" },
  Rolldown: { entry: "plain/main.js", build: withRolldown, runsIn: "page" },
  esbuild: { entry: "plain/main.js", build: withEsbuild, runsIn: "page" },
};

const consumers = [
  ...Object.entries(FRAMEWORKS).map(([name, one]) => ({ name, page: OWN_MAIN, ...one })),
  ...Object.entries(BUNDLERS).map(([name, one]) => ({ name, page: undefined, ...one })),
];

for (const { name, entry, build, runsIn, page: html } of consumers) {
  test(`${name}: a token is enrolled, by the ${runsIn}`, async ({ page }) => {
    const folder = await buildConsumer(name.replaceAll(" ", "-"), entry, build, html);
    await using site = await startSite({ folder });
    const faults: string[] = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    await page.goto(site.origin);
    await expect(page.locator("body")).toHaveAttribute("data-runs-in", runsIn);
    await enrol(page);
    expect(faults).toEqual([]);
  });
}
