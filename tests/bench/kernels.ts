import { typescriptKernel } from "../../workers/kernel/typescript-kernel.ts";
import { createWasmKernel } from "../../workers/kernel/wasm-kernel.ts";
import { SUBJECT } from "./contest.ts";
import type { NamedKernel } from "./host.ts";

/** Our kernels, each by itself. Rejects where WebAssembly does not run: then there is nothing to compare. */
export async function openKernels(): Promise<NamedKernel[]> {
  return [
    { name: SUBJECT.wasm, kernel: await createWasmKernel() },
    { name: SUBJECT.typescript, kernel: typescriptKernel },
  ];
}
