import { oneFileService } from "virtual:one-file-service";
import type { ServiceThread } from "../mfa/service-thread.ts";

/** Stands in the bundle where workers/page-thread.ts stands elsewhere: the service's code is there once, for both. */
export function startPageThread(): ServiceThread {
  return oneFileService().startPageThread();
}
