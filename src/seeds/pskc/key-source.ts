import type { Bytes } from "../../core/bytes.ts";
import { SeedFileError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import type { ReadSeedFileOptions } from "../report.ts";
import type { XmlElement } from "../xml/element.ts";
import { findAny } from "./foreign.ts";
import { derivePbkdf2, readPbkdf2 } from "./pbkdf2.ts";
import { unsupportedEncryption } from "./unsupported.ts";

/** What of XML Signature's KeyInfo stands for a private key or another file, by its element. */
const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ["X509Data", "a certificate (RSA)"],
  ["KeyValue", "a public key (RSA)"],
  ["PGPData", "a PGP key"],
  ["EncryptedKey", "a key of its own that is encrypted in turn,"],
  ["AgreementMethod", "a key agreement"],
  ["RetrievalMethod", "a key in another place"],
]);

/** The key that opens a file, and whether it is one that a person gave or one derived from a password. */
export interface FileKey {
  readonly bytes: Bytes;
  readonly isDerived: boolean;
}

/**
 * The key of a container (RFC 6030 section 6), as a copy that the caller wipes: derived from the password when EncryptionKey
 * says so, else the pre-shared one, which needs no EncryptionKey. Rejects with {@link SeedFileError} `key-required`,
 * `unsupported-encryption`, `malformed` or `too-many-iterations`, and with the signal's reason.
 */
export async function findKey(
  encryptionKey: XmlElement | null,
  { key, password, maxPbkdf2Iterations, signal }: ReadSeedFileOptions,
): Promise<FileKey> {
  const derivedKey = findAny(encryptionKey, "DerivedKey");
  if (derivedKey) {
    const parameters = readPbkdf2(derivedKey, maxPbkdf2Iterations ?? LIMITS.pbkdf2.iterations);
    if (!password) throw keyRequired("password");
    return { bytes: await derivePbkdf2(password, parameters, signal), isDerived: true };
  }
  // Beside a name, other parts are hints only.
  if (encryptionKey && !findAny(encryptionKey, "KeyName")) {
    const other = encryptionKey.children.map(({ name }) => UNSUPPORTED.get(name)).find((way) => way);
    if (other !== undefined) throw unsupportedEncryption(other, null);
  }
  if (!key || key.length === 0) throw keyRequired("key");
  return { bytes: Uint8Array.from(key), isDerived: false };
}

function keyRequired(needs: "key" | "password"): SeedFileError {
  return new SeedFileError(
    "key-required",
    needs === "key"
      ? "The file is encrypted with a pre-shared key. Enter the key, which the sender gave you apart from the file."
      : "The file is encrypted with a password. Enter the password, which the sender gave you apart from the file.",
    { details: { needs } },
  );
}
