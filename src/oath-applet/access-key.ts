import { utf8Bytes, wipe, type Bytes } from "../core/bytes.ts";

// YKOATH protocol, Yubico: the access key is PBKDF2-HMAC-SHA1 of the password, salted with the id of the applet.
const ITERATIONS = 1000;
const KEY_BITS = 128;
const HMAC_SHA1 = { name: "HMAC", hash: "SHA-1" } as const;

/** The 16 bytes of the access key, as SET CODE sends them. The caller wipes them. */
export async function deriveAccessKeyBytes(password: string, salt: Bytes): Promise<Bytes> {
  const passwordBytes = utf8Bytes(password);
  try {
    const base = await crypto.subtle.importKey("raw", passwordBytes, "PBKDF2", false, ["deriveBits"]);
    const pbkdf2 = { name: "PBKDF2", hash: "SHA-1", salt, iterations: ITERATIONS };
    return new Uint8Array(await crypto.subtle.deriveBits(pbkdf2, base, KEY_BITS));
  } finally {
    wipe(passwordBytes);
  }
}

/** The access key as something that can be used but not read. Wipes `bytes`. */
export async function importAccessKey(bytes: Bytes): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("raw", bytes, HMAC_SHA1, false, ["sign", "verify"]);
  } finally {
    wipe(bytes);
  }
}

/** Proof that we have the key: HMAC-SHA1 of a challenge. */
export async function proveKey(key: CryptoKey, challenge: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, challenge));
}

/** True when `proof` shows that its maker has the key. WebCrypto compares in constant time. */
export async function checkProof(key: CryptoKey, challenge: Bytes, proof: Bytes): Promise<boolean> {
  return crypto.subtle.verify("HMAC", key, proof, challenge);
}
