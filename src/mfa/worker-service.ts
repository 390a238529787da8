import { proxy } from "comlink";
import { raceWithSignal } from "../core/abort.ts";
import type { Bytes } from "../core/bytes.ts";
import type { AuditEntry, AuditQuery } from "./audit.ts";
import type {
  DeactivateMfaDeviceRequest,
  EnableMfaDeviceRequest,
  MfaDevice,
  ObservedCode,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "./contract.ts";
import { watchDevices } from "./device-channel.ts";
import { DEADLINE } from "./deadlines.ts";
import { driftHistoryOf, type DriftHistory } from "./drift-history.ts";
import type {
  Identification,
  IdentifyTokenOptions,
  ImportReport,
  ImportSeedsOptions,
  LastImport,
  LocalMfaService,
  RestoreReport,
  RetiredSeed,
  RetireReport,
  SeedChoice,
  SeedFilePreview,
  SeedPage,
  SeedPageQuery,
  SeedQuery,
  SeedSummary,
  UndoReport,
} from "./local-contract.ts";
import type { WireRetired } from "../../workers/contract.ts";
import type { LongCallOptions } from "./vault-contract.ts";
import { watchPage } from "./page-state.ts";
import type { ThreadKind } from "./service-thread.ts";
import { StoragePersistence, type StorageState } from "./storage-persistence.ts";
import type { WorkerKeeper } from "./worker-keeper.ts";
import { WorkerVaultService } from "./worker-vault.ts";

/** The service as the page has it: every call goes to the worker, with its deadline. */
export class WorkerMfaService extends WorkerVaultService implements LocalMfaService {
  readonly runsIn: ThreadKind;
  readonly #unwatchPage: () => void;
  readonly #databaseName: string;
  readonly #persistence = new StoragePersistence();
  /** Aborted when the service is closed. */
  readonly #life = new AbortController();

  constructor(link: WorkerKeeper, databaseName: string) {
    super(link);
    this.#databaseName = databaseName;
    this.runsIn = link.thread;
    this.#unwatchPage = watchPage(
      (state) => void link.call((api) => api.pageState(state), DEADLINE.call).catch(() => undefined),
    );
  }

  async enableMfaDevice(request: EnableMfaDeviceRequest): Promise<MfaDevice> {
    const device = await this.link.call((api) => api.enableMfaDevice(request), DEADLINE.call);
    this.#persistence.ask("enrolment");
    return device;
  }

  resyncMfaDevice(request: ResyncMfaDeviceRequest): Promise<MfaDevice> {
    return this.link.call((api) => api.resyncMfaDevice(request), DEADLINE.call);
  }

  deactivateMfaDevice(request: DeactivateMfaDeviceRequest): Promise<void> {
    return this.link.call((api) => api.deactivateMfaDevice(request), DEADLINE.call);
  }

  listMfaDevices(userName: string): Promise<MfaDevice[]> {
    return this.link.call((api) => api.listMfaDevices(userName), DEADLINE.call);
  }

  verifyCode(request: VerifyCodeRequest): Promise<Verification> {
    return this.link.call((api) => api.verifyCode(request), DEADLINE.call);
  }

  async importSeeds(file: Blob | Bytes | string, options: ImportSeedsOptions = {}): Promise<ImportReport> {
    const { signal, onProgress, ...wireOptions } = options ?? {};
    // Not raced with the signal: the worker says whether it stopped in time or had written already.
    const report = await this.long({ signal, onProgress }, (callId, tell) =>
      this.link.watch(
        (api, progress) => api.importSeeds(callId, file, wireOptions, progress),
        DEADLINE.silence,
        tell,
      ),
    );
    this.#persistence.ask("import");
    return report;
  }

  async previewSeeds(
    file: Blob | Bytes | string,
    options: Omit<ImportSeedsOptions, "onDuplicate"> = {},
  ): Promise<SeedFilePreview> {
    const { signal, onProgress, ...wireOptions } = options ?? {};
    return await this.long({ signal, onProgress }, (callId, tell) =>
      this.link.watch(
        (api, progress) => api.previewSeeds(callId, file, wireOptions, progress),
        DEADLINE.silence,
        tell,
      ),
    );
  }

  lastImport(): Promise<LastImport | null> {
    return this.link.call((api) => api.lastImport(), DEADLINE.call);
  }

  undoImport(importId: string, options: Pick<LongCallOptions, "onProgress"> = {}): Promise<UndoReport> {
    return this.link.watch(
      (api, progress) => api.undoImport(importId, progress),
      DEADLINE.silence,
      options?.onProgress,
    );
  }

  async exportSeeds(choice: SeedChoice, password: string, options: LongCallOptions = {}): Promise<Blob> {
    return await this.long(options ?? {}, (callId, tell) =>
      this.link.watch(
        (api, progress) => api.exportSeeds(callId, choice, password, progress),
        DEADLINE.silence,
        tell,
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
    return await this.cancellable(signal, (callId) =>
      this.link.call(
        (api) => api.identifyToken(callId, codes, wireOptions, proxy(tell)),
        DEADLINE.identify,
        signal,
      ),
    );
  }

  async labelSeed(serialNumber: string, label: string): Promise<void> {
    await this.link.call((api) => api.labelSeed(serialNumber, label), DEADLINE.call);
  }

  async retireSeeds(tokens: SeedChoice, options: LongCallOptions = {}): Promise<RetireReport> {
    return await this.long(options ?? {}, (callId, tell) =>
      this.link.watch((api, progress) => api.retireSeeds(callId, tokens, progress), DEADLINE.silence, tell),
    );
  }

  async restoreSeeds(tokens: WireRetired, options: LongCallOptions = {}): Promise<RestoreReport> {
    return await this.long(options ?? {}, (callId, tell) =>
      this.link.watch((api, progress) => api.restoreSeeds(callId, tokens, progress), DEADLINE.silence, tell),
    );
  }

  retiredSeeds(): Promise<RetiredSeed[]> {
    return this.link.call((api) => api.retiredSeeds(), DEADLINE.list);
  }

  listSeeds(query: SeedQuery = {}): Promise<SeedSummary[]> {
    return this.link.call((api) => api.listSeeds(query), DEADLINE.list);
  }

  async seedPage(query: SeedPageQuery = {}, options: LongCallOptions = {}): Promise<SeedPage> {
    const page = this.long(options ?? {}, (callId, tell) =>
      this.link.watch((api, progress) => api.seedPage(callId, query, progress), DEADLINE.silence, tell),
    );
    return await raceWithSignal(page, options?.signal);
  }

  async driftHistory(serialNumber: string): Promise<DriftHistory> {
    return driftHistoryOf(await this.link.call((api) => api.driftHistory(serialNumber), DEADLINE.call));
  }

  auditLog(query: AuditQuery = {}): Promise<AuditEntry[]> {
    return this.link.call((api) => api.auditLog(query), DEADLINE.list);
  }

  exportAuditLog(): Promise<Blob> {
    return this.link.call((api) => api.exportAuditLog(), DEADLINE.list);
  }

  watchDevices(listener: () => void, { signal }: { readonly signal?: AbortSignal } = {}): void {
    const life = this.#life.signal;
    watchDevices(this.#databaseName, listener, { signal: signal ? AbortSignal.any([signal, life]) : life });
  }

  storageState(): Promise<StorageState> {
    return this.#persistence.state();
  }

  async close(): Promise<void> {
    this.#unwatchPage();
    this.#life.abort();
    await this.link.close((api) => api.stop(), DEADLINE.stop);
  }
}
