import { oneFileService } from "virtual:one-file-service";
import { OwnWorker, vouchFor } from "../core/own-worker.ts";
import type { WorkerKind } from "../core/worker-factory.ts";

let address: string | undefined;

/**
 * Starts a worker whose script is in this file, from a `blob:` address: the page's policy needs `worker-src blob:`. The address
 * is kept, for the next worker; it leads to nothing but our own text.
 */
export function startInlineWorker(kind: WorkerKind): Worker {
  if (address === undefined) {
    const script = new Blob([`(${oneFileService.toString()})().serve(self)`], { type: "text/javascript" });
    address = URL.createObjectURL(script);
    vouchFor(address);
  }
  return new OwnWorker(new URL(address), { name: `oath-bridge ${kind}` });
}
