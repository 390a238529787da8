import { OwnWorker as Worker } from "../../src/core/own-worker.ts";
import { workerFromFactory } from "../../src/core/worker-factory.ts";

/** Starts one identification worker. Throws where workers are forbidden. */
export function startIdentificationWorker() {
  const made = workerFromFactory("identification");
  if (made) return made;
  // The literal `new Worker(new URL(…))` is what bundlers recognise.
  return new Worker(new URL("./identification.worker.ts", import.meta.url), {
    type: "module",
    name: "oath-bridge identification",
  });
}
