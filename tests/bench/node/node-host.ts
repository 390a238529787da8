import type { Host } from "../host.ts";
import { openKernels } from "../kernels.ts";
import type { NativeBuild } from "../native/sha-ni.ts";

/** The scenario's host in Node. */
export async function nodeHost(native: NativeBuild, progress: (text: string) => void): Promise<Host> {
  return {
    name: "node",
    kernels: await openKernels(),
    ...(native.available && { nativeLoop: native.loop }),
    hasWorkers: false,
    progress,
  };
}
