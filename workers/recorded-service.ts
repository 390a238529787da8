import type {
  DeactivateMfaDeviceRequest,
  EnableMfaDeviceRequest,
  MfaDevice,
  ResyncMfaDeviceRequest,
  Verification,
  VerifyCodeRequest,
} from "../src/mfa/contract.ts";
import { auditCsv } from "../src/mfa/audit-csv.ts";
import { announceDevices } from "../src/mfa/device-channel.ts";
import type {
  ImportReport,
  RestoreReport,
  RetireReport,
  SeedChoice,
  UndoReport,
} from "../src/mfa/local-contract.ts";
import type { PasskeySummary } from "../src/mfa/vault-contract.ts";
import type { AuditAction, AuditEntry, AuditQuery } from "../src/vault/audit-entry.ts";
import { involvedIn, type AuditedRequest } from "./audit-subject.ts";
import type {
  Outcome,
  ProgressListener,
  VerificationApi,
  WireError,
  WireFile,
  WireImportOptions,
  WirePasskey,
  WireRestoreOptions,
  WireRetired,
} from "./contract.ts";
import type { Release } from "./inventory-calls.ts";
import { requireAuditQuery } from "./requests.ts";
import { VerificationService } from "./verification-service.ts";

type Details = AuditEntry["details"];

/**
 * The service with its audit log: each call that somebody may have to answer for is written down with its outcome, before the
 * answer goes out. It is here, around the calls, so that no operation has to think of it.
 */
export class RecordedService extends VerificationService implements VerificationApi {
  override async enableMfaDevice(request: EnableMfaDeviceRequest): Promise<Outcome<MfaDevice>> {
    const outcome = await super.enableMfaDevice(request);
    this.#devicesChanged(outcome);
    return await this.#record("enable-device", outcome, driftOf, request);
  }

  override async resyncMfaDevice(request: ResyncMfaDeviceRequest): Promise<Outcome<MfaDevice>> {
    const outcome = await super.resyncMfaDevice(request);
    this.#devicesChanged(outcome);
    return await this.#record("resync-device", outcome, driftOf, request);
  }

  override async deactivateMfaDevice(request: DeactivateMfaDeviceRequest): Promise<Outcome<void>> {
    const outcome = await super.deactivateMfaDevice(request);
    this.#devicesChanged(outcome);
    return await this.#record("deactivate-device", outcome, nothing, request);
  }

  override async verifyCode(request: VerifyCodeRequest): Promise<Outcome<Verification>> {
    return await this.#record("verify-code", await super.verifyCode(request), driftOf, request);
  }

  override async createVault(passphrase: string): Promise<Outcome<void>> {
    return await this.#record("create-vault", await super.createVault(passphrase));
  }

  override async unlock(passphrase: string): Promise<Outcome<void>> {
    return await this.#record("unlock", await super.unlock(passphrase));
  }

  override async lock(): Promise<Outcome<void>> {
    return await this.#record("lock", await super.lock());
  }

  override async changePassphrase(current: string, next: string): Promise<Outcome<void>> {
    return await this.#record("change-passphrase", await super.changePassphrase(current, next));
  }

  override async exportBackup(
    callId: string,
    passphrase: string,
    onProgress: ProgressListener,
  ): Promise<Outcome<Blob>> {
    return await this.#record("export-backup", await super.exportBackup(callId, passphrase, onProgress));
  }

