import type {
  DeactivateMfaDeviceRequest,
  EnableMfaDeviceRequest,
  MfaDevice,
  ObservedCode,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "../src/mfa/contract.ts";
import type { ObservedDrift } from "../src/mfa/drift-history.ts";
import { MfaError, MfaInputError } from "../src/mfa/errors.ts";
import type {
  Identification,
  ImportReport,
  LastImport,
  SeedChoice,
  SeedFilePreview,
  UndoReport,
} from "../src/mfa/local-contract.ts";
import { ProgressPulse } from "../src/mfa/progress-pulse.ts";
import type { Watched } from "../src/mfa/seed-intake.ts";
import { withMfaErrors } from "../src/mfa/verifier.ts";
import type { PageState } from "../src/vault/vault-watch.ts";
import type {
  AuditApi,
  Outcome,
  ProgressListener,
  VerificationApi,
  VerificationSettings,
  WireFile,
  WireIdentifyOptions,
  WireImportOptions,
  WirePreviewOptions,
} from "./contract.ts";
import { CallLimit } from "./call-limit.ts";
import { InventoryCalls } from "./inventory-calls.ts";
import { CancellableCalls } from "./cancellable-calls.ts";
import { holdForLife } from "./life-lock.ts";
import { asOutcome } from "./outcomes.ts";
import { createParts, type ServiceParts } from "./service-parts.ts";
import { requireObject, wipeCopy } from "./requests.ts";

/** The class behind the worker: joins vault, seed files and verifier, and answers each call with an outcome. */
export class VerificationService extends InventoryCalls implements Omit<VerificationApi, keyof AuditApi> {
  #starting: Promise<ServiceParts> | undefined;
  /** There since `start`. */
  protected parts: ServiceParts | undefined = undefined;
  readonly #cancellable = new CancellableCalls();
  readonly #limit = new CallLimit();

  /** A second start would leave the first one's database open behind it. */
  start(settings: VerificationSettings): Promise<Outcome<null>> {
    return asOutcome(async () => {
      if (this.#starting) throw new MfaInputError("invalid-request", "The worker was started already.");
      this.#starting = holdForLife(settings.lifeLock).then(() => createParts(settings));
      this.parts = await this.#starting;
      return null;
    });
  }

  alive(): Promise<Outcome<null>> {
    return Promise.resolve({ ok: true, value: null });
  }

  enableMfaDevice(request: EnableMfaDeviceRequest): Promise<Outcome<MfaDevice>> {
    return this.#runSettled(({ verifier }) => verifier.enableMfaDevice(request));
  }

  resyncMfaDevice(request: ResyncMfaDeviceRequest): Promise<Outcome<MfaDevice>> {
    return this.#run(({ verifier }) => verifier.resyncMfaDevice(request));
  }

  deactivateMfaDevice(request: DeactivateMfaDeviceRequest): Promise<Outcome<void>> {
    return this.#run(({ verifier }) => verifier.deactivateMfaDevice(request));
  }

  listMfaDevices(userName: string): Promise<Outcome<MfaDevice[]>> {
    return this.#run(({ verifier }) => verifier.listMfaDevices(userName));
  }

  verifyCode(request: VerifyCodeRequest): Promise<Outcome<Verification>> {
    return this.#run(({ verifier }) => verifier.verifyCode(request));
  }

  importSeeds(
    callId: string,
    file: WireFile,
    options: WireImportOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<ImportReport>> {
    return this.#runWithFile(callId, file, options, onProgress, ({ intake }, watched) =>
      intake.importSeeds(file, requireObject(options), watched),
    );
  }

  previewSeeds(
    callId: string,
    file: WireFile,
    options: WirePreviewOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<SeedFilePreview>> {
    return this.#runWithFile(callId, file, options, onProgress, async ({ intake, journal }, watched) => {
      await journal.recover();
      return await intake.previewSeeds(file, requireObject(options), watched);
    });
  }

  lastImport(): Promise<Outcome<LastImport | null>> {
    return this.#runSettled(({ intake }) => intake.lastImport());
  }

  undoImport(importId: string, onProgress: ProgressListener): Promise<Outcome<UndoReport>> {
    return this.#run(({ intake }) => intake.undoImport(importId, new ProgressPulse(onProgress)));
  }

  async exportSeeds(
    callId: string,
    choice: SeedChoice,
    password: string,
    onProgress: ProgressListener,
  ): Promise<Outcome<Blob>> {
    const outcome = await this.release(callId, choice, password, onProgress);
    return outcome.ok ? { ok: true, value: outcome.value.file } : outcome;
  }

  identifyToken(
    callId: string,
    codes: readonly ObservedCode[],
    options: WireIdentifyOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<Identification[]>> {
    return this.runCancellable(callId, async ({ identifier, journal }, signal) => {
      const { window } = requireObject(options);
      await journal.recover();
      return await identifier.identify(codes, { ...(window && { window }), signal, onProgress });
    });
  }

  cancel(callId: string): Promise<Outcome<void>> {
    this.#cancellable.cancel(callId);
    return asOutcome(() => Promise.resolve());
  }

  driftHistory(serialNumber: string): Promise<Outcome<ObservedDrift>> {
    return this.#runSettled(async ({ vault, verifier }) => {
      await vault.requireOpen();
      return await verifier.observedDrift(serialNumber);
    });
  }

  pageState(state: PageState): Promise<Outcome<void>> {
    return this.askAtOnce(({ watch }) =>
      Promise.resolve(watch.page(state === "hidden" ? "hidden" : "visible")),
    );
  }

  stop(): Promise<Outcome<void>> {
    return this.askAtOnce(async ({ database, vault, watch }) => {
      watch.close();
      vault.lock();
      await vault.settled();
      await database.close();
    });
  }

  protected run<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>> {
    return this.#run(work);
  }

  /** The file and the key are copies that crossed to the worker: when the call is over they are wiped. */
  async #runWithFile<T>(
    callId: string,
    file: WireFile,
    options: WirePreviewOptions,
    onProgress: ProgressListener,
    work: (parts: ServiceParts, watched: Watched) => Promise<T>,
  ): Promise<Outcome<T>> {
    try {
      return await this.runCancellable(callId, (parts, signal) =>
        work(parts, { signal, pulse: new ProgressPulse(onProgress) }),
      );
    } finally {
      wipeCopy(file);
      wipeCopy(options?.key);
    }
  }

  protected runCancellable<T>(
    callId: string,
    work: (parts: ServiceParts, signal: AbortSignal) => Promise<T>,
  ): Promise<Outcome<T>> {
    return this.#cancellable.run(callId, (signal) => this.#run((parts) => work(parts, signal)));
  }

  /** For whoever looks at the inventory: what a crash left of an import is taken back before. */
  #runSettled<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>> {
    return this.#run(async (parts) => {
      await parts.journal.recover();
      return await work(parts);
    });
  }

  /** A call that uses the vault, and so keeps it from locking by itself. */
  #run<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>> {
    return this.ask((parts) => parts.watch.around(() => work(parts)));
  }

  /** A call that does not. */
  protected ask<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>> {
    return this.askAtOnce((parts) => this.#limit.run(() => work(parts)));
  }

  /** A call that is let in however many others are under way. */
  protected askAtOnce<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>> {
    return asOutcome(() =>
      withMfaErrors(() => {
        if (!this.parts) throw new MfaError("worker-lost", "The worker was not started yet.");
        return work(this.parts);
      }),
    );
  }
}
