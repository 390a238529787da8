import type { HotpKernel } from "../../src/otp/index.ts";
import type { FoundToken } from "./identify-service.ts";

/** What the native loop answers: its own wall time, and the last code for the check. */
export interface NativeSlice {
  readonly ms: number;
  readonly lastCode: number;
}

/** A worker that holds a part of a random inventory and searches it. */
export interface Identifier {
  /** Makes the seeds `from` … `to` − 1 of the inventory. */
  fill(from: number, to: number): Promise<void>;
  /** Makes a kernel's next search derive the seeds' states anew. */
  forget(kernelName: string): Promise<void>;
  search(kernelName: string, codes: readonly string[], windowSteps: number): Promise<readonly FoundToken[]>;
  /** WebAssembly memory of the worker. */
  wasmBytes(): Promise<number>;
  close(): void;
}

/** Where the scenario runs. Chromium's worker and Node differ in this and in nothing else. */
export interface Host {
  readonly name: "chromium" | "node";
  readonly kernels: readonly NamedKernel[];
  /** Absent where no native loop could be built. The secret has 20 bytes, the hash is SHA1. */
  readonly nativeLoop?: (secret: number[], firstMovingFactor: number, count: number) => Promise<NativeSlice>;
  openIdentifier(): Identifier;
  progress(text: string): void;
}

export interface NamedKernel {
  /** As in {@link SUBJECT}. */
  readonly name: string;
  readonly kernel: HotpKernel;
}
