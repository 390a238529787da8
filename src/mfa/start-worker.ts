import { OwnWorker as Worker } from "../core/own-worker.ts";
import { workerFromFactory } from "../core/worker-factory.ts";

/** Starts the verification worker, also where the page demands Trusted Types. Throws where workers are forbidden. */
export function startVerificationWorker() {
  const made = workerFromFactory("verification");
  if (made) return made;
  // The literal `new Worker(new URL(…))` is what bundlers recognise.
  return new Worker(new URL("../../workers/verification.worker.ts", import.meta.url), {
    type: "module",
    name: "oath-bridge verification",
  });
}
