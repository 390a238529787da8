import { requireAutoLockMinutes } from "../vault/vault-watch.ts";
import type { LocalMfaService } from "./local-contract.ts";
import { resolvePolicy, type MfaPolicy } from "./policy.ts";
import type { ServiceThread } from "./service-thread.ts";
import { startVerificationWorker } from "./start-worker.ts";
import { WorkerKeeper } from "./worker-keeper.ts";
import { WorkerMfaService } from "./worker-service.ts";

export interface LocalMfaServiceOptions {
  /** IndexedDB database to keep the vault in; `oath-bridge` unless told. */
  readonly databaseName?: string;
  /** Throws `RangeError` out of bounds. */
  readonly policy?: Partial<MfaPolicy>;
  /** The trusted clock minus this machine's, in milliseconds. */
  readonly clockOffsetMs?: number;
  /**
   * Minutes without a call after which a vault with a passphrase locks: 1 to 60, 5 unless told, 0 for never. A page hidden for
   * 15 minutes locks too, unless it is 0. Throws `RangeError` out of bounds.
   */
  readonly autoLockMinutes?: number;
  /** Starts this service's worker where the default cannot: another origin, a strict policy. See also `setWorkerFactory`. */
  readonly createWorker?: () => Worker;
  /**
   * Answer from the page's own thread where no worker can be started. True unless told, and false unless told beside a
   * `createWorker`.
   */
  readonly pageThread?: boolean;
  /**
   * A worker that gives no sign of life for so many milliseconds while something waits for it is replaced; 10 000 unless
   * told. Calls under way reject with `worker-lost`, the next one finds a new worker.
   */
  readonly patienceMs?: number;
}

/**
 * Starts the worker and resolves once it answers; where the page may start none (its policy, a script of another origin), the
 * service runs in the page's own thread. Rejects with `MfaError` `worker-lost` when it runs nowhere, and with `RangeError`
 * for a policy out of bounds.
 */
export async function createLocalMfaService(options: LocalMfaServiceOptions = {}): Promise<LocalMfaService> {
  const {
    databaseName = "oath-bridge",
    policy = {},
    clockOffsetMs = 0,
    autoLockMinutes,
    createWorker = startVerificationWorker,
    pageThread = options.createWorker === undefined,
    patienceMs,
  } = options;
  resolvePolicy(policy);
  if (autoLockMinutes !== undefined) requireAutoLockMinutes(autoLockMinutes);
  const settings = {
    databaseName,
    policy,
    clockOffsetMs,
    ...(autoLockMinutes !== undefined && { autoLockMinutes }),
  };
  const startPageThread = pageThread ? loadPageThread : undefined;
  const keeper = new WorkerKeeper({ settings, createWorker, startPageThread, patienceMs });
  await keeper.ready();
  return new WorkerMfaService(keeper, databaseName);
}

/** Loaded only where it is needed: all that a worker would have had. */
async function loadPageThread(): Promise<ServiceThread> {
  const { startPageThread } = await import("../../workers/page-thread.ts");
  return startPageThread();
}
