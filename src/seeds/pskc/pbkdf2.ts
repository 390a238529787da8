import { raceWithSignal } from "../../core/abort.ts";
import { utf8Bytes, wipe, type Bytes } from "../../core/bytes.ts";
import { parseBase64 } from "../../core/text-forms.ts";
import { SeedFileError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { parseWholeNumber } from "../whole-number.ts";
import type { XmlElement } from "../xml/element.ts";
import { findAttribute, lastPart } from "./elements.ts";
import { findAny, findAnyText } from "./foreign.ts";
import { unsupportedEncryption } from "./unsupported.ts";

/** What PBKDF2 (RFC 8018 section 5.2) needs besides the password. */
export interface Pbkdf2Parameters {
  readonly salt: Bytes;
  readonly iterations: number;
  /** 16, 24 or 32. */
  readonly keyBytes: number;
  readonly hash: "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";
}

const KEY_BYTES: readonly (number | null)[] = [16, 24, 32];

/** The hash in the PRF; one that is absent or unnamed is HMAC-SHA-1 (RFC 8018 appendix A.2; figure 7 of RFC 6030). */
const HASHES = new Map<string, Pbkdf2Parameters["hash"]>([
  ["", "SHA-1"],
  ["sha1", "SHA-1"],
  ["sha256", "SHA-256"],
  ["sha384", "SHA-384"],
  ["sha512", "SHA-512"],
]);

/**
 * The parameters of a DerivedKey element (XML Encryption 1.1, section 5.4).
 * Throws {@link SeedFileError} `unsupported-encryption`, `malformed` or, beyond `mostIterations`, `too-many-iterations`.
 */
export function readPbkdf2(derivedKey: XmlElement, mostIterations: number): Pbkdf2Parameters {
  const method = findAny(derivedKey, "KeyDerivationMethod");
  const algorithm = findAttribute(method, "Algorithm");
  const parameters = findAny(method, "PBKDF2-params");
  if (!parameters || (algorithm !== null && lastPart(algorithm) !== "pbkdf2")) {
    throw unsupportedEncryption("a way to derive its key", algorithm);
  }
  // One writer (python-pskc 1.2) puts the name into the element instead of its attribute.
  const prf = findAttribute(findAny(parameters, "PRF"), "Algorithm") ?? findAnyText(parameters, "PRF");
  const hash = HASHES.get(
    lastPart(prf ?? "")
      .replace(/^hmac-?/u, "")
      .replace("-", ""),
  );
  if (!hash) throw unsupportedEncryption("a way to derive its key", prf);
  const salt = readSalt(findAny(parameters, "Salt"));
  const keyBytes = parseWholeNumber(findAnyText(parameters, "KeyLength") ?? "");
  const iterations = parseWholeNumber(findAnyText(parameters, "IterationCount") ?? "");
  if (!KEY_BYTES.includes(keyBytes)) throw malformed("KeyLength is not 16, 24 or 32 bytes");
  if (iterations === null || iterations < 1) throw malformed("IterationCount is no whole number from 1");
  if (iterations > mostIterations) {
    throw new SeedFileError(
      "too-many-iterations",
      `The file asks for ${iterations} rounds to derive its key from the password, and no more than ${mostIterations} are allowed. Ask the sender for a file with fewer, or raise maxPbkdf2Iterations.`,
      { details: { iterations } },
    );
  }
  return { salt, iterations, keyBytes: keyBytes ?? 0, hash };
}

/**
 * Derives a key; the caller wipes it. Runs beside this thread; rejects with the signal's reason at once, while the
 * computation itself cannot be stopped. Rejects with {@link SeedFileError} `unsupported-encryption` where the browser has
 * no WebCrypto, which it keeps to secure contexts.
 */
export async function derivePbkdf2(
  password: string,
  { salt, iterations, keyBytes, hash }: Pbkdf2Parameters,
  signal: AbortSignal | undefined,
): Promise<Bytes> {
  const { subtle } = globalThis.crypto;
  // Typed as always there; absent from pages without HTTPS (W3C Secure Contexts).
  if (!(subtle as SubtleCrypto | undefined)) {
    throw new SeedFileError(
      "unsupported-encryption",
      "The file is encrypted with a password, which the browser can only use on a secure page. Open this page over HTTPS.",
      { details: { algorithm: "pbkdf2" } },
    );
  }
  signal?.throwIfAborted();
  const secret = utf8Bytes(password);
  try {
    const key = await subtle.importKey("raw", secret, "PBKDF2", false, ["deriveBits"]);
    const deriving = subtle.deriveBits({ name: "PBKDF2", hash, salt, iterations }, key, keyBytes * 8);
    return new Uint8Array(await raceWithSignal(deriving, signal));
  } finally {
    wipe(secret);
  }
}

function readSalt(element: XmlElement | null): Bytes {
  const text = findAnyText(element, "Specified");
  if (text === null && findAny(element, "OtherSource")) {
    throw unsupportedEncryption("a salt from elsewhere", null);
  }
  try {
    const salt = parseBase64(text ?? "");
    if (salt.length > 0 && salt.length <= LIMITS.pbkdf2.saltBytes) return salt;
  } catch (error) {
    throw malformed("Salt is not base64", error);
  }
  throw malformed("Salt is empty or longer than any in use");
}

function malformed(problem: string, cause?: unknown): SeedFileError {
  return new SeedFileError(
    "malformed",
    `The file does not say rightly how its key is derived: ${problem}. Ask the sender for a sound file.`,
    { cause },
  );
}
