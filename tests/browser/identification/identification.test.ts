import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createOtpEngine } from "../../../src/otp/index.ts";
import { countWorkers } from "./counted-workers.ts";
import { codesUpTo, randomInventory } from "./random-inventory.ts";
import type { SearchAnswer } from "./searching.ts";

const T = 59_000_000;
const atMs = T * 30_000 + 5000;
const WINDOW = { backSteps: 10, aheadSteps: 10 };
const seeds = randomInventory(100_000);

describe("identification in workers", () => {
  it("finds one token among 100 000, the same with none, one and several workers", async ({ annotate }) => {
    const started = countWorkers();
    const codes = codesUpTo(seeds[76_543], T - 7, 2);
    const longTasks = watchLongTasks();
    const expectedWorkers = [0, 1, 4];
    for (const identificationWorkers of [0, 1, 3]) {
      const engine = await createOtpEngine({ identificationWorkers });
      const found = await engine.identify(seeds, codes, { atMs, window: WINDOW });
      expect(found[0]).toMatchObject({ serialNumber: "N76543", movingFactor: T - 7, driftSteps: -7 });
      // A false match among 2.1 million pairs is one in half a million: rare, not impossible.
      expect(found.filter(({ serialNumber }) => serialNumber === "N76543")).toHaveLength(1);
      expect(started()).toBe(expectedWorkers.shift());
      engine.forget(seeds);
    }
    // Told, not judged: on a shared machine any check of time fails some day.
    await annotate(`long tasks of the page in ms, while it identified: ${longTasks()}`);
  });

  it("answers the same for one code, whose fits are many", async () => {
    const codes = codesUpTo(seeds[5], T + 3, 1);
    const answers = [];
    for (const identificationWorkers of [0, 1, 3]) {
      const engine = await createOtpEngine({ identificationWorkers });
      answers.push(await engine.identify(seeds, codes, { atMs, window: WINDOW }));
      engine.forget(seeds);
    }
    expect(answers[0]?.map(({ serialNumber }) => serialNumber)).toContain("N5");
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it("uses as many workers as there are processors for a large inventory, and none for a small one", async () => {
    const started = countWorkers();
    const engine = await createOtpEngine();
    await engine.identify(seeds.slice(0, 1000), ["123456"], { atMs, window: WINDOW });
    expect(started()).toBe(0);
    await engine.identify(seeds, ["123456"], { atMs, window: WINDOW });
    const processors = Math.min(navigator.hardwareConcurrency, 4);
    expect(started()).toBe(processors > 1 ? processors : 0);
    engine.forget(seeds);
  });

  it("stops when it is cancelled, and finds the next time", async () => {
    const engine = await createOtpEngine({ identificationWorkers: 2 });
    const controller = new AbortController();
    const told: number[] = [];
    const searching = engine.identify(seeds, ["123456"], {
      atMs,
      window: { backSteps: 0, aheadSteps: 1_000_000 },
      signal: controller.signal,
      onProgress: (done) => told.push(done),
    });
    await vi.waitFor(() => expect(told.at(-1)).toBeGreaterThan(100_000 * 10), { timeout: 20_000 });
    controller.abort();
    await expect(searching).rejects.toMatchObject({ name: "AbortError" });
    const toldThen = told.length;
    const codes = codesUpTo(seeds[1], T, 2);
    // The workers have turned to this one: the endless search would have kept them for hours.
    const found = await engine.identify(seeds, codes, { atMs, window: WINDOW });
    expect(found[0]).toMatchObject({ serialNumber: "N1" });
    expect(told).toHaveLength(toldThen);
    engine.forget(seeds);
  });

  const FOUND = [{ serialNumber: "N4321", driftSteps: 4 }];

  it("works from within a worker", async () => {
    const worker = new Worker(new URL("./searching.worker.ts", import.meta.url), { type: "module" });
    onTestFinished(() => worker.terminate());
    const said = await new Promise((resolve, reject) => {
      worker.addEventListener("message", ({ data }) => resolve(data));
      worker.addEventListener("error", () => reject(new Error("the worker failed")));
    });
    expect(said).toEqual({ found: FOUND, workers: 2 } satisfies SearchAnswer);
  });

  it("works without workers where the content security policy forbids them", async () => {
    const frame = document.createElement("iframe");
    const script = new URL("./searching-page.ts", import.meta.url).href;
    const policy = "worker-src 'none'";
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script type="module" src="${script}"></script>`;
    onTestFinished(() => frame.remove());
    const said = await new Promise((resolve) => {
      window.addEventListener("message", ({ source, data }) => {
        if (source === frame.contentWindow) resolve(data);
      });
      document.body.append(frame);
    });
    expect(said).toMatchObject({ found: FOUND, refused: 2 });
  });
});

/** Answers with the durations in milliseconds of the tasks over 50 ms since. */
function watchLongTasks(): () => string {
  const durations: number[] = [];
  const observer = new PerformanceObserver((list) => {
    durations.push(...list.getEntries().map(({ duration }) => Math.round(duration)));
  });
  observer.observe({ type: "longtask" });
  onTestFinished(() => observer.disconnect());
  return () => {
    durations.push(...observer.takeRecords().map(({ duration }) => Math.round(duration)));
    return durations.length === 0 ? "none" : durations.join(", ");
  };
}
