import type { HotpKernel } from "../../src/otp/kernel.ts";
import { computesRight } from "./self-check.ts";
import { typescriptKernel } from "./typescript-kernel.ts";
import { createWasmKernel } from "./wasm-kernel.ts";

let loaded: Promise<HotpKernel> | undefined;

/** The fastest kernel that works here, loaded once. Never rejects: the one in TypeScript runs anywhere. */
export function loadKernel(): Promise<HotpKernel> {
  loaded ??= chooseKernel([createWasmKernel]);
  return loaded;
}

/** The first that loads and computes published codes rightly; else the one in TypeScript. */
export async function chooseKernel(candidates: readonly (() => Promise<HotpKernel>)[]): Promise<HotpKernel> {
  for (const create of candidates) {
    const kernel = await create().catch(() => null);
    if (kernel && computesRight(kernel)) return kernel;
  }
  return typescriptKernel;
}
