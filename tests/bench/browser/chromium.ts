import type { AddressInfo } from "node:net";
import { chromium } from "playwright-core";
import { preview } from "vite";
import { findChromium } from "../../support/browser.mjs";
import type { ContestResult } from "../contest.ts";
import type { NativeBuild } from "../native/sha-ni.ts";
import { isWanted, type Plan } from "../scenario.ts";
import type { Latencies } from "./latency.ts";
import type { IdentifyMemory } from "./memory.ts";
import type { BenchPage } from "./page.ts";
import type { StartUp } from "./start-up.worker.ts";

/** Everything measured in the browser. A part not asked for is absent. */
export interface ChromiumResult {
  readonly version: string;
  readonly contests: readonly ContestResult[];
  readonly startUps?: readonly StartUp[];
  readonly latencies?: Latencies;
  readonly memory?: IdentifyMemory;
}

/** How much of what to do beside the scenario. */
export interface ChromiumPlan extends Plan {
  readonly startUps: number;
  readonly calls: number;
  readonly memorySeeds: number;
}

/** Isolated from other origins: only then Chromium's clock is fine enough and its memory may be measured. */
const ISOLATED = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Collects garbage for a measurement of memory at once, not when convenient. */
const LAUNCH_ARGS = ["--enable-blink-features=ForceEagerMeasureMemory"];

/** Runs the built page (`site`) in a headless Chromium: the scenario in its worker, then what only a page can tell. */
export async function runInChromium(
  site: string,
  plan: ChromiumPlan,
  native: NativeBuild,
  progress: (text: string) => void,
): Promise<ChromiumResult> {
  const found = findChromium();
  if (!found)
    throw new Error("No Chromium found. Run `node tests/support/browser.mjs`, or set CHROMIUM_PATH.");
  const server = await preview({
    configFile: false,
    logLevel: "warn",
    root: site,
    build: { outDir: site },
    preview: { host: "localhost", port: 0, headers: ISOLATED },
  });
  const { port } = server.httpServer.address() as AddressInfo;
  const browser = await chromium.launch({ ...found.launch, headless: true, args: LAUNCH_ARGS });
  /** Each in a process of its own: a process remembers the WebAssembly it has compiled. */
  const inFreshPage = async <T>(work: (page: Awaited<ReturnType<typeof browser.newPage>>) => Promise<T>) => {
    const context = await browser.newContext();
    try {
      const page = await context.newPage();
      const broken = new Promise<never>((_, reject) => {
        page.once("pageerror", reject);
        page.once("crash", () => reject(new Error("the page crashed")));
      });
      await page.exposeFunction("benchProgress", progress);
      if (native.available) await page.exposeFunction("benchNative", native.loop);
      await page.goto(`http://localhost:${port}/`);
      await page.waitForFunction(() => "oathBench" in window);
      return await Promise.race([work(page), broken]);
    } finally {
      await context.close();
    }
  };
  const bench = <K extends keyof BenchPage>(name: K, ...args: Parameters<BenchPage[K]>) =>
    inFreshPage((page) =>
      page.evaluate(
        ([method, given]) => (window.oathBench[method as K] as (...all: unknown[]) => unknown)(...given),
        [name as string, args as unknown[]] as const,
      ),
    ) as Promise<Awaited<ReturnType<BenchPage[K]>>>;

  try {
    const contests = await bench("scenario", plan, native.available);
    const extras: { -readonly [K in keyof ChromiumResult]?: ChromiumResult[K] } = {};
    if (isWanted(plan.only, "start-up")) {
      progress("chromium: start-up");
      const startUps: StartUp[] = [];
      for (let index = 0; index < plan.startUps; index += 1) startUps.push(await bench("startUp"));
      extras.startUps = startUps;
    }
    if (isWanted(plan.only, "latency")) {
      progress("chromium: latency");
      extras.latencies = await bench("latencies", plan.calls);
    }
    if (isWanted(plan.only, "memory")) {
      progress("chromium: memory");
      extras.memory = await bench("identifyMemory", plan.memorySeeds);
    }
    return { version: browser.version(), contests, ...extras };
  } finally {
    await browser.close();
    await server.close();
  }
}
