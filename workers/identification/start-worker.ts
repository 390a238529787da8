import { OwnWorker as Worker } from "../../src/core/own-worker.ts";

/** Starts one identification worker. Throws where workers are forbidden. */
export function startIdentificationWorker() {
  // The literal `new Worker(new URL(…))` is what bundlers recognise.
  return new Worker(new URL("./identification.worker.ts", import.meta.url), {
    type: "module",
    name: "oath-bridge identification",
  });
}
