import { expose } from "comlink";
import type { ServiceThread } from "../src/mfa/service-thread.ts";
import { API_METHODS } from "./contract.ts";
import { guardedEndpoint } from "./guarded-endpoint.ts";
import { RecordedService } from "./recorded-service.ts";

/**
 * The service in the thread that calls this, behind the same border as in a worker: for a page that may start none. The same
 * calls with the same answers; but secrets are then in the page's memory, and long work is felt by whoever uses the page.
 */
export function startPageThread(): ServiceThread {
  const { port1, port2 } = new MessageChannel();
  const service = new RecordedService();
  expose(service, guardedEndpoint(port2, API_METHODS));
  return Object.assign(port1, {
    terminate: () => {
      // Nothing ends a service in this thread: it locks the vault and lets the database go.
      void service.stop();
      port1.close();
      port2.close();
    },
  });
}
