import { utf8Bytes, wipe, type Bytes } from "../core/bytes.ts";
import type { Argon2Cost, Argon2id } from "./argon2.ts";
import { argon2CostFor, PREFERRED, tuneArgon2 } from "./argon2-tuning.ts";
import { VaultError } from "./errors.ts";
import {
  argon2Work,
  isStronger,
  PBKDF2_ITERATIONS,
  requireKdfParameters,
  type KdfParameters,
} from "./kdf-parameters.ts";
import { AES_GCM, importSealingKey } from "./sealing.ts";

/** Makes wrapping keys of passphrases. */
export interface PassphraseKdf {
  /**
   * The strongest parameters that a person can wait for here: Argon2id, or PBKDF2 where WebAssembly is forbidden. Rejects with
   * `not-loaded` where nobody can tell which, and with `wasm-blocked` without memory.
   */
  choose(): Promise<KdfParameters>;
  /**
   * What a vault kept under `stored` ought to be kept under instead, or null. Whether it is worth measuring the machine again is
   * judged by how long `derive` took: a slow one is not measured at every unlock. Rejects as `choose`.
   */
  reconsider(stored: KdfParameters): Promise<KdfParameters | null>;
  /**
   * A key that cannot be exported. Rejects with `store-corrupt` for parameters out of range, at once; with `not-loaded` where
   * Argon2id could not be fetched, and with `wasm-blocked` where it cannot run.
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
  /** Of the quickest derivation so far. */
  let msPerMiB = Number.POSITIVE_INFINITY;

  async function choose(): Promise<KdfParameters> {
    const argon2 = await loadArgon2().catch(notLoaded);
    try {
      return { kdf: "Argon2id", ...(await tuneArgon2(argon2, nowMs)) };
    } catch (error) {
      if (isWasmForbidden(error)) return { kdf: "PBKDF2-SHA256", iterations: PBKDF2_ITERATIONS.ours };
      throw cannotRun(error);
    }
  }

  return {
    choose,
    async reconsider(stored) {
      if (stored.kdf === "Argon2id") {
        if (argon2Work(stored) >= argon2Work(PREFERRED)) return null;
        if (!isStronger({ kdf: "Argon2id", ...argon2CostFor(msPerMiB) }, stored)) return null;
      }
      const chosen = await choose();
      return isStronger(chosen, stored) ? chosen : null;
    },
    async derive(passphrase, salt, parameters) {
      requireKdfParameters(parameters);
      const password = utf8Bytes(passphrase.normalize("NFC"));
      try {
        if (parameters.kdf !== "Argon2id") return await deriveByPbkdf2(password, salt, parameters.iterations);
        const argon2 = await loadArgon2().catch(notLoaded);
        const startedMs = nowMs();
        const key = await deriveByArgon2(argon2, password, salt, parameters);
        msPerMiB = Math.min(msPerMiB, (nowMs() - startedMs) / argon2Work(parameters));
        return key;
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
  cost: Argon2Cost,
): Promise<CryptoKey> {
  const derived = await argon2(password, salt, cost).catch((error: unknown) => {
    throw cannotRun(error);
  });
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

/**
 * A content security policy without `'wasm-unsafe-eval'` shows as `CompileError` (CSP 3, "EnsureCSPDoesNotBlockWasmByteCompilation"),
 * as `EvalError` in older engines; some browsers' strictest modes have no WebAssembly at all.
 */
function isWasmForbidden(error: unknown): boolean {
  return (
    typeof WebAssembly === "undefined" ||
    error instanceof WebAssembly.CompileError ||
    error instanceof EvalError
  );
}

/** The passphrase was not even looked at. It says nothing about what this page may run. */
function notLoaded(error: unknown): never {
  throw new VaultError(
    "not-loaded",
    "The part of the page that derives the vault's key could not be loaded. Check the connection, then try again.",
    { cause: error },
  );
}

function cannotRun(error: unknown): VaultError {
  return new VaultError(
    "wasm-blocked",
    "The vault's key cannot be derived here: this page may not run WebAssembly, or the machine has no memory left.",
    { cause: error },
  );
}
