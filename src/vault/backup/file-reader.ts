import { wipe, type Bytes } from "../../core/bytes.ts";
import { VaultError } from "../errors.ts";
import type { PassphraseKdf } from "../passphrase-kdf.ts";
import { importSealingKey, openBytes, TAG_BYTES } from "../sealing.ts";
import { ChunkCipher } from "./chunk-cipher.ts";
import { BackupError, damagedBackup } from "./errors.ts";
import { headOf, keyContext, parseHead, type BackupHeader } from "./file-head.ts";

/** A million seeds are a third of it. */
const MOST_FILE_BYTES = 1_073_741_824;

/** What one chunk may make us hold. Ours have some hundred kilobytes; 512 tokens with their whole histories have two megabytes. */
const MOST_CHUNK_BYTES = 16_777_216;

/** A backup whose passphrase was the right one. */
export interface OpenedBackup {
  readonly header: BackupHeader;
  /**
   * Its chunks decrypted, one by one in order; `readBytes` is told how much of the file is read. Whoever gets them wipes what
   * is secret. Rejects with `damaged`: only when the last one has been handed out is the whole file known to be sound.
   */
  chunks(readBytes?: (bytes: number) => void): AsyncGenerator<Bytes, void>;
}

/**
 * Opens a backup file. Rejects with a {@link BackupError}, with a `VaultError` `wrong-passphrase`, and with `wasm-blocked`.
 * The file may be anybody's: nothing is derived from parameters out of range, nothing is read that is too long.
 */
export async function openBackup(file: Blob, kdf: PassphraseKdf, passphrase: string): Promise<OpenedBackup> {
  if (file.size > MOST_FILE_BYTES) {
    throw new BackupError("too-large", "This file is too large to be a backup.");
  }
  const { header, digest, length } = await parseHead(await bytesOf(headOf(file)));
  const fileKey = await unwrapKey(header, kdf, passphrase);
  try {
    const cipher = new ChunkCipher(await importSealingKey(fileKey), digest);
    return { header, chunks: (readBytes) => readChunks(file, length, cipher, readBytes) };
  } finally {
    wipe(fileKey);
  }
}

async function unwrapKey(header: BackupHeader, kdf: PassphraseKdf, passphrase: string): Promise<Bytes> {
  const wrappingKey = passphrase === "" ? null : await kdf.derive(passphrase, header.salt, header.kdf);
  try {
    if (!wrappingKey) throw new RangeError("an empty passphrase opens nothing");
    return await openBytes(wrappingKey, header.wrappedKey, keyContext(header));
  } catch (error) {
    throw new VaultError("wrong-passphrase", "That passphrase does not open this backup.", { cause: error });
  }
}

async function* readChunks(
  file: Blob,
  start: number,
  cipher: ChunkCipher,
  readBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<Bytes, void> {
  let position = start;
  for (let number = 0; number === 0 || position < file.size; number += 1) {
    const prefix = await bytesOf(file.slice(position, position + 4));
    if (prefix.length < 4) throw damagedBackup();
    const length = new DataView(prefix.buffer).getUint32(0);
    const end = position + 4 + length;
    if (length <= TAG_BYTES || length > MOST_CHUNK_BYTES || end > file.size) throw damagedBackup();
    const sealed = await bytesOf(file.slice(position + 4, end));
    const plain = await cipher.open(sealed, number, end === file.size);
    position = end;
    readBytes(position);
    yield plain;
  }
}

async function bytesOf(blob: Blob): Promise<Bytes> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw new BackupError(
      "not-readable",
      "The file could not be read. It may have been moved, or is in use; choose it again.",
      { cause: error },
    );
  }
}
