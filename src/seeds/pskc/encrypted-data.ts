import type { Bytes } from "../../core/bytes.ts";
import { parseBase64, TextFormError } from "../../core/text-forms.ts";
import type { XmlElement } from "../xml/element.ts";
import { findAttribute } from "./elements.ts";
import { findAny, findAnyText } from "./foreign.ts";

/** What XML Encryption (section 3.1) says of one value, and what drafts of PSKC said once for all of them. */
export interface EncryptedData {
  readonly algorithm: string | null;
  /** Null when it stands before the value, as it should (XML Encryption section 5.2). */
  readonly iv: Bytes | null;
  /** Null when there is none or it is not base64. */
  readonly value: Bytes | null;
}

/** Reads an EncryptedValue or MACKey; `container` is the EncryptionKey, where drafts named algorithm and IV. */
export function readEncryptedData(element: XmlElement, container: XmlElement | null): EncryptedData {
  const method = findAny(element, "EncryptionMethod");
  const iv = findAnyText(method, "IV") ?? findAnyText(container, "IV");
  return {
    algorithm:
      findAttribute(findAny(method, "EncryptionScheme"), "Algorithm") ??
      findAttribute(method, "Algorithm") ??
      findAttribute(container, "Algorithm"),
    iv: iv === null ? null : decodeBase64(iv),
    value: decodeBase64(findAnyText(findAny(element, "CipherData"), "CipherValue")),
  };
}

/** Null when there is no text, or it is not base64. */
export function decodeBase64(text: string | null): Bytes | null {
  if (text === null) return null;
  try {
    return parseBase64(text);
  } catch (error) {
    if (error instanceof TextFormError) return null;
    throw error;
  }
}
