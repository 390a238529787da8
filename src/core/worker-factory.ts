/** Our two workers: the service behind `createLocalMfaService`, and the ones that search large inventories. */
export type WorkerKind = "verification" | "identification";

/** Starts one of our workers; what it throws counts as "there can be none". */
export type WorkerFactory = (kind: WorkerKind) => Worker;

let factory: WorkerFactory | undefined;

/**
 * Says how this page starts our workers where the default cannot: scripts of another origin, a bundler that does not know
 * workers, a policy of Trusted Types. It counts for workers started from now on; `undefined` brings the default back.
 */
export function setWorkerFactory(replacement: WorkerFactory | undefined): void {
  factory = replacement;
}

/** A worker as the embedder starts it; undefined where it has not said how. */
export function workerFromFactory(kind: WorkerKind): Worker | undefined {
  return factory?.(kind);
}
