import { releaseProxy, wrap } from "comlink";
import type { Identifier } from "../host.ts";
import type { IdentifyService } from "../identify-service.ts";

/** Starts an identify worker, from the page or from another worker. */
export function openBrowserIdentifier(): Identifier {
  const worker = new Worker(new URL("./identify.worker.ts", import.meta.url), { type: "module" });
  const remote = wrap<IdentifyService>(worker);
  return {
    fill: (from, to) => remote.fill(from, to),
    forget: (kernelName) => remote.forget(kernelName),
    wasmBytes: () => remote.wasmBytes(),
    search: (kernelName, codes, windowSteps) => remote.search(kernelName, codes, windowSteps),
    close() {
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}