  override async importBackup(
    callId: string,
    backup: Blob,
    passphrase: string,
    options: WireRestoreOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<void>> {
    const outcome = await super.importBackup(callId, backup, passphrase, options, onProgress);
    this.#devicesChanged(outcome);
    return await this.#record("import-backup", outcome);
  }

  override async unlockWithPasskey(id: string, prfOutput: Uint8Array<ArrayBuffer>): Promise<Outcome<void>> {
    return await this.#record("unlock", await super.unlockWithPasskey(id, prfOutput), byPasskey);
  }

  override async addPasskey(passkey: WirePasskey, passphrase: string): Promise<Outcome<PasskeySummary>> {
    return await this.#record("add-passkey", await super.addPasskey(passkey, passphrase));
  }

  override async removePasskey(id: string): Promise<Outcome<void>> {
    return await this.#record("remove-passkey", await super.removePasskey(id));
  }

  override async importSeeds(
    callId: string,
    file: WireFile,
    options: WireImportOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<ImportReport>> {
    const outcome = await super.importSeeds(callId, file, options, onProgress);
    return await this.#record("import-seeds", outcome, ({ imported, skippedCount, duplicateCount }) => ({
      imported,
      skipped: skippedCount,
      duplicates: duplicateCount,
    }));
  }

  override async undoImport(importId: string, onProgress: ProgressListener): Promise<Outcome<UndoReport>> {
    const outcome = await super.undoImport(importId, onProgress);
    return await this.#record("undo-import", outcome, ({ removed, restored, kept }) => ({
      removed,
      restored,
      kept: kept.length,
    }));
  }

  override async labelSeed(serialNumber: string, label: string): Promise<Outcome<void>> {
    const outcome = await super.labelSeed(serialNumber, label);
    return await this.#record("label-seed", outcome, nothing, { serialNumber });
  }

  override async retireSeeds(
    callId: string,
    choice: SeedChoice,
    onProgress: ProgressListener,
  ): Promise<Outcome<RetireReport>> {
    const outcome = await super.retireSeeds(callId, choice, onProgress);
    return await this.#record("retire-seeds", outcome, ({ retired, kept }) => ({ tokens: retired, kept }));
  }

  override async restoreSeeds(
    callId: string,
    tokens: WireRetired,
    onProgress: ProgressListener,
  ): Promise<Outcome<RestoreReport>> {
    const outcome = await super.restoreSeeds(callId, tokens, onProgress);
    return await this.#record("restore-seeds", outcome, ({ restored, kept }) => ({ tokens: restored, kept }));
  }

  protected override async release(
    callId: string,
    choice: SeedChoice,
    password: string,
    onProgress: ProgressListener,
  ): Promise<Outcome<Release>> {
    const outcome = await super.release(callId, choice, password, onProgress);
    return await this.#record("export-seeds", outcome, ({ tokens }) => ({ tokens }));
  }

  auditLog(query: AuditQuery): Promise<Outcome<AuditEntry[]>> {
    return this.ask(async ({ vault, audit }) => {
      await vault.requireOpen();
      return await audit.list(requireAuditQuery(query));
    });
  }

  exportAuditLog(): Promise<Outcome<Blob>> {
    return this.ask(async ({ vault, audit }) => {
      await vault.requireOpen();
      return new Blob([auditCsv(await audit.all())], { type: "text/csv;charset=utf-8" });
    });
  }

  /** Writes it down and answers with the outcome, whatever comes of the writing: no operation fails for its entry. */
  async #record<T>(
    action: AuditAction,
    outcome: Outcome<T>,
    detailsOf: (value: T) => Details = nothing,
    request?: AuditedRequest,
  ): Promise<Outcome<T>> {
    if (!this.parts) return outcome;
    const { audit, store, now } = this.parts;
    try {
      const details = outcome.ok ? detailsOf(outcome.value) : reasonOf(outcome.error);
      const entry = {
        atMs: now(),
        action,
        outcome: outcome.ok ? "done" : outcome.error.code,
        ...(request !== undefined && (await involvedIn(request, outcome, store))),
        ...(details && { details }),
      };
      // What a sign-in changed is on disk already: its entry need not hold it up.
      await audit.append(entry, action === "verify-code" ? "relaxed" : "strict");
    } catch {
      // The disk is full, or the database is gone: the next call says so itself.
    }
    return outcome;
  }

  #devicesChanged({ ok }: Outcome<unknown>): void {
    if (ok && this.parts) announceDevices(this.parts.database.name);
  }
}

const byPasskey = (): Details => ({ by: "passkey" });

const nothing = (): Details => undefined;

function driftOf({ driftSteps }: { readonly driftSteps: number }): Details {
  return { driftSteps };
}

/** Of an error's details only what is out of a fixed list. */
function reasonOf({ details }: WireError): Details {
  const { reason, taken } = details;
  const known = [
    ["reason", reason],
    ["taken", taken],
  ].filter((pair): pair is [string, string] => typeof pair[1] === "string" && REASONS.has(pair[1]));
  return known.length === 0 ? undefined : Object.fromEntries(known);
}

/** `MfaErrorReason`, and `MfaErrorDetails.taken`. */
const REASONS: ReadonlySet<string> = new Set([
  "swapped",
  "skipped",
  "too-old",
  "too-new",
  "mark-in-future",
  "serial-number",
  "device-name",
]);
