import type { HotpKernel } from "../../src/otp/index.ts";

/** What the native loop answers: its own wall time, and the last code for the check. */
export interface NativeSlice {
  readonly ms: number;
  readonly lastCode: number;
}

/** Where the scenario runs. Chromium's worker and Node differ in this and in nothing else. */
export interface Host {
  readonly name: "chromium" | "node";
  readonly kernels: readonly NamedKernel[];
  /** Absent where no native loop could be built. The secret has 20 bytes, the hash is SHA1. */
  readonly nativeLoop?: (secret: number[], firstMovingFactor: number, count: number) => Promise<NativeSlice>;
  /** Whether the engine can identify in workers of its own here. */
  readonly hasWorkers: boolean;
  progress(text: string): void;
}

export interface NamedKernel {
  /** As in {@link SUBJECT}. */
  readonly name: string;
  readonly kernel: HotpKernel;
}
