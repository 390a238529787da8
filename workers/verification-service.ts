import { createOtpEngine } from "../src/otp/engine.ts";
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
  SeedQuery,
  SeedSummary,
  VaultState,
} from "../src/mfa/local-contract.ts";
import { TokenIdentifier } from "../src/mfa/token-identification.ts";
import { MfaVerifier, withMfaErrors } from "../src/mfa/verifier.ts";
import { readSeedFile } from "../src/seeds/index.ts";
import { Database } from "../src/vault/database.ts";
import { SeedInventory } from "../src/vault/seed-inventory.ts";
import { SeedVault } from "../src/vault/seed-vault.ts";
import { TokenStore } from "../src/vault/token-store.ts";
import { type PageState, VaultWatch } from "../src/vault/vault-watch.ts";
import type {
  Outcome,
  VerificationApi,
  VerificationSettings,
  WireIdentifyOptions,
  WireImportOptions,
} from "./contract.ts";
import { asOutcome } from "./outcomes.ts";

/** NIST SP 800-63B section 3.1.1: eight characters at the least, where a person chooses them. */
const SHORTEST_PASSPHRASE = 8;

/** 80 bits, what the shortest tokens in use have. RFC 4226 section 4 asks for 128. */
const LEAST_SECRET_BYTES = 10;

interface Parts {
  readonly database: Database;
  readonly vault: SeedVault;
  readonly watch: VaultWatch;
  readonly inventory: SeedInventory;
  readonly verifier: MfaVerifier;
  readonly identifier: TokenIdentifier;
}

/** The class behind the worker: joins vault, seed files and verifier, and answers each call with an outcome. */
export class VerificationService implements VerificationApi {
  #parts: Parts | undefined;
  readonly #cancellable = new Map<string, AbortController>();

  start(settings: VerificationSettings): Promise<Outcome<null>> {
    return asOutcome(async () => {
      const { databaseName, policy, clockOffsetMs, autoLockMinutes } = settings;
      const database = new Database(databaseName);
      const vault = new SeedVault(database);
      const inventory = new SeedInventory(database, vault);
      const engine = await createOtpEngine();
      const now = () => Date.now() + clockOffsetMs;
      const verifier = new MfaVerifier({ engine, store: new TokenStore(database, vault), policy, now });
      const identifier = new TokenIdentifier({ engine, vault, inventory, now });
      vault.onLocked(() => identifier.forget());
      const watch = new VaultWatch(databaseName, vault, autoLockMinutes);
      this.#parts = { database, vault, watch, inventory, verifier, identifier };
      return null;
    });
  }

