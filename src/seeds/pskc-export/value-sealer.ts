import { cbc } from "@noble/ciphers/aes.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { concatBytes, wipe, type Bytes } from "../../core/bytes.ts";

/** Fills an array with random bytes, as `crypto.getRandomValues` does. */
export type RandomSource = (bytes: Bytes) => Bytes;

/** Bytes of the cipher's block and key, of HMAC-SHA-1's key, and of the salt (RFC 8018 section 4.1 asks for 8 or more). */
export const SIZES = { block: 16, key: 16, macKey: 20, salt: 16 } as const;

/** Encrypts values with AES-128-CBC under a new IV each, and computes the HMAC-SHA-1 over both (RFC 6030 section 6). */
export class ValueSealer {
  readonly #key: Bytes;
  readonly #macKey: Bytes;
  readonly #random: RandomSource;

  /** Takes the key over; makes a MAC key of its own. */
  constructor(key: Bytes, random: RandomSource) {
    this.#key = key;
    this.#random = random;
    this.#macKey = random(new Uint8Array(SIZES.macKey));
  }

  /** The MAC key, encrypted as the MACKey element has it. */
  sealMacKey(): Bytes {
    return this.#encrypt(this.#macKey);
  }

  seal(plain: Bytes): { readonly value: Bytes; readonly mac: Bytes } {
    const value = this.#encrypt(plain);
    return { value, mac: Uint8Array.from(hmac(sha1, this.#macKey, value)) };
  }

  /** Wipes the keys. */
  close(): void {
    wipe(this.#key);
    wipe(this.#macKey);
  }

  /** IV and ciphertext; the library's padding is PKCS#7, which every reader takes. */
  #encrypt(plain: Bytes): Bytes {
    const iv = this.#random(new Uint8Array(SIZES.block));
    return concatBytes(iv, Uint8Array.from(cbc(this.#key, iv).encrypt(plain)));
  }
}
