import { DEADLINE } from "./deadlines.ts";
import { addPasskey, unlockWithPasskey } from "./passkey-calls.ts";
import type {
  AutoLockState,
  LongCallOptions,
  PasskeySummary,
  RestoreOptions,
  VaultService,
  VaultState,
} from "./vault-contract.ts";
import type { WorkerKeeper } from "./worker-keeper.ts";

/** As destructuring leaves options that were not given. */
type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** The vault as the page has it: every call goes to the worker, with its deadline. */
export abstract class WorkerVaultService implements VaultService {
  protected readonly link: WorkerKeeper;

  constructor(link: WorkerKeeper) {
    this.link = link;
  }

  vaultState(): Promise<VaultState> {
    return this.link.call((api) => api.vaultState(), DEADLINE.call);
  }

  autoLock(): Promise<AutoLockState | null> {
    return this.link.call((api) => api.autoLock(), DEADLINE.call);
  }

  keepOpen(): Promise<void> {
    return this.link.call((api) => api.keepOpen(), DEADLINE.call);
  }

  createVault(passphrase: string): Promise<void> {
    return this.link.call((api) => api.createVault(passphrase), DEADLINE.passphrase);
  }

  unlock(passphrase: string): Promise<void> {
    return this.link.call((api) => api.unlock(passphrase), DEADLINE.passphrase);
  }

  lock(): Promise<void> {
    return this.link.call((api) => api.lock(), DEADLINE.call);
  }

  changePassphrase(current: string, next: string): Promise<void> {
    return this.link.call((api) => api.changePassphrase(current, next), DEADLINE.passphrase);
  }

  async passkeys(): Promise<PasskeySummary[]> {
    const stored = await this.link.call((api) => api.passkeys(), DEADLINE.call);
    return stored.map(({ id, name, addedAtMs }) => ({ id, name, addedAtMs }));
  }

  addPasskey(name: string, passphrase: string): Promise<PasskeySummary> {
    return addPasskey(this.link, name, passphrase, DEADLINE.passphrase);
  }

  unlockWithPasskey(): Promise<void> {
    return unlockWithPasskey(this.link, DEADLINE.call);
  }

  removePasskey(id: string): Promise<void> {
    return this.link.call((api) => api.removePasskey(id), DEADLINE.call);
  }

  async exportBackup(passphrase: string, options: LongCallOptions = {}): Promise<Blob> {
    return await this.long(options ?? {}, (callId, tell) =>
      this.link.watch(
        (api, progress) => api.exportBackup(callId, passphrase, progress),
        DEADLINE.silence,
        tell,
      ),
    );
  }

  async importBackup(backup: Blob, passphrase: string, options: RestoreOptions = {}): Promise<void> {
    const { signal, onProgress, ...wireOptions } = options ?? {};
    await this.long({ signal, onProgress }, (callId, tell) =>
      this.link.watch(
        (api, progress) => api.importBackup(callId, backup, passphrase, wireOptions, progress),
        DEADLINE.silence,
        tell,
      ),
    );
  }

  /** A call that may take long. A page that cancelled it is not told any more how far it is. */
  protected long<T>(
    { signal, onProgress }: Optional<LongCallOptions>,
    call: (callId: string, tell: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T> {
    const tell = (done: number, total: number) => {
      if (!signal?.aborted) onProgress?.(done, total);
    };
    return this.cancellable(signal, (callId) => call(callId, tell));
  }

  /** Tells the worker when the signal is aborted. */
  protected async cancellable<T>(
    signal: AbortSignal | undefined,
    call: (callId: string) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const callId = crypto.randomUUID();
    const cancel = () =>
      void this.link.call((api) => api.cancel(callId), DEADLINE.call).catch(() => undefined);
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await call(callId);
    } finally {
      signal?.removeEventListener("abort", cancel);
    }
  }
}
