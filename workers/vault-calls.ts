import type { PasskeySummary, VaultState } from "../src/mfa/vault-contract.ts";
import { loadPart } from "../src/mfa/load-part.ts";
import { ProgressPulse } from "../src/mfa/progress-pulse.ts";
import type { AutoLockState } from "../src/vault/vault-watch.ts";
import type {
  Outcome,
  ProgressListener,
  StoredPasskey,
  WirePasskey,
  WireRestoreOptions,
} from "./contract.ts";
import {
  requireBlob,
  requireCredentialId,
  requireObject,
  requirePasskey,
  requirePassphrase,
  requirePrfOutput,
  requireText,
  wipeCopy,
} from "./requests.ts";
import type { ServiceParts } from "./service-parts.ts";

/** The calls that open and shut the vault. What they seldom need (backups) is loaded when it is asked for. */
export abstract class VaultCalls {
  /** Runs a call that uses the vault, and so keeps it from locking by itself. */
  protected abstract run<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>>;
  /** The same for a call that the page can cancel. */
  protected abstract runCancellable<T>(
    callId: string,
    work: (parts: ServiceParts, signal: AbortSignal) => Promise<T>,
  ): Promise<Outcome<T>>;
  /** Runs a call that does not. */
  protected abstract ask<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>>;
  /** The same for one that is let in however many others are under way. */
  protected abstract askAtOnce<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>>;

  vaultState(): Promise<Outcome<VaultState>> {
    return this.ask(({ vault }) => vault.state());
  }

  autoLock(): Promise<Outcome<AutoLockState | null>> {
    return this.ask(({ watch }) => watch.autoLock());
  }

  keepOpen(): Promise<Outcome<void>> {
    return this.run(({ vault }) => vault.requireOpen());
  }

  createVault(passphrase: string): Promise<Outcome<void>> {
    return this.run(async ({ vault, watch }) => {
      await vault.create(requirePassphrase(passphrase));
      watch.passphraseSet();
    });
  }

  unlock(passphrase: string): Promise<Outcome<void>> {
    return this.run(({ vault }) => vault.unlock(requireText(passphrase)));
  }

  lock(): Promise<Outcome<void>> {
    return this.askAtOnce(({ watch }) => watch.lockEverywhere());
  }

  changePassphrase(current: string, next: string): Promise<Outcome<void>> {
    return this.run(async ({ vault, watch }) => {
      await vault.changePassphrase(requireText(current), requirePassphrase(next));
      watch.passphraseSet();
    });
  }

  exportBackup(callId: string, passphrase: string, onProgress: ProgressListener): Promise<Outcome<Blob>> {
    return this.runCancellable(callId, async ({ backup, journal, vault }, signal) => {
      const isNew = (await vault.state()) === "new";
      const given = isNew ? requirePassphrase(passphrase) : requireText(passphrase);
      const pulse = new ProgressPulse(onProgress);
      const { exportBackup } = await loadPart(() => import("../src/vault/backup/export-backup.ts"));
      const write = () => exportBackup(backup, given, { signal, onProgress: pulse.tell });
      return await journal.apart(write, pulse.beat);
    });
  }

  importBackup(
    callId: string,
    file: Blob,
    passphrase: string,
    options: WireRestoreOptions,
    onProgress: ProgressListener,
  ): Promise<Outcome<void>> {
    return this.runCancellable(callId, async ({ backup, journal, watch }, signal) => {
      const given = requireText(passphrase);
      const allowOlder = requireObject(options).allowOlder === true;
      const pulse = new ProgressPulse(onProgress);
      const watching = { signal, onProgress: pulse.tell, onWritten: () => watch.passphraseSet() };
      const { importBackup } = await loadPart(() => import("../src/vault/backup/import-backup.ts"));
      await journal.apart(
        () => importBackup(backup, requireBlob(file), given, { allowOlder }, watching),
        pulse.beat,
      );
    });
  }

  passkeys(): Promise<Outcome<StoredPasskey[]>> {
    return this.ask(async ({ passkeys }) =>
      (await passkeys.list()).map(({ credentialId: id, ...passkey }) => ({ id, ...passkey })),
    );
  }

  preparePasskey(passphrase: string): Promise<Outcome<string[]>> {
    return this.run(async ({ passkeys }) => {
      await passkeys.requireRoom(requireText(passphrase));
      return (await passkeys.list()).map(({ credentialId }) => credentialId);
    });
  }

  async addPasskey(passkey: WirePasskey, passphrase: string): Promise<Outcome<PasskeySummary>> {
    try {
      return await this.run(async ({ passkeys }) => {
        const { id, ...given } = requirePasskey(passkey);
        const addedAtMs = Date.now();
        await passkeys.add({ credentialId: id, ...given, addedAtMs }, requireText(passphrase));
        return { id, name: given.name, addedAtMs };
      });
    } finally {
      wipeCopy(passkey?.prfOutput);
    }
  }

  async unlockWithPasskey(id: string, prfOutput: Uint8Array<ArrayBuffer>): Promise<Outcome<void>> {
    try {
      return await this.run(({ passkeys }) =>
        passkeys.unlock(requireCredentialId(id), requirePrfOutput(prfOutput)),
      );
    } finally {
      wipeCopy(prfOutput);
    }
  }

  removePasskey(id: string): Promise<Outcome<void>> {
    return this.run(({ passkeys }) => passkeys.remove(requireCredentialId(id)));
  }
}
