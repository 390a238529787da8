import { wipe, type Bytes } from "../../core/bytes.ts";
import { SeedFileError } from "../errors.ts";
import { RowProblem } from "../row-problem.ts";
import type { XmlElement } from "../xml/element.ts";
import { requireCipher, type Cipher } from "./cipher.ts";
import { decodeBase64, readEncryptedData, type EncryptedData } from "./encrypted-data.ts";
import { findAny, findAnyText } from "./foreign.ts";
import type { FileKey } from "./key-source.ts";
import { equalMacs, type MacFunction } from "./mac.ts";
import type { Unpadded } from "./padding.ts";

/** What a container declares: where the values say nothing themselves, it holds for them. */
export interface Declaration {
  readonly encryptionKey: XmlElement | null;
  /** The MAC of each value; null when none is promised. */
  readonly mac: MacDeclaration | null;
}

export interface MacDeclaration {
  readonly compute: MacFunction;
  /** The element with its key; null when that is the encryption key. */
  readonly macKey: XmlElement | null;
  /** True for drafts, some of which had the MAC over the plain value: only they are decrypted before it is known to match. */
  readonly isDraft: boolean;
}

/** Opens the encrypted values of one file: checks the MAC of each first (RFC 6030 section 6.3), then decrypts it. */
export class ValueOpener {
  readonly #key: FileKey;
  readonly #declaration: Declaration;
  readonly #macKey: Unpadded | null;
  #matched = 0;
  #opened = 0;
  #failed = 0;

  /** Takes the key over. Throws {@link SeedFileError} `wrong-key`, `malformed` or `unsupported-encryption`. */
  constructor(key: FileKey, declaration: Declaration) {
    this.#key = key;
    this.#declaration = declaration;
    const macKey = declaration.mac?.macKey;
    this.#macKey = macKey ? this.#openMacKey(macKey) : null;
  }

  /**
   * The plain bytes of a Data item such as Secret. Throws {@link SeedFileError} `mac-missing`, `mac-mismatch`, `wrong-key`,
   * `malformed`, `unsupported-encryption`; {@link RowProblem} `encrypted-value`.
   */
  open(item: XmlElement, encryptedValue: XmlElement): Bytes {
    const data = readEncryptedData(encryptedValue, this.#declaration.encryptionKey);
    const cipher = this.#requireFit(requireCipher(data.algorithm));
    const mac = this.#requireMac(item);
    if (!data.value) throw damaged();
    const isProven = mac !== null && this.#proves(mac, data.value);
    if (mac && !isProven && this.#declaration.mac?.isDraft !== true) throw this.#mismatch();
    const plain = this.#decrypt(cipher, data, data.value);
    if (mac && !isProven && !(plain && this.#proves(mac, plain.bytes))) {
      if (plain) wipe(plain.bytes);
      throw this.#mismatch();
    }
    if (!plain || (mac === null && !plain.plausible)) {
      if (plain) wipe(plain.bytes);
      this.#failed += 1;
      throw damaged();
    }
    this.#opened += 1;
    return plain.bytes;
  }

  /**
   * Judges the file once all is read: a wrong key also opens a value now and then, where no MAC tells.
   * Throws {@link SeedFileError} `wrong-key` when no more values were opened than were not.
   */
  finish(): void {
    if (this.#failed > 0 && this.#failed >= this.#opened) throw wrongKey();
  }

  /** Wipes the keys. */
  close(): void {
    wipe(this.#key.bytes);
    if (this.#macKey) wipe(this.#macKey.bytes);
  }

  #openMacKey(element: XmlElement): Unpadded {
    const data = readEncryptedData(element, this.#declaration.encryptionKey);
    const cipher = this.#requireFit(requireCipher(data.algorithm));
    if (!data.value) throw malformed("its MACKey is not base64");
    const macKey = this.#decrypt(cipher, data, data.value);
    if (!macKey || macKey.bytes.length === 0) throw wrongKey();
    return macKey;
  }

  #decrypt(cipher: Cipher, { iv }: EncryptedData, value: Bytes): Unpadded | null {
    return cipher.decrypt(this.#key.bytes, value, iv);
  }

  /** The length of the key against that of the cipher. */
  #requireFit(cipher: Cipher): Cipher {
    const { bytes, isDerived } = this.#key;
    if (bytes.length === cipher.keyBytes) return cipher;
    if (isDerived) throw malformed("its KeyLength is not that of its cipher");
    throw new SeedFileError(
      "wrong-key",
      `The key has ${bytes.length} bytes, and the file needs one of ${cipher.keyBytes}. Check that you have the key of this file and that it is complete.`,
      { details: { keyBytes: cipher.keyBytes } },
    );
  }

  /** The MAC that the file gives for an item; null when it promises none. */
  #requireMac(item: XmlElement): Bytes | null {
    const text = findAnyText(item, "ValueMAC");
    if (!this.#declaration.mac) {
      // Without its method it cannot be checked; a forger may have removed that.
      if (findAny(item, "ValueMAC")) throw malformed("a value has a MAC, but MACMethod is missing");
      return null;
    }
    if (text === null) throw macMissing();
    return decodeBase64(text) ?? new Uint8Array(0);
  }

  #proves(mac: Bytes, value: Bytes): boolean {
    const key = this.#macKey?.bytes ?? this.#key.bytes;
    if (!this.#declaration.mac || !equalMacs(this.#declaration.mac.compute(key, value), mac)) return false;
    this.#matched += 1;
    return true;
  }

  /** A first MAC that does not match speaks of the key, unless the MAC's own key was clearly decrypted well. */
  #mismatch(): SeedFileError {
    if (this.#matched === 0 && this.#macKey?.plausible !== true) return wrongKey();
    return new SeedFileError(
      "mac-mismatch",
      "A value of the file does not match its MAC: the file was changed or damaged on its way. Ask the sender to send it again over a safe channel.",
    );
  }
}

/** The refusal of a value without the MAC that the file promises for each. */
export function macMissing(): SeedFileError {
  return new SeedFileError(
    "mac-missing",
    "The file promises a MAC for each secret, and one secret has none: it may have been changed on its way. Ask the sender to send the file again over a safe channel.",
  );
}

function wrongKey(): SeedFileError {
  return new SeedFileError(
    "wrong-key",
    "The key or password does not open the file. Check capital letters and blanks, and that it belongs to this file.",
  );
}

function malformed(problem: string): SeedFileError {
  return new SeedFileError(
    "malformed",
    `The encryption of the file cannot be read: ${problem}. Ask the sender for a sound file.`,
  );
}

function damaged(): RowProblem {
  return new RowProblem(
    "encrypted-value",
    "An encrypted value of this key cannot be decrypted, though others of the file can. Ask the sender for this key again.",
  );
}
