import { createOtpEngine } from "../../../src/otp/index.ts";
import { createWasmKernel } from "../../../workers/kernel/wasm-kernel.ts";
import { AT_MS, pseudoRandomBytes, seedOf } from "../random.ts";

/** What a fresh worker's first kernel took, in milliseconds. */
export interface StartUp {
  /** Decoding, compiling and instantiating the WebAssembly. */
  readonly readyMs: number;
  /** From there to the first code. */
  readonly firstCodeMs: number;
}

const start = performance.now();
const kernel = await createWasmKernel();
const ready = performance.now();
const engine = await createOtpEngine({ kernel });
engine.code(seedOf("BENCH", pseudoRandomBytes(20, 5)), Math.floor(AT_MS / 30_000));
const answer: StartUp = { readyMs: ready - start, firstCodeMs: performance.now() - ready };
self.postMessage(answer, {});
