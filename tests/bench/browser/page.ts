import { proxy, wrap } from "comlink";
import type { ContestResult } from "../contest.ts";
import type { NativeSlice } from "../host.ts";
import type { Plan } from "../scenario.ts";
import { measureLatencies, type Latencies } from "./latency.ts";
import { measureIdentifyMemory, type IdentifyMemory } from "./memory.ts";
import type { ScenarioWorker } from "./scenario-link.ts";
import type { StartUp } from "./start-up.worker.ts";

/** What the driver calls in the page. */
export interface BenchPage {
  scenario(plan: Plan, hasNative: boolean): Promise<ContestResult[]>;
  startUp(): Promise<StartUp>;
  latencies(calls: number): Promise<Latencies>;
  identifyMemory(count: number): Promise<IdentifyMemory>;
}

declare global {
  interface Window {
    oathBench: BenchPage;
    /** Put here by the driver. */
    benchNative(secret: number[], first: number, count: number): Promise<NativeSlice>;
    benchProgress(text: string): Promise<void>;
  }
}

window.oathBench = {
  async scenario(plan, hasNative) {
    const worker = new Worker(new URL("./scenario.worker.ts", import.meta.url), { type: "module" });
    const failed = failureOf(worker);
    const driver = proxy({
      native: (secret: number[], first: number, count: number) => window.benchNative(secret, first, count),
      progress: (text: string) => void window.benchProgress(text),
    });
    const remote = wrap<ScenarioWorker>(worker);
    try {
      return await Promise.race([remote.run(plan, hasNative, driver), failed]);
    } finally {
      worker.terminate();
    }
  },

  async startUp() {
    const worker = new Worker(new URL("./start-up.worker.ts", import.meta.url), { type: "module" });
    const failed = failureOf(worker);
    const answered = new Promise<StartUp>((resolve) => {
      worker.addEventListener("message", ({ data }: MessageEvent<StartUp>) => resolve(data), { once: true });
    });
    try {
      return await Promise.race([answered, failed]);
    } finally {
      worker.terminate();
    }
  },

  latencies: measureLatencies,
  identifyMemory: measureIdentifyMemory,
};

/** A worker whose script fails never answers; it says so by this event only. */
function failureOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    worker.addEventListener("error", ({ message }) => reject(new Error(`a worker failed: ${message}`)), {
      once: true,
    });
  });
}
