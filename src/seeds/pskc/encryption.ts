import { SeedFileError } from "../errors.ts";
import type { XmlElement } from "../xml/element.ts";
import { findAttribute, lastPart } from "./elements.ts";

/** The ways to give the key (RFC 6030 section 6), by the element that stands in EncryptionKey. */
const KEY_WAYS: ReadonlyMap<string, string> = new Map([
  ["KeyName", "a pre-shared key"],
  ["DerivedKey", "a password"],
  ["X509Data", "a certificate"],
]);

/**
 * Throws {@link SeedFileError} `unsupported-encryption`, naming what is used, when the container declares encryption or a
 * MAC (RFC 6030 section 6) or a secret of the package is encrypted.
 */
export function refuseEncryption(protection: readonly XmlElement[], keyPackage: XmlElement | null): void {
  const secrets = keyPackage ? find(keyPackage, "Secret") : [];
  const encrypted = secrets.flatMap((secret) => find(secret, "EncryptedValue"));
  if (protection.length === 0 && encrypted.length === 0) return;
  const ways = protection.flatMap((element) => element.children).map(({ name }) => KEY_WAYS.get(name));
  const ciphers = encrypted.flatMap((value) => find(value, "EncryptionMethod")).map(algorithmOf);
  const macs = protection.filter(({ name }) => name === "MACMethod").map(algorithmOf);
  const used = [...new Set([...ways, ...ciphers, ...macs])].filter((name) => typeof name === "string");
  throw new SeedFileError(
    "unsupported-encryption",
    `The file is encrypted${used.length === 0 ? "" : ` (${used.join(", ")})`}, and only plain PSKC can be read so far. Ask the sender for a plain file over a safe channel.`,
  );
}

/** The elements called `name` inside, whatever their namespace: xenc's are many. */
function find(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : find(child, name)));
}

/** `aes128-cbc` of `http://www.w3.org/2001/04/xmlenc#aes128-cbc`; nothing when it is no such name. */
function algorithmOf(element: XmlElement): string | undefined {
  const name = lastPart(findAttribute(element, "Algorithm") ?? "");
  return /^[\w.+-]{1,40}$/u.test(name) ? name : undefined;
}