  enableMfaDevice(request: EnableMfaDeviceRequest): Promise<Outcome<MfaDevice>> {
    return this.#run(({ verifier }) => verifier.enableMfaDevice(request));
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

  vaultState(): Promise<Outcome<VaultState>> {
    return this.#ask(({ vault }) => vault.state());
  }

  createVault(passphrase: string): Promise<Outcome<void>> {
    return this.#run(async ({ vault, watch }) => {
      await vault.create(requirePassphrase(passphrase));
      watch.passphraseSet();
    });
  }

  unlock(passphrase: string): Promise<Outcome<void>> {
    return this.#run(({ vault }) => vault.unlock(requireText(passphrase)));
  }

  lock(): Promise<Outcome<void>> {
    return this.#ask(({ watch }) => watch.lockEverywhere());
  }

  changePassphrase(current: string, next: string): Promise<Outcome<void>> {
    return this.#run(async ({ vault, watch }) => {
      await vault.changePassphrase(requireText(current), requirePassphrase(next));
      watch.passphraseSet();
    });
  }

  importSeeds(
    callId: string,
    file: Blob | Uint8Array<ArrayBuffer> | string,
    options: WireImportOptions,
    onProgress: (done: number, total: number) => void,
  ): Promise<Outcome<ImportReport>> {
    return this.#runCancellable(callId, async ({ inventory }, signal) => {
      const { onDuplicate, ...readOptions } = requireObject(options);
      const reading = { ...readOptions, leastSecretBytes: LEAST_SECRET_BYTES, signal, onProgress };
      const { format, seeds, skipped } = await readSeedFile(file, reading);
      const { added, duplicates } = await inventory.add(seeds, onDuplicate === "replace", signal);
      const replaced = duplicates.filter(({ outcome }) => outcome === "replaced").length;
      return { format, imported: added + replaced, skipped, duplicates };
    });
  }

  identifyToken(
    callId: string,
    codes: readonly ObservedCode[],
    options: WireIdentifyOptions,
    onProgress: (done: number, total: number) => void,
  ): Promise<Outcome<Identification[]>> {
    return this.#runCancellable(callId, ({ identifier }, signal) => {
      const { window } = requireObject(options);
      return identifier.identify(codes, { ...(window && { window }), signal, onProgress });
    });
  }

  cancel(callId: string): Promise<Outcome<void>> {
    this.#cancellable.get(callId)?.abort();
    return asOutcome(() => Promise.resolve());
  }

  listSeeds(query: SeedQuery): Promise<Outcome<SeedSummary[]>> {
    return this.#run(async ({ inventory }) =>
      (await inventory.list(requireQuery(query))).map(({ record, assigned }) => ({
        serialNumber: record.serialNumber,
        type: record.type,
        algorithm: record.algorithm,
        digits: record.digits,
        periodSeconds: record.periodSeconds,
        ...(record.manufacturer !== undefined && { manufacturer: record.manufacturer }),
        ...(record.model !== undefined && { model: record.model }),
        assigned,
      })),
    );
  }

  driftHistory(serialNumber: string): Promise<Outcome<ObservedDrift>> {
    return this.#run(async ({ vault, verifier }) => {
      await vault.requireOpen();
      return await verifier.observedDrift(serialNumber);
    });
  }

  pageState(state: PageState): Promise<Outcome<void>> {
    return this.#ask(async ({ watch }) => {
      watch.page(state === "hidden" ? "hidden" : "visible");
      await Promise.resolve();
    });
  }

  stop(): Promise<Outcome<void>> {
    return this.#ask(async ({ database, vault, watch }) => {
      watch.close();
      vault.lock();
      await database.close();
    });
  }

  async #runCancellable<T>(
    callId: string,
    work: (parts: Parts, signal: AbortSignal) => Promise<T>,
  ): Promise<Outcome<T>> {
    const controller = new AbortController();
    this.#cancellable.set(callId, controller);
    try {
      return await this.#run((parts) => work(parts, controller.signal));
    } finally {
      this.#cancellable.delete(callId);
    }
  }

  /** A call that uses the vault, and so keeps it from locking by itself. */
  #run<T>(work: (parts: Parts) => Promise<T>): Promise<Outcome<T>> {
    return this.#ask((parts) => parts.watch.around(() => work(parts)));
  }

  /** A call that does not. */
  #ask<T>(work: (parts: Parts) => Promise<T>): Promise<Outcome<T>> {
    return asOutcome(() =>
      withMfaErrors(() => {
        if (!this.#parts) throw new MfaError("worker-lost", "The worker was not started yet.");
        return work(this.#parts);
      }),
    );
  }
}

function requireObject<T extends object>(value: T): T {
  if (typeof value !== "object" || value === null) {
    throw new MfaInputError("invalid-request", "Options are an object.");
  }
  return value;
}

function requireQuery(query: SeedQuery): SeedQuery {
  const { text, assigned, offset = 0, limit = 0 } = requireObject(query);
  const isQuery =
    (text === undefined || typeof text === "string") &&
    (assigned === undefined || typeof assigned === "boolean") &&
    [offset, limit].every((count) => Number.isSafeInteger(count) && count >= 0);
  if (!isQuery) throw new MfaInputError("invalid-request", "A query has a text, a state and whole numbers.");
  return query;
}

function requireText(passphrase: unknown): string {
  if (typeof passphrase !== "string") {
    throw new MfaInputError("invalid-request", "A passphrase is a text.");
  }
  return passphrase;
}

function requirePassphrase(passphrase: unknown): string {
  const text = requireText(passphrase);
  if (Array.from(text).length < SHORTEST_PASSPHRASE) {
    throw new MfaInputError("weak-passphrase", `A passphrase has ${SHORTEST_PASSPHRASE} characters or more.`);
  }
  return text;
}
