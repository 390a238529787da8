import { Worker } from "node:worker_threads";
import { wrap } from "comlink";
import nodeEndpoint from "comlink/dist/esm/node-adapter";
import type { Host } from "../host.ts";
import type { IdentifyService } from "../identify-service.ts";
import { openKernels } from "../kernels.ts";
import type { NativeBuild } from "../native/sha-ni.ts";

/** The scenario's host in Node; `workerFile` is the built identify worker. */
export async function nodeHost(
  native: NativeBuild,
  workerFile: URL,
  progress: (text: string) => void,
): Promise<Host> {
  return {
    name: "node",
    kernels: await openKernels(),
    ...(native.available && { nativeLoop: native.loop }),
    openIdentifier() {
      const worker = new Worker(workerFile);
      const remote = wrap<IdentifyService>(nodeEndpoint(worker));
      return {
        fill: (from, to) => remote.fill(from, to),
        forget: (kernelName) => remote.forget(kernelName),
        wasmBytes: () => remote.wasmBytes(),
        search: (kernelName, codes, windowSteps) => remote.search(kernelName, codes, windowSteps),
        close: () => void worker.terminate(),
      };
    },
    progress,
  };
}
