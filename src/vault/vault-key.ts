import { wipe, type Bytes } from "../core/bytes.ts";
import { VaultError } from "./errors.ts";
import {
  createPassphraseSlot,
  isSameSlot,
  openDeviceSlot,
  openPassphraseSlot,
  type KeySlot,
  type PassphraseSlot,
  type VaultHeader,
} from "./header.ts";
import { changedPassphrase, type HeaderStore } from "./header-store.ts";
import type { KdfParameters } from "./kdf-parameters.ts";
import type { PassphraseKdf } from "./passphrase-kdf.ts";

/** A data key in the clear, with the slot it came from. Whoever gets it wipes it. */
export interface OpenedKey {
  readonly dataKey: Bytes;
  readonly header: VaultHeader;
  readonly slot: KeySlot;
}

/** Takes the vault's data key out of its slots and puts it into others. */
export class VaultKey {
  readonly #headers: HeaderStore;
  readonly #kdf: PassphraseKdf;

  constructor(headers: HeaderStore, kdf: PassphraseKdf) {
    this.#headers = headers;
    this.#kdf = kdf;
  }

  /** Rejects with `vault-locked` when a passphrase is needed and none given; else as {@link openPassphraseSlot}. */
  async open(header: VaultHeader, passphrase?: string): Promise<OpenedKey> {
    const { vaultId, slot, nextSlot } = header;
    if (slot.kind === "device") return { dataKey: await openDeviceSlot(vaultId, slot), header, slot };
    if (passphrase === undefined) {
      throw new VaultError("vault-locked", "The vault is locked. Unlock it with its passphrase.");
    }
    try {
      return { dataKey: await openPassphraseSlot(this.#kdf, vaultId, slot, passphrase), header, slot };
    } catch (error) {
      if (!nextSlot) throw error;
      // A change of the passphrase was cut short: both open the vault until one of them is used.
      const dataKey = await openPassphraseSlot(this.#kdf, vaultId, nextSlot, passphrase).catch(() => {
        throw error;
      });
      return { dataKey, header, slot: nextSlot };
    }
  }

  /**
   * Puts the data key under a passphrase and drops the slot it was in, once the new one is stored and has been opened from
   * there. Rejects with `busy` when another tab does the same.
   */
  async rewrap(
    { dataKey, header }: OpenedKey,
    passphrase: string,
    options: { readonly parameters?: KdfParameters; readonly lockMark?: string } = {},
  ): Promise<VaultHeader> {
    const parameters = options.parameters ?? (await this.#kdf.choose());
    const slot = await createPassphraseSlot(this.#kdf, header.vaultId, dataKey, passphrase, parameters);
    await this.#headers.stage(header, slot);
    try {
      const stored = await this.#headers.find();
      if (!stored?.nextSlot || !isSameSlot(stored.nextSlot, slot)) throw changedPassphrase();
      const reopened = await openPassphraseSlot(this.#kdf, stored.vaultId, stored.nextSlot, passphrase);
      const isRight = reopened.every((byte, index) => byte === dataKey[index]);
      wipe(reopened);
      if (!isRight) throw damagedWhileWriting();
    } catch (error) {
      await this.#headers.discard(slot).catch(() => undefined);
      throw error;
    }
    return await this.#headers.promote(slot, options.lockMark);
  }

  /**
   * Once a passphrase has opened the vault: a change cut short is finished or undone, according to which passphrase was given.
   * What fails is left for the next time.
   */
  async settle(opened: OpenedKey): Promise<OpenedKey> {
    const { header, slot } = opened;
    if (slot.kind !== "passphrase") return opened;
    // The vault is open, which is what was asked for.
    return { ...opened, header: await this.#settleSlot(header, slot).catch(() => header) };
  }

  /**
   * Puts the data key under a stronger derivation where this machine can afford one, unless `isWanted` denies it by then. Never
   * rejects: the vault is good as it is.
   */
  async strengthen(opened: OpenedKey, passphrase: string, isWanted: () => boolean): Promise<void> {
    if (opened.slot.kind !== "passphrase") return;
    try {
      const parameters = await this.#kdf.reconsider(opened.slot);
      if (parameters && isWanted()) await this.rewrap(opened, passphrase, { parameters });
    } catch {
      // At the next unlock, then.
    }
  }

  async #settleSlot(header: VaultHeader, used: PassphraseSlot): Promise<VaultHeader> {
    if (!header.nextSlot) return header;
    return isSameSlot(header.nextSlot, used)
      ? await this.#headers.promote(used)
      : await this.#headers.discard(header.nextSlot);
  }
}

function damagedWhileWriting(): VaultError {
  return new VaultError(
    "store-corrupt",
    "The new passphrase could not be stored. The old one is still good.",
  );
}
