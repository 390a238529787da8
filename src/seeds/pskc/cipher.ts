import { aeskw, aeskwp, cbc } from "@noble/ciphers/aes.js";
import { wipe, type Bytes } from "../../core/bytes.ts";
import { lastPart } from "./elements.ts";
import { unpad, type Unpadded } from "./padding.ts";
import { unsupportedEncryption } from "./unsupported.ts";

/** A cipher of XML Encryption, ready to decrypt. */
export interface Cipher {
  readonly keyBytes: number;
  /** Null when the key is wrong or the value damaged. `iv` only for files that do not put it before the value. */
  decrypt(key: Bytes, value: Bytes, iv: Bytes | null): Unpadded | null;
}

const BLOCK_BYTES = 16;

/** Of `…xmlenc#aes128-cbc`, `…xmlenc#kw-aes128`, `…xmlenc11#kw-aes-128-pad`, and a draft's `PBE-AES128-CBC`. */
const NAME = /^(?:(?:pbe-)?aes-?(128|192|256)-cbc|kw-aes-?(128|192|256)(-pad)?)$/u;

/**
 * The cipher that a file names by its URI. WebCrypto serves none of them fully: its AES-CBC insists on PKCS#7 padding,
 * Chromium has no AES with 192 bits (crbug.com/533699), and a call for each of 100 000 values costs more than the cipher.
 * Throws `SeedFileError` `unsupported-encryption`, naming the algorithm.
 */
export function requireCipher(algorithm: string | null): Cipher {
  const [, cbcBits, wrapBits, padded] = NAME.exec(lastPart(algorithm ?? "")) ?? [];
  if (cbcBits !== undefined) return { keyBytes: Number(cbcBits) / 8, decrypt: decryptCbc };
  if (wrapBits === undefined) throw unsupportedEncryption("a cipher", algorithm);
  const unwrap = padded === undefined ? aeskw : aeskwp;
  return {
    keyBytes: Number(wrapBits) / 8,
    decrypt: (key, value) => attempt(() => unwrap(key).decrypt(value)),
  };
}

function decryptCbc(key: Bytes, value: Bytes, iv: Bytes | null): Unpadded | null {
  const body = iv === null ? value.subarray(BLOCK_BYTES) : value;
  const vector = iv ?? value.subarray(0, BLOCK_BYTES);
  if (vector.length !== BLOCK_BYTES || body.length === 0 || body.length % BLOCK_BYTES !== 0) return null;
  const padded = moved(cbc(key, vector, { disablePadding: true }).decrypt(body));
  try {
    return unpad(padded);
  } finally {
    wipe(padded);
  }
}

/** Key wrap (RFC 3394, RFC 5649) proves its own integrity: the library throws when the key or the value is wrong. */
function attempt(unwrap: () => Uint8Array): Unpadded | null {
  try {
    return { bytes: moved(unwrap()), plausible: true };
  } catch {
    return null;
  }
}

/** The library's bytes in an array of our own kind; its copy is wiped. */
function moved(bytes: Uint8Array): Bytes {
  const own = Uint8Array.from(bytes);
  bytes.fill(0);
  return own;
}
