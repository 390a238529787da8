import { createOtpEngine } from "../../../src/otp/index.ts";
import { loadKernel } from "../../../workers/kernel/load-kernel.ts";
import { totpSeed } from "../../support/seeds.ts";

/** What a page or worker says about the kernel it got. */
export interface KernelAnswer {
  readonly kernel: string;
  /** Counter 0 of RFC 4226 appendix D, computed by the default engine. */
  readonly code: string;
  /** What WebAssembly itself says here. */
  readonly webAssembly: string;
}

export async function answer(): Promise<KernelAnswer> {
  const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
  const webAssembly = await WebAssembly.compile(empty).then(
    () => "works",
    (error: unknown) => (error instanceof Error ? error.name : "failed"),
  );
  const engine = await createOtpEngine();
  return { kernel: (await loadKernel()).name, code: engine.code(totpSeed(), 0), webAssembly };
}
