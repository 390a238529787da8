import type { Bytes } from "../core/bytes.ts";
import type { Database } from "./database.ts";
import { VaultError } from "./errors.ts";
import type { VaultHeader } from "./header.ts";
import { HeaderStore } from "./header-store.ts";
import {
  createPasskeySlot,
  openPasskeySlot,
  unknownPasskey,
  type NewPasskey,
  type PasskeySlot,
} from "./passkey-slot.ts";
import type { SeedVault } from "./seed-vault.ts";
import type { OpenedKey } from "./vault-key.ts";

/** More of them are no convenience any more, and each is another way in. */
const MOST_PASSKEYS = 8;

/**
 * The passkeys that open a vault beside its passphrase. Each holds the same data key: a change of the passphrase leaves them,
 * and one that was taken away opens nothing but old copies of the header.
 */
export class VaultPasskeys {
  readonly #headers: HeaderStore;
  readonly #vault: SeedVault;

  constructor(database: Database, vault: SeedVault) {
    this.#headers = new HeaderStore(database);
    this.#vault = vault;
  }

  /** In the order they were added; also of a locked vault. */
  async list(): Promise<Omit<PasskeySlot, "wrappedKey">[]> {
    const header = await this.#headers.find();
    return passkeysOf(header).map(({ credentialId, salt, name, addedAtMs }) => ({
      credentialId,
      salt,
      name,
      addedAtMs,
    }));
  }

  /**
   * Rejects unless one more may be added by whoever gave `passphrase`: asked before the authenticator makes one, which it could
   * not take back. With `no-passphrase`, `vault-locked`, `passkey-limit`, or as {@link SeedVault.unlock}.
   */
  async requireRoom(passphrase: string): Promise<void> {
    await this.#vault.requireOpen();
    requireRoomIn(await this.#headers.find());
    await this.#vault.withDataKey(passphrase, (opened) => Promise.resolve(requirePassphraseSlot(opened)));
  }

  /** Needs the passphrase again, for it gives away the data key for good. Rejects as {@link requireRoom}. */
  async add(passkey: NewPasskey, passphrase: string): Promise<void> {
    await this.#vault.requireOpen();
    await this.#vault.withDataKey(passphrase, async (opened) => {
      requirePassphraseSlot(opened);
      const {
        dataKey,
        header: { vaultId },
      } = opened;
      const slot = await createPasskeySlot(vaultId, dataKey, passkey);
      await this.#headers.changeVault(vaultId, (stored) => {
        const others = passkeysOf(stored).filter((one) => one.credentialId !== slot.credentialId);
        const changed = { ...stored, passkeys: others };
        requireRoomIn(changed);
        return { ...changed, passkeys: [...others, slot] };
      });
    });
  }

  /** Opens the vault. Rejects with `passkey-unknown`, and with `vault-locked` when it was locked meanwhile. */
  async unlock(credentialId: string, prfOutput: Bytes): Promise<void> {
    await this.#vault.openBy(async (header) => {
      const slot = passkeysOf(header).find((one) => one.credentialId === credentialId);
      if (!slot) throw unknownPasskey();
      return await openPasskeySlot(header.vaultId, slot, prfOutput);
    });
  }

  /** Rejects with `vault-locked`, and with `passkey-unknown` when there is none of that id. */
  async remove(credentialId: string): Promise<void> {
    await this.#vault.requireOpen();
    const { vaultId } = await this.#headers.require();
    await this.#headers.changeVault(vaultId, ({ passkeys = [], ...stored }) => {
      const others = passkeys.filter((one) => one.credentialId !== credentialId);
      if (others.length === passkeys.length) throw unknownPasskey();
      return others.length ? { ...stored, passkeys: others } : stored;
    });
  }
}

function requireRoomIn(header: VaultHeader | undefined): void {
  if (passkeysOf(header).length < MOST_PASSKEYS) return;
  throw new VaultError("passkey-limit", `A vault has ${MOST_PASSKEYS} passkeys at the most.`);
}

/** Beside the passphrase only; of storage that was tampered with, what can be one. */
function passkeysOf(header: VaultHeader | undefined): readonly PasskeySlot[] {
  return header?.slot.kind === "passphrase" && Array.isArray(header.passkeys) ? header.passkeys : [];
}

/** A passkey beside a passphrase, not instead of one: it may get lost. */
function requirePassphraseSlot({ slot }: OpenedKey): void {
  if (slot.kind === "passphrase") return;
  throw new VaultError("no-passphrase", "The vault has no passphrase yet. Set one first.");
}
