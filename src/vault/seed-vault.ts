import { wipe } from "../core/bytes.ts";
import type { Seed } from "../otp/seed.ts";
import type { Database } from "./database.ts";
import { VaultError } from "./errors.ts";
import {
  createDeviceHeader,
  importDataKey,
  openBytes,
  sealBytes,
  unwrapDataKey,
  withPassphrase,
  type VaultHeader,
} from "./header.ts";
import { serialKeyOf, type SeedRecord } from "./records.ts";

/** Whether seeds can be opened now: `new` needs no passphrase, `locked` waits for it, `unlocked` was given it. */
export type SeedVaultState = "new" | "locked" | "unlocked";

/**
 * Keeps every seed sealed with AES-256-GCM, each bound to its place (vault, store, serial number). Only this class sees
 * the data key; it knows nothing of users, codes or windows.
 */
export class SeedVault {
  readonly #database: Database;
  #opened: Promise<OpenedVault> | undefined;

  constructor(database: Database) {
    this.#database = database;
    // The database may be another one when it is opened again: its seeds have another key.
    database.onClosed(() => this.lock());
  }

  async state(): Promise<SeedVaultState> {
    const header = await this.#storedHeader();
    if (!header || header.slot.kind === "device") return "new";
    return this.#opened ? "unlocked" : "locked";
  }

  /** Puts the vault under a passphrase. Rejects with `vault-exists`. */
  async create(passphrase: string): Promise<void> {
    const header = await this.#header();
    if (header.slot.kind !== "device") {
      throw new VaultError("vault-exists", "The vault has a passphrase already. Change it instead.");
    }
    await this.#rewrap(header, undefined, passphrase);
  }

  /** Rejects with `wrong-passphrase`. A vault without a passphrase opens for any. */
  async unlock(passphrase: string): Promise<void> {
    const opened = await openVault(await this.#header(), passphrase);
    this.#opened = Promise.resolve(opened);
  }

  /** Rejects with `vault-locked`: for what is stored in the clear, yet is nobody's business while the vault is locked. */
  async requireOpen(): Promise<void> {
    await this.#openedVault();
  }

  /** Forgets the key. Without a passphrase there is nothing to lock: the next use opens it again. */
  lock(): void {
    this.#opened = undefined;
  }

  async changePassphrase(current: string, next: string): Promise<void> {
    await this.#rewrap(await this.#header(), current, next);
  }

  /** The seed of a record, opened; the caller wipes its secret. Rejects with `vault-locked` or `store-corrupt`. */
  async open(record: SeedRecord): Promise<Seed> {
    const { serialKey: _, importId: __, sealedSecret, ...plain } = record;
    const { key, vaultId } = await this.#openedVault();
    return {
      ...plain,
      secret: await openBytes(key, sealedSecret, seedContext(vaultId, record.serialNumber)),
    };
  }

  /** Seals a seed into the record to store, for the vault of that id only. Rejects with `vault-locked`. */
  async seal(seed: Seed): Promise<{ readonly record: SeedRecord; readonly vaultId: string }> {
    const { secret, ...plain } = seed;
    const { key, vaultId } = await this.#openedVault();
    const sealedSecret = await sealBytes(key, secret, seedContext(vaultId, seed.serialNumber));
    const serialKey = serialKeyOf(seed.serialNumber);
    const record = { ...plain, ...(serialKey !== seed.serialNumber && { serialKey }), sealedSecret };
    return { record, vaultId };
  }

  #openedVault(): Promise<OpenedVault> {
    this.#opened ??= this.#header()
      .then((header) => openVault(header))
      .catch((error: unknown) => {
        this.#opened = undefined;
        throw error;
      });
    return this.#opened;
  }

  async #rewrap(header: VaultHeader, current: string | undefined, next: string): Promise<void> {
    const dataKey = await unwrapDataKey(header, current);
    try {
      const rewrapped = await withPassphrase(header, dataKey, next);
      await this.#database.write(["vault"], async (transaction) => {
        const store = transaction.objectStore("vault");
        const stored = await store.get("header");
        if (stored?.slot.kind !== header.slot.kind) {
          throw new VaultError("busy", "Another tab changed the passphrase at the same time. Try again.");
        }
        await store.put(rewrapped, "header");
      });
      this.#opened = Promise.resolve({ key: await importDataKey(dataKey), vaultId: header.vaultId });
    } finally {
      wipe(dataKey);
    }
  }

  #storedHeader(): Promise<VaultHeader | undefined> {
    return this.#database.read((database) => database.get("vault", "header"));
  }

  /** The header, made at the first use. Two tabs may race: the one that comes second takes what the first wrote. */
  async #header(): Promise<VaultHeader> {
    const stored = await this.#storedHeader();
    if (stored) return stored;
    const fresh = await createDeviceHeader();
    return await this.#database.write(["vault"], async (transaction) => {
      const store = transaction.objectStore("vault");
      const first = await store.get("header");
      if (first) return first;
      await store.put(fresh, "header");
      return fresh;
    });
  }
}

interface OpenedVault {
  readonly key: CryptoKey;
  readonly vaultId: string;
}

async function openVault(header: VaultHeader, passphrase?: string): Promise<OpenedVault> {
  const dataKey = await unwrapDataKey(header, passphrase);
  try {
    return { key: await importDataKey(dataKey), vaultId: header.vaultId };
  } finally {
    wipe(dataKey);
  }
}

function seedContext(vaultId: string, serialNumber: string): string {
  return JSON.stringify(["oath-bridge seed", vaultId, serialNumber]);
}
