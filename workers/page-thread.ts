import type { ServiceThread } from "../src/mfa/service-thread.ts";
import { exposeService } from "./expose-service.ts";

/**
 * The service in the thread that calls this, behind the same border as in a worker: for a page that may start none. The same
 * calls with the same answers; but secrets are then in the page's memory, and long work is felt by whoever uses the page.
 */
export function startPageThread(): ServiceThread {
  const { port1, port2 } = new MessageChannel();
  const service = exposeService(port2);
  return Object.assign(port1, {
    terminate: () => {
      // Nothing ends a service in this thread: it locks the vault and lets the database go.
      void service.stop();
      port1.close();
      port2.close();
    },
  });
}
