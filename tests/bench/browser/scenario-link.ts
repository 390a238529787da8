import type { ContestResult } from "../contest.ts";
import type { NativeSlice } from "../host.ts";
import type { Plan } from "../scenario.ts";

/** What the driver lends the worker by way of the page: a window cannot run programs. */
export interface DriverServices {
  native(secret: number[], first: number, count: number): Promise<NativeSlice>;
  progress(text: string): void;
}

/** The scenario, as the page sees it in its worker. */
export interface ScenarioWorker {
  run(plan: Plan, hasNative: boolean, driver: DriverServices): Promise<ContestResult[]>;
}
