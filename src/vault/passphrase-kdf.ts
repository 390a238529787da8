import { utf8Bytes, wipe, type Bytes } from "../core/bytes.ts";
import type { Argon2id } from "./argon2.ts";
import { tuneArgon2 } from "./argon2-tuning.ts";
import { VaultError } from "./errors.ts";
import { PBKDF2_ITERATIONS, requireKdfParameters, type KdfParameters } from "./kdf-parameters.ts";
import { AES_GCM, importSealingKey } from "./sealing.ts";

/** Makes wrapping keys of passphrases. */
export interface PassphraseKdf {
  /** The strongest parameters that a person can wait for here: Argon2id, or PBKDF2 where WebAssembly is forbidden. */
  choose(): Promise<KdfParameters>;
  /**
   * A key that cannot be exported. Rejects with `store-corrupt` for parameters out of range, at once, and with
   * `wasm-blocked` where Argon2id cannot run.
   */
  derive(passphrase: string, salt: Bytes, parameters: KdfParameters): Promise<CryptoKey>;
}

export interface PassphraseKdfOptions {
  /** Loads Argon2id; tests put another in its place. */
  readonly loadArgon2?: () => Promise<Argon2id>;
  /** A steady clock in milliseconds to tune by. */
  readonly nowMs?: () => number;
}

/** Argon2id by the library where it runs, WebCrypto's PBKDF2 elsewhere. */
export function createPassphraseKdf({
  loadArgon2 = async () => (await import("./argon2.ts")).argon2,
  nowMs = () => performance.now(),
}: PassphraseKdfOptions = {}): PassphraseKdf {
  return {
    async choose() {
      try {
        return { kdf: "Argon2id", ...(await tuneArgon2(await loadArgon2(), nowMs)) };
      } catch {
        return { kdf: "PBKDF2-SHA256", iterations: PBKDF2_ITERATIONS.ours };
      }
    },
    async derive(passphrase, salt, parameters) {
      requireKdfParameters(parameters);
      const password = utf8Bytes(passphrase.normalize("NFC"));
      try {
        return parameters.kdf === "Argon2id"
          ? await deriveByArgon2(await loadOrRefuse(loadArgon2), password, salt, parameters)
          : await deriveByPbkdf2(password, salt, parameters.iterations);
      } finally {
        wipe(password);
      }
    },
  };
}

async function deriveByArgon2(
  argon2: Argon2id,
  password: Bytes,
  salt: Bytes,
  cost: { readonly memoryKiB: number; readonly passes: number },
): Promise<CryptoKey> {
  const derived = await argon2(password, salt, cost).catch(refuseArgon2);
  try {
    return await importSealingKey(derived);
  } finally {
    wipe(derived);
  }
}

async function deriveByPbkdf2(password: Bytes, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveKey"]);
  const algorithm = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return await crypto.subtle.deriveKey(algorithm, material, AES_GCM, false, ["encrypt", "decrypt"]);
}

function loadOrRefuse(loadArgon2: () => Promise<Argon2id>): Promise<Argon2id> {
  return loadArgon2().catch(refuseArgon2);
}

function refuseArgon2(error: unknown): never {
  throw new VaultError(
    "wasm-blocked",
    "The vault's key cannot be derived here: this page may not run WebAssembly, or the machine has no memory left.",
    { cause: error },
  );
}
