import { proxy } from "comlink";
import type { Bytes } from "../core/bytes.ts";
import type {
  DeactivateMfaDeviceRequest,
  EnableMfaDeviceRequest,
  MfaDevice,
  ObservedCode,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "./contract.ts";
import { driftHistoryOf, type DriftHistory } from "./drift-history.ts";
import type {
  Identification,
  IdentifyTokenOptions,
  ImportReport,
  ImportSeedsOptions,
  LocalMfaService,
  SeedQuery,
  SeedSummary,
  VaultState,
} from "./local-contract.ts";
import { requireAutoLockMinutes } from "../vault/vault-watch.ts";
import { watchPage } from "./page-state.ts";
import { resolvePolicy, type MfaPolicy } from "./policy.ts";
import { WorkerLink } from "./worker-link.ts";

/**
 * Deadlines in milliseconds. Almost everything is over at once; but a call may have to wait for the database while an import
 * is written, and reporting it lost when it is done a moment later would be worse than waiting.
 */
const DEADLINE = {
  start: 10_000,
  call: 30_000,
  list: 30_000,
  passphrase: 30_000,
  import: 600_000,
  identify: 600_000,
  stop: 2_000,
} as const;

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
    createWorker = startWorker,
  } = options;
  resolvePolicy(policy);
  if (autoLockMinutes !== undefined) requireAutoLockMinutes(autoLockMinutes);
  const settings = {
    databaseName,
    policy,
    clockOffsetMs,
    ...(autoLockMinutes !== undefined && { autoLockMinutes }),
  };
  const link = new WorkerLink(createWorker());
  try {
    await link.call((api) => api.start(settings), DEADLINE.start);
  } catch (error) {
    link.close();
    throw error;
  }
  return new WorkerMfaService(link);
}

/** The literal `new Worker(new URL(…))` is what bundlers recognise. */
function startWorker(): Worker {
  return new Worker(new URL("../../workers/verification.worker.ts", import.meta.url), {
    type: "module",
    name: "oath-bridge verification",
  });
}

class WorkerMfaService implements LocalMfaService {
  readonly #link: WorkerLink;
  readonly #unwatchPage: () => void;

  constructor(link: WorkerLink) {
    this.#link = link;
    this.#unwatchPage = watchPage(
      (state) => void link.call((api) => api.pageState(state), DEADLINE.call).catch(() => undefined),
    );
  }

  enableMfaDevice(request: EnableMfaDeviceRequest): Promise<MfaDevice> {
    return this.#link.call((api) => api.enableMfaDevice(request), DEADLINE.call);
  }

  resyncMfaDevice(request: ResyncMfaDeviceRequest): Promise<MfaDevice> {
    return this.#link.call((api) => api.resyncMfaDevice(request), DEADLINE.call);
  }

  deactivateMfaDevice(request: DeactivateMfaDeviceRequest): Promise<void> {
    return this.#link.call((api) => api.deactivateMfaDevice(request), DEADLINE.call);
  }

  listMfaDevices(userName: string): Promise<MfaDevice[]> {
    return this.#link.call((api) => api.listMfaDevices(userName), DEADLINE.call);
  }

  verifyCode(request: VerifyCodeRequest): Promise<Verification> {
    return this.#link.call((api) => api.verifyCode(request), DEADLINE.call);
  }

  vaultState(): Promise<VaultState> {
    return this.#link.call((api) => api.vaultState(), DEADLINE.call);
  }

  createVault(passphrase: string): Promise<void> {
    return this.#link.call((api) => api.createVault(passphrase), DEADLINE.passphrase);
  }

  unlock(passphrase: string): Promise<void> {
    return this.#link.call((api) => api.unlock(passphrase), DEADLINE.passphrase);
  }

  lock(): Promise<void> {
    return this.#link.call((api) => api.lock(), DEADLINE.call);
  }

  changePassphrase(current: string, next: string): Promise<void> {
    return this.#link.call((api) => api.changePassphrase(current, next), DEADLINE.passphrase);
  }

  async importSeeds(file: Blob | Bytes | string, options: ImportSeedsOptions = {}): Promise<ImportReport> {
    const { signal, onProgress, ...wireOptions } = options ?? {};
    return await this.#cancellable(signal, (callId) =>
      // Not raced with the signal: the worker says whether it stopped in time or had written already.
      this.#link.call(
        (api) => api.importSeeds(callId, file, wireOptions, proxy(onProgress ?? (() => undefined))),
        DEADLINE.import,
      ),
    );
  }

  async identifyToken(
    codes: readonly ObservedCode[],
    options: IdentifyTokenOptions = {},
  ): Promise<Identification[]> {
    const { signal, onProgress, ...wireOptions } = options ?? {};
    const tell = (done: number, total: number) => {
      if (!signal?.aborted) onProgress?.(done, total);
    };
    return await this.#cancellable(signal, (callId) =>
      this.#link.call(
        (api) => api.identifyToken(callId, codes, wireOptions, proxy(tell)),
        DEADLINE.identify,
        signal,
      ),
    );
  }

  listSeeds(query: SeedQuery = {}): Promise<SeedSummary[]> {
    return this.#link.call((api) => api.listSeeds(query), DEADLINE.list);
  }

  async driftHistory(serialNumber: string): Promise<DriftHistory> {
    return driftHistoryOf(await this.#link.call((api) => api.driftHistory(serialNumber), DEADLINE.call));
  }

  /** Tells the worker when the signal is aborted. */
  async #cancellable<T>(signal: AbortSignal | undefined, call: (callId: string) => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    const callId = crypto.randomUUID();
    const cancel = () =>
      void this.#link.call((api) => api.cancel(callId), DEADLINE.call).catch(() => undefined);
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await call(callId);
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }

  async close(): Promise<void> {
    this.#unwatchPage();
    await this.#link.call((api) => api.stop(), DEADLINE.stop).catch(() => undefined);
    this.#link.close();
  }
}
