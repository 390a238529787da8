import { wipe, type Bytes } from "../../core/bytes.ts";
import { SeedFileError } from "../errors.ts";
import type { ReadSeedFileOptions } from "../report.ts";
import type { XmlElement } from "../xml/element.ts";
import { requireCipher } from "./cipher.ts";
import { findAttribute } from "./elements.ts";
import { readEncryptedData } from "./encrypted-data.ts";
import { findAllInside, findAny, findAnyText } from "./foreign.ts";
import { findKey } from "./key-source.ts";
import { requireMac } from "./mac.ts";
import { unsupportedEncryption } from "./unsupported.ts";
import { macMissing, ValueOpener, type MacDeclaration } from "./value-opener.ts";

/** The elements of a container that say how its values are protected; the last two are those of drafts. */
const ENCRYPTION_KEY = "EncryptionKey";
const MAC_METHODS: readonly string[] = ["MACMethod", "DigestMethod", "MACAlgorithm"];

/** How the values of one container are protected (RFC 6030 section 6). Nothing is asked for before a value needs it. */
export class Protection {
  readonly #options: ReadSeedFileOptions;
  #encryptionKey: XmlElement | null = null;
  #macMethod: XmlElement | null = null;
  #sawPackage = false;
  #opener: ValueOpener | null = null;

  constructor(options: ReadSeedFileOptions) {
    this.#options = options;
  }

  /**
   * Looks at a child of the container that is no package. Throws {@link SeedFileError} `malformed` for protection declared
   * twice, or after the first package: what was read until then would have been taken without it.
   */
  declare(child: XmlElement): void {
    const isKey = child.name === ENCRYPTION_KEY;
    if (!isKey && !MAC_METHODS.includes(child.name)) return;
    if (this.#sawPackage || (isKey ? this.#encryptionKey : this.#macMethod)) {
      throw new SeedFileError(
        "malformed",
        `The ${child.name} of the file does not stand once, before all keys. Ask the sender for a sound file.`,
      );
    }
    if (isKey) this.#encryptionKey = child;
    else this.#macMethod = child;
  }

  /**
   * Makes ready for the values of a package: finds or derives the key when the first encrypted one comes. What cannot be
   * served is refused before anybody is asked for a key. Rejects with {@link SeedFileError}, and with the signal's reason.
   */
  async unlock(keyPackage: XmlElement): Promise<void> {
    this.#sawPackage = true;
    if (this.#opener) return;
    const values = findAllInside(keyPackage, "Data").flatMap((data) => findAllInside(data, "EncryptedValue"));
    if (values.length === 0) return;
    for (const value of values) requireCipher(readEncryptedData(value, this.#encryptionKey).algorithm);
    const mac = this.#readMac();
    if (mac?.macKey) requireCipher(readEncryptedData(mac.macKey, this.#encryptionKey).algorithm);
    const key = await findKey(this.#encryptionKey, this.#options);
    try {
      this.#opener = new ValueOpener(key, { encryptionKey: this.#encryptionKey, mac });
    } catch (error) {
      wipe(key.bytes);
      throw error;
    }
  }

  /** The plain bytes of an encrypted Data item. Throws as {@link ValueOpener.open}. */
  open(item: XmlElement, encryptedValue: XmlElement): Bytes {
    if (!this.#opener) throw new TypeError("A package is unlocked before its values are opened.");
    return this.#opener.open(item, encryptedValue);
  }

  /**
   * Refuses a plain secret in a file that promises a MAC: RFC 6030 has none for plain values, so anybody could have put it
   * there. Throws {@link SeedFileError} `mac-missing`.
   */
  refusePlainSecret(): void {
    if (this.#macMethod) throw macMissing();
  }

  /** Judges the file once all is read. Throws as {@link ValueOpener.finish}. */
  finish(): void {
    this.#opener?.finish();
  }

  /** Wipes the keys. */
  close(): void {
    this.#opener?.close();
  }

  #readMac(): MacDeclaration | null {
    const method = this.#macMethod;
    if (!method) return null;
    // A draft's MACAlgorithm is text.
    const compute = requireMac(findAttribute(method, "Algorithm") ?? (method.text.trim() || null));
    const reference = findAnyText(method, "MACKeyReference");
    if (reference !== null && reference !== findAnyText(this.#encryptionKey, "KeyName")) {
      throw unsupportedEncryption("a MAC key that is not in it,", null);
    }
    return { compute, macKey: findAny(method, "MACKey"), isDraft: method.name !== "MACMethod" };
  }
}
