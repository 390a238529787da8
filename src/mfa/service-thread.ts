import type { Endpoint } from "comlink";

/** Where the service runs: a dedicated worker, or a message channel to the page's own thread. */
export interface ServiceThread extends Endpoint {
  terminate(): void;
}

/** Which of the two. */
export type ThreadKind = "worker" | "page";
