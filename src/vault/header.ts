import { utf8Bytes, wipe, type Bytes } from "../core/bytes.ts";
import { VaultError } from "./errors.ts";
import type { SealedBytes } from "./records.ts";

/**
 * The vault's one data key, wrapped. A new vault keeps it under a non-extractable key of this browser profile (good for a
 * demo: no decision before the first try); a vault with a passphrase keeps it under a key derived from that alone.
 */
export interface VaultHeader {
  readonly vaultId: string;
  readonly schemaVersion: 1;
  readonly slot: DeviceSlot | PassphraseSlot;
}

interface DeviceSlot {
  readonly kind: "device";
  readonly wrappingKey: CryptoKey;
  readonly wrappedKey: SealedBytes;
}

interface PassphraseSlot {
  readonly kind: "passphrase";
  readonly kdf: "PBKDF2-SHA256";
  readonly iterations: number;
  readonly salt: Bytes;
  readonly wrappedKey: SealedBytes;
}

/** OWASP asks for 600 000 rounds of PBKDF2-SHA-256 at least; ours, and the most we accept from storage. */
const PBKDF2_ITERATIONS = { least: 600_000, ours: 1_200_000, most: 5_000_000 } as const;
const AES_GCM = { name: "AES-GCM", length: 256 } as const;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
/** NIST SP 800-38D section 8.2.2: 96 random bits. */
const IV_BYTES = 12;

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

/** The same vault with its data key wrapped under `passphrase`. */
export async function withPassphrase(
  header: VaultHeader,
  dataKey: Bytes,
  passphrase: string,
): Promise<VaultHeader> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iterations = PBKDF2_ITERATIONS.ours;
  const wrappingKey = await deriveKey(passphrase, salt, iterations);
  const wrappedKey = await sealBytes(wrappingKey, dataKey, slotContext(header.vaultId, "passphrase"));
  return { ...header, slot: { kind: "passphrase", kdf: "PBKDF2-SHA256", iterations, salt, wrappedKey } };
}

/** The raw data key; the caller wipes it. Rejects with `vault-locked`, `wrong-passphrase` or `store-corrupt`. */
export async function unwrapDataKey(header: VaultHeader, passphrase?: string): Promise<Bytes> {
  const { vaultId, slot } = header;
  if (slot.kind === "device") {
    return await openBytes(slot.wrappingKey, slot.wrappedKey, slotContext(vaultId, "device"));
  }
  if (passphrase === undefined) {
    throw new VaultError("vault-locked", "The vault is locked. Unlock it with its passphrase.");
  }
  const { iterations, salt, wrappedKey } = slot;
  // Checked before use: a tampered header must neither weaken the key nor hang the worker.
  if (!(iterations >= PBKDF2_ITERATIONS.least && iterations <= PBKDF2_ITERATIONS.most)) {
    throw new VaultError("store-corrupt", "The vault's header was changed from outside. Restore a backup.");
  }
  const wrappingKey = await deriveKey(passphrase, salt, iterations);
  try {
    return await openBytes(wrappingKey, wrappedKey, slotContext(vaultId, "passphrase"));
  } catch (error) {
    throw new VaultError("wrong-passphrase", "That passphrase does not open the vault.", { cause: error });
  }
}

/** The key seeds are sealed with; it cannot be exported again. */
export function importDataKey(dataKey: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", dataKey, AES_GCM, false, ["encrypt", "decrypt"]);
}

/** Encrypts under a fresh nonce; `context` is bound to the result and must be the same to open it. */
export async function sealBytes(key: CryptoKey, plain: Bytes, context: string): Promise<SealedBytes> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const algorithm = { name: "AES-GCM", iv, additionalData: utf8Bytes(context) };
  return { iv, ciphertext: new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plain)) };
}

/** Decrypts what {@link sealBytes} made. Rejects with `store-corrupt` when anything was changed, moved or cut. */
export async function openBytes(key: CryptoKey, sealed: SealedBytes, context: string): Promise<Bytes> {
  try {
    const algorithm = { name: "AES-GCM", iv: sealed.iv, additionalData: utf8Bytes(context) };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.ciphertext));
  } catch (error) {
    throw new VaultError("store-corrupt", "A stored record is damaged and was not used.", { cause: error });
  }
}

function slotContext(vaultId: string, kind: VaultHeader["slot"]["kind"]): string {
  return JSON.stringify(["oath-bridge slot", vaultId, kind]);
}

async function deriveKey(passphrase: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const bytes = utf8Bytes(passphrase.normalize("NFC"));
  try {
    const material = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveKey"]);
    const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
    return await crypto.subtle.deriveKey(algorithm, material, AES_GCM, false, ["encrypt", "decrypt"]);
  } finally {
    wipe(bytes);
  }
}
