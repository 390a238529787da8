import type { Endpoint } from "comlink";
import { OwnWorker, vouchFor } from "../src/core/own-worker.ts";
import { setWorkerFactory } from "../src/core/worker-factory.ts";
import { exposeService } from "./expose-service.ts";
import { PartServer, type PartScope } from "./identification/part-server.ts";
import { loadKernel } from "./kernel/load-kernel.ts";

export { startPageThread } from "./page-thread.ts";

/** Names a worker that searches a part of an inventory; any other is the service. */
const PART_NAME = "oath-bridge identification";

/** A dedicated worker's global scope, as far as it is needed. */
type OneFileScope = Endpoint &
  PartScope & { readonly name: string; readonly location: { readonly href: string } };

/** For the one-file bundle: the whole worker. The same script runs again, under another name, for the parts of a search. */
export function serve(scope: OneFileScope): void {
  if (scope.name === PART_NAME) {
    new PartServer(scope, loadKernel).serve();
    return;
  }
  const { href } = scope.location;
  vouchFor(href);
  setWorkerFactory(() => new OwnWorker(new URL(href), { name: PART_NAME }));
  exposeService(scope);
}
