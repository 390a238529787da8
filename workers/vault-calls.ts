import type { PasskeySummary, VaultState } from "../src/mfa/local-contract.ts";
import type { Outcome, StoredPasskey, WirePasskey } from "./contract.ts";
import {
  requireCredentialId,
  requirePasskey,
  requirePassphrase,
  requirePrfOutput,
  requireText,
  wipeCopy,
} from "./requests.ts";
import type { ServiceParts } from "./service-parts.ts";

/** The calls that open and shut the vault. */
export abstract class VaultCalls {
  /** Runs a call that uses the vault, and so keeps it from locking by itself. */
  protected abstract run<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>>;
  /** Runs a call that does not. */
  protected abstract ask<T>(work: (parts: ServiceParts) => Promise<T>): Promise<Outcome<T>>;

  vaultState(): Promise<Outcome<VaultState>> {
    return this.ask(({ vault }) => vault.state());
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
    return this.ask(({ watch }) => watch.lockEverywhere());
  }

  changePassphrase(current: string, next: string): Promise<Outcome<void>> {
    return this.run(async ({ vault, watch }) => {
      await vault.changePassphrase(requireText(current), requirePassphrase(next));
      watch.passphraseSet();
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
