import type { Bytes } from "../../core/bytes.ts";
import { IV_BYTES } from "../sealing.ts";
import { damagedBackup } from "./errors.ts";

/**
 * Seals the chunks of one backup under its own key. The nonce is the chunk's number, which no two chunks of a file share, and
 * no two files share a key. Bound to each chunk are the file's head, the number, and whether it is the last: none can be
 * changed, left out, moved, put into another file, cut off or added.
 */
export class ChunkCipher {
  readonly #key: CryptoKey;
  readonly #digest: Bytes;

  /** `digest`: SHA-256 of the head. */
  constructor(key: CryptoKey, digest: Bytes) {
    this.#key = key;
    this.#digest = digest;
  }

  /** `number` counts from 0. */
  async seal(plain: Bytes, number: number, isLast: boolean): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.encrypt(this.#algorithm(number, isLast), this.#key, plain));
  }

  /** Rejects with `damaged`. */
  async open(sealed: Bytes, number: number, isLast: boolean): Promise<Bytes> {
    try {
      return new Uint8Array(await crypto.subtle.decrypt(this.#algorithm(number, isLast), this.#key, sealed));
    } catch (error) {
      throw damagedBackup({ cause: error });
    }
  }

  #algorithm(number: number, isLast: boolean): AesGcmParams {
    const iv = new Uint8Array(IV_BYTES);
    new DataView(iv.buffer).setUint32(IV_BYTES - 4, number);
    const additionalData = new Uint8Array(this.#digest.length + 5);
    additionalData.set(this.#digest);
    new DataView(additionalData.buffer).setUint32(this.#digest.length, number);
    additionalData[this.#digest.length + 4] = isLast ? 1 : 0;
    return { name: "AES-GCM", iv, additionalData };
  }
}
