import { utf8Bytes, type Bytes } from "../core/bytes.ts";
import { VaultError } from "./errors.ts";
import { isSealedKey } from "./header.ts";
import type { SealedBytes } from "./records.ts";
import { AES_GCM, openBytes, sealBytes } from "./sealing.ts";

/** The vault's data key once more, wrapped for a passkey (WebAuthn's PRF extension). It stands beside the passphrase. */
export interface PasskeySlot {
  /** WebAuthn's credential id in base64url. */
  readonly credentialId: string;
  /** What the authenticator evaluates its function on. It is no secret. */
  readonly salt: Bytes;
  readonly wrappedKey: SealedBytes;
  /** As the person called it. */
  readonly name: string;
  readonly addedAtMs: number;
}

/** A passkey as the page hands it over: what it gave, and for what. */
export interface NewPasskey extends Omit<PasskeySlot, "wrappedKey"> {
  /** 32 bytes (WebAuthn level 3 section 10.1.4); whoever holds the last copy wipes it. */
  readonly prfOutput: Bytes;
}

export const PRF_BYTES = 32;
/** WebAuthn level 3 section 4: a credential id has 1023 bytes at the most, that is so many letters. */
export const CREDENTIAL_ID = /^[\w-]{1,1364}$/u;

/** A slot that holds the data key for whoever has the passkey. */
export async function createPasskeySlot(
  vaultId: string,
  dataKey: Bytes,
  { prfOutput, ...passkey }: NewPasskey,
): Promise<PasskeySlot> {
  const context = contextOf(vaultId, passkey.credentialId);
  const wrappedKey = await sealBytes(await deriveKey(prfOutput, context), dataKey, context);
  return { ...passkey, wrappedKey };
}

/**
 * The data key of a slot; the caller wipes it. Rejects with `passkey-unknown` when the passkey gave something else than when it
 * was added, or the slot is damaged.
 */
export async function openPasskeySlot(vaultId: string, slot: PasskeySlot, prfOutput: Bytes): Promise<Bytes> {
  const context = contextOf(vaultId, slot.credentialId);
  try {
    if (!isSealedKey(slot.wrappedKey)) throw new RangeError("a wrapped key was expected");
    return await openBytes(await deriveKey(prfOutput, context), slot.wrappedKey, context);
  } catch (error) {
    throw unknownPasskey({ cause: error });
  }
}

/** The vault has no such passkey, or that passkey does not open it. */
export function unknownPasskey(options?: ErrorOptions): VaultError {
  return new VaultError("passkey-unknown", "That passkey does not open the vault.", options);
}

/** HKDF-SHA-256 (RFC 5869); its input is uniform already, so that it needs no salt (section 3.1). */
async function deriveKey(prfOutput: Bytes, context: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", prfOutput, "HKDF", false, ["deriveKey"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: utf8Bytes(context) };
  return await crypto.subtle.deriveKey(algorithm, material, AES_GCM, false, ["encrypt", "decrypt"]);
}

function contextOf(vaultId: string, credentialId: string): string {
  return JSON.stringify(["oath-bridge passkey", vaultId, credentialId]);
}
