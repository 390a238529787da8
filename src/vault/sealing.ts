import { utf8Bytes, type Bytes } from "../core/bytes.ts";
import { VaultError } from "./errors.ts";
import type { SealedBytes } from "./records.ts";

/** What every key of the vault is. */
export const AES_GCM = { name: "AES-GCM", length: 256 } as const;
/** NIST SP 800-38D section 8.2.2: 96 random bits. */
export const IV_BYTES = 12;
/** NIST SP 800-38D section 5.2.1.2: the longest tag. */
export const TAG_BYTES = 16;

/** A key to seal with from its 32 bytes, which the caller wipes; it cannot be exported again. */
export function importSealingKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, AES_GCM, false, ["encrypt", "decrypt"]);
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
