import { wipe, type Bytes } from "../core/bytes.ts";
import { VaultError } from "./errors.ts";
import type { KdfParameters } from "./kdf-parameters.ts";
import type { PasskeySlot } from "./passkey-slot.ts";
import type { PassphraseKdf } from "./passphrase-kdf.ts";
import type { SealedBytes } from "./records.ts";
import { AES_GCM, IV_BYTES, openBytes, sealBytes, TAG_BYTES } from "./sealing.ts";

/**
 * The vault's one data key, wrapped. A new vault keeps it under a non-extractable key of this browser profile (good for a
 * demo: no decision before the first try); a vault with a passphrase keeps it under a key derived from that alone.
 */
export interface VaultHeader {
  readonly vaultId: string;
  readonly schemaVersion: 1;
  readonly slot: KeySlot;
  /**
   * The slot that is to take the place of `slot`: it stands beside it until it has been proved to open, so that a crash at any
   * moment leaves one that does.
   */
  readonly nextSlot?: PassphraseSlot;
  /** Another mark after each lock for all tabs and each new passphrase: who opened the vault before has to open it again. */
  readonly lockMark?: string;
  /** Unix milliseconds: this vault came from a backup then, so all codes that clocks could show until then are used. */
  readonly restoredAtMs?: number;
  /** Other ways to the same data key, beside a passphrase. */
  readonly passkeys?: readonly PasskeySlot[];
}

export type KeySlot = DeviceSlot | PassphraseSlot;

export interface DeviceSlot {
  readonly kind: "device";
  readonly wrappingKey: CryptoKey;
  readonly wrappedKey: SealedBytes;
}

export type PassphraseSlot = {
  readonly kind: "passphrase";
  readonly salt: Bytes;
  readonly wrappedKey: SealedBytes;
} & KdfParameters;

const KEY_BYTES = 32;
const SALT_BYTES = { ours: 16, most: 64 } as const;

/** A fresh vault under a key of this profile. */
export async function createDeviceHeader(): Promise<VaultHeader> {
  const dataKey = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  try {
    const vaultId = crypto.randomUUID();
    const wrappingKey = await crypto.subtle.generateKey(AES_GCM, false, ["encrypt", "decrypt"]);
    const wrappedKey = await sealBytes(wrappingKey, dataKey, slotContext(vaultId, "device"));
    return { vaultId, schemaVersion: 1, slot: { kind: "device", wrappingKey, wrappedKey } };
  } finally {
    wipe(dataKey);
  }
}

/** A slot that holds the vault's data key under `passphrase`, with a fresh salt. */
export async function createPassphraseSlot(
  kdf: PassphraseKdf,
  vaultId: string,
  dataKey: Bytes,
  passphrase: string,
  parameters: KdfParameters,
): Promise<PassphraseSlot> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES.ours));
  const wrappingKey = await kdf.derive(passphrase, salt, parameters);
  const wrappedKey = await sealBytes(wrappingKey, dataKey, slotContext(vaultId, "passphrase"));
  return { kind: "passphrase", ...parameters, salt, wrappedKey };
}

/**
 * The raw data key of a slot; the caller wipes it. Rejects with `wrong-passphrase` whether the passphrase or the wrapped key
 * is not the right one, with `store-corrupt` for a slot that cannot be ours, and with `wasm-blocked`.
 */
export async function openPassphraseSlot(
  kdf: PassphraseKdf,
  vaultId: string,
  slot: PassphraseSlot,
  passphrase: string,
): Promise<Bytes> {
  requireWellFormed(slot);
  const wrappingKey = passphrase === "" ? null : await kdf.derive(passphrase, slot.salt, slot);
  try {
    if (!wrappingKey) throw new RangeError("an empty passphrase opens nothing");
    return await openBytes(wrappingKey, slot.wrappedKey, slotContext(vaultId, "passphrase"));
  } catch (error) {
    throw new VaultError("wrong-passphrase", "That passphrase does not open the vault.", { cause: error });
  }
}

/** The raw data key of a vault without a passphrase; the caller wipes it. Rejects with `store-corrupt`. */
export function openDeviceSlot(vaultId: string, { wrappingKey, wrappedKey }: DeviceSlot): Promise<Bytes> {
  return openBytes(wrappingKey, wrappedKey, slotContext(vaultId, "device"));
}

/** True when both are one and the same slot: each wraps under a nonce of its own. */
export function isSameSlot(one: KeySlot | undefined, other: KeySlot | undefined): boolean {
  return one?.wrappedKey.iv.join() === other?.wrappedKey.iv.join();
}

/** What comes from storage is not trusted before it is measured. */
function requireWellFormed({ salt, wrappedKey }: PassphraseSlot): void {
  const isWellFormed = isBytes(salt, SALT_BYTES.ours, SALT_BYTES.most) && isSealedKey(wrappedKey);
  if (!isWellFormed) {
    throw new VaultError("store-corrupt", "The vault's header was changed from outside. Restore a backup.");
  }
}

/** True for what may be a data key under another key. */
export function isSealedKey(wrappedKey: SealedBytes | undefined): boolean {
  return (
    isBytes(wrappedKey?.iv, IV_BYTES, IV_BYTES) &&
    isBytes(wrappedKey?.ciphertext, KEY_BYTES + TAG_BYTES, KEY_BYTES + TAG_BYTES)
  );
}

function isBytes(value: unknown, least: number, most: number): boolean {
  return value instanceof Uint8Array && value.length >= least && value.length <= most;
}

function slotContext(vaultId: string, kind: KeySlot["kind"]): string {
  return JSON.stringify(["oath-bridge slot", vaultId, kind]);
}
