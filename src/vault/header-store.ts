import type { Database } from "./database.ts";
import { VaultError } from "./errors.ts";
import { createDeviceHeader, isSameSlot, type PassphraseSlot, type VaultHeader } from "./header.ts";

/** The header in the database. Each change is one transaction that looks at what is stored then, not at what was read before. */
export class HeaderStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  find(): Promise<VaultHeader | undefined> {
    return this.#database.read((database) => database.get("vault", "header"));
  }

  /** The header, made at the first use. Two tabs may race: the one that comes second takes what the first wrote. */
  async require(): Promise<VaultHeader> {
    const stored = await this.find();
    if (stored) return stored;
    const fresh = await createDeviceHeader();
    return await this.#change((first) => first ?? fresh);
  }

  /** Puts a slot beside the one in `header`. Rejects with `busy` when that is no longer the vault's. */
  stage(header: VaultHeader, nextSlot: PassphraseSlot): Promise<VaultHeader> {
    return this.#change((stored) => {
      if (!stored || !isSameSlot(stored.slot, header.slot)) throw changedPassphrase();
      return { ...stored, nextSlot };
    });
  }

  /** Puts the staged slot in the place of the other, with a new mark if one is given. Rejects with `busy` when it is gone. */
  promote(staged: PassphraseSlot, lockMark?: string): Promise<VaultHeader> {
    return this.#change((stored) => {
      if (!stored || !isSameSlot(stored.nextSlot, staged)) throw changedPassphrase();
      const { nextSlot: slot = staged, ...kept } = stored;
      return { ...kept, slot, ...(lockMark !== undefined && { lockMark }) };
    });
  }

  /** Drops a staged slot, if it is there. */
  discard(staged: PassphraseSlot): Promise<VaultHeader> {
    return this.#change((stored) => {
      if (!stored) throw changedPassphrase();
      const { nextSlot, ...kept } = stored;
      return isSameSlot(nextSlot, staged) ? kept : stored;
    });
  }

  /** Any other change of the vault of that id. Rejects with `busy` when another has taken its place. */
  changeVault(vaultId: string, change: (stored: VaultHeader) => VaultHeader): Promise<VaultHeader> {
    return this.#change((stored) => {
      if (stored?.vaultId !== vaultId) throw changedPassphrase();
      return change(stored);
    });
  }

  /** Tells every tab that the vault was locked: to be asked for with `find`. */
  mark(lockMark: string): Promise<VaultHeader> {
    return this.#change((stored) => {
      if (!stored) throw changedPassphrase();
      return { ...stored, lockMark };
    });
  }

  #change(change: (stored: VaultHeader | undefined) => VaultHeader): Promise<VaultHeader> {
    return this.#database.write(["vault"], async (transaction) => {
      const store = transaction.objectStore("vault");
      const stored = await store.get("header");
      const changed = change(stored);
      if (changed !== stored) await store.put(changed, "header");
      return changed;
    });
  }
}

/** Somebody else gave the vault another key slot meanwhile; ours is not used. */
export function changedPassphrase(): VaultError {
  return new VaultError("busy", "Another tab changed the passphrase at the same time. Try again.");
}
