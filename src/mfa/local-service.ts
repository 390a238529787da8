import { requireAutoLockMinutes } from "../vault/vault-watch.ts";
import type { LocalMfaService } from "./local-contract.ts";
import { resolvePolicy, type MfaPolicy } from "./policy.ts";
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
  /** Starts the worker where the default cannot: another origin, a strict policy. */
  readonly createWorker?: () => Worker;
  /**
   * A worker that gives no sign of life for so many milliseconds while something waits for it is replaced; 10 000 unless
   * told. Calls under way reject with `worker-lost`, the next one finds a new worker.
   */
  readonly patienceMs?: number;
}

/**
 * Starts the worker and resolves once it answers. Rejects with `MfaError` `worker-lost` when it cannot be started, and
 * with `RangeError` for a policy out of bounds.
 */
export async function createLocalMfaService(options: LocalMfaServiceOptions = {}): Promise<LocalMfaService> {
  const {
    databaseName = "oath-bridge",
    policy = {},
    clockOffsetMs = 0,
    autoLockMinutes,
    createWorker = startVerificationWorker,
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
  const keeper = new WorkerKeeper({ settings, createWorker, patienceMs });
  await keeper.ready();
  return new WorkerMfaService(keeper, databaseName);
}
