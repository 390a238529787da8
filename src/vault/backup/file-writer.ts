import { wipe, type Bytes } from "../../core/bytes.ts";
import type { PassphraseKdf } from "../passphrase-kdf.ts";
import { importSealingKey, sealBytes } from "../sealing.ts";
import { ChunkCipher } from "./chunk-cipher.ts";
import { formatHead, KEY_BYTES, keyContext } from "./file-head.ts";

const SALT_BYTES = 16;

/** The type of the file, as the page sees it. */
export const BACKUP_TYPE = "application/octet-stream";

/**
 * Writes a backup file: the head, then chunks, each its length in bytes (32 bits, big-endian) and the ciphertext with its
 * tag. Which chunks there are is in `content.ts`.
 */
export class BackupWriter {
  readonly #cipher: ChunkCipher;
  readonly #parts: Blob[];
  /** Held back until it is known whether it is the last. */
  #pending: Bytes | undefined;
  #number = 0;

  private constructor(cipher: ChunkCipher, head: Bytes) {
    this.#cipher = cipher;
    this.#parts = [new Blob([head])];
  }

  /** Derives a key of the passphrase, with the strongest parameters that this machine can bear. */
  static async create(
    kdf: PassphraseKdf,
    passphrase: string,
    about: { readonly vaultId: string; readonly createdAtMs: number },
  ): Promise<BackupWriter> {
    const parameters = await kdf.choose();
    const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
    const wrappingKey = await kdf.derive(passphrase, salt, parameters);
    const fileKey = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
    try {
      const wrappedKey = await sealBytes(wrappingKey, fileKey, keyContext(about));
      const { vaultId, createdAtMs } = about;
      const head = await formatHead({ vaultId, createdAtMs, kdf: parameters, salt, wrappedKey });
      const cipher = new ChunkCipher(await importSealingKey(fileKey), head.digest);
      return new BackupWriter(cipher, head.bytes);
    } finally {
      wipe(fileKey);
    }
  }

  /** Takes a chunk's plain bytes over, and wipes them once they are sealed. One call at a time. */
  async add(plain: Bytes): Promise<void> {
    const ready = this.#pending;
    this.#pending = plain;
    if (ready) await this.#seal(ready, false);
  }

  /** The file. At least one chunk was added. */
  async finish(): Promise<Blob> {
    if (this.#pending) await this.#seal(this.#pending, true);
    this.#pending = undefined;
    return new Blob(this.#parts, { type: BACKUP_TYPE });
  }

  /** Wipes what was taken over and not sealed. */
  discard(): void {
    if (this.#pending) wipe(this.#pending);
    this.#pending = undefined;
  }

  async #seal(plain: Bytes, isLast: boolean): Promise<void> {
    try {
      const sealed = await this.#cipher.seal(plain, this.#number, isLast);
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, sealed.length);
      this.#parts.push(new Blob([length, sealed]));
      this.#number += 1;
    } finally {
      wipe(plain);
    }
  }
}
