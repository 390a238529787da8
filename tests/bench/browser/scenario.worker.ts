import { expose } from "comlink";
import { openKernels } from "../kernels.ts";
import { runScenario } from "../scenario.ts";
import type { ScenarioWorker } from "./scenario-link.ts";

const scenario: ScenarioWorker = {
  async run(plan, hasNative, driver) {
    const host = {
      name: "chromium" as const,
      kernels: await openKernels(),
      ...(hasNative && {
        nativeLoop: (secret: number[], first: number, count: number) => driver.native(secret, first, count),
      }),
      hasWorkers: true,
      progress: (text: string) => driver.progress(text),
    };
    return await runScenario(host, plan);
  },
};

expose(scenario);
