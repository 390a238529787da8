import { utf8Bytes, type Bytes } from "../../core/bytes.ts";
import { formatBase64, formatHex } from "../../core/text-forms.ts";
import { requireKdfParameters, type KdfParameters } from "../kdf-parameters.ts";
import type { SealedBytes } from "../records.ts";
import { IV_BYTES, TAG_BYTES } from "../sealing.ts";
import { BackupError, damagedBackup } from "./errors.ts";
import { readFields, type FieldReader } from "./field-reader.ts";

/** The first line of every backup, whatever its version. */
const MAGIC = "oath-bridge backup\n";

/** Raise it with each change that an older reader would not understand. */
const FORMAT = 1;

/** The three lines of the head together. */
const MOST_HEAD_BYTES = 4096;

/** Bytes of the backup key, and of the vault's data key. */
export const KEY_BYTES = 32;

/** What a backup says of itself in the clear. */
export interface BackupHeader {
  readonly vaultId: string;
  /** Unix milliseconds. */
  readonly createdAtMs: number;
  readonly kdf: KdfParameters;
  readonly salt: Bytes;
  /** The key of this one file, under the key derived from the passphrase. */
  readonly wrappedKey: SealedBytes;
}

/** The head as it stands in the file. */
export interface BackupHead {
  readonly header: BackupHeader;
  /** SHA-256 of the first two lines: bound to every chunk. */
  readonly digest: Bytes;
  /** Bytes of all three lines: where the first chunk begins. */
  readonly length: number;
}

/**
 * The head of a backup, three lines of UTF-8 each ended by a line feed:
 * 1. `oath-bridge backup`
 * 2. the header as JSON, bytes in base64
 * 3. SHA-256 of lines 1 and 2 with their line feeds, in hex. It keeps nobody from changing them; it tells a damaged file from
 *    a wrong passphrase.
 */
export async function formatHead(header: BackupHeader): Promise<{ bytes: Bytes; digest: Bytes }> {
  const { vaultId, createdAtMs, kdf, salt, wrappedKey } = header;
  const fields = {
    format: FORMAT,
    vaultId,
    createdAtMs,
    kdf,
    salt: formatBase64(salt),
    wrappedKey: { iv: formatBase64(wrappedKey.iv), ciphertext: formatBase64(wrappedKey.ciphertext) },
  };
  const lines = `${MAGIC}${JSON.stringify(fields)}\n`;
  const digest = await sha256(utf8Bytes(lines));
  return { bytes: utf8Bytes(`${lines}${formatHex(digest)}\n`), digest };
}

/**
 * Reads the head of a file from its first bytes. Rejects with `not-a-backup`, `damaged` or `unsupported-version`, the last
 * for a newer format whose head is sound. KDF parameters are within our limits: nothing was derived to find that out.
 */
export async function parseHead(start: Bytes): Promise<BackupHead> {
  const magic = utf8Bytes(MAGIC);
  if (!magic.every((byte, index) => byte === start[index])) {
    throw new BackupError("not-a-backup", "This file is not a backup of oath-bridge.");
  }
  const headerEnd = start.indexOf(LINE_FEED, magic.length) + 1;
  const length = start.indexOf(LINE_FEED, headerEnd) + 1;
  if (headerEnd === 0 || length === 0) throw damagedBackup();
  const digest = await sha256(start.slice(0, headerEnd));
  const written = new TextDecoder().decode(start.subarray(headerEnd, length));
  if (written !== `${formatHex(digest)}\n`) throw damagedBackup();
  const json = new TextDecoder().decode(start.subarray(magic.length, headerEnd));
  return { header: readFields(parseJson(json), readHeader), digest, length };
}

/** How much of a file has to be read for its head. */
export function headOf(file: Blob): Blob {
  return file.slice(0, MOST_HEAD_BYTES);
}

/** What the wrapped key is bound to. */
export function keyContext({ vaultId, createdAtMs }: Pick<BackupHeader, "vaultId" | "createdAtMs">): string {
  return JSON.stringify(["oath-bridge backup key", vaultId, createdAtMs]);
}

/** The value of a JSON text. Throws `damaged`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The engine's message quotes the text.
    throw damagedBackup();
  }
}

const LINE_FEED = 10;

function readHeader(fields: FieldReader): BackupHeader {
  const format = fields.whole("format", 1, Number.MAX_SAFE_INTEGER);
  if (format !== FORMAT) {
    throw new BackupError(
      "unsupported-version",
      "This backup was made by a newer version. Reload the page, or use that version to restore it.",
    );
  }
  const kdf = readFields(fields.value("kdf"), readKdf);
  return {
    vaultId: fields.text("vaultId", 64),
    createdAtMs: fields.number("createdAtMs", 0, Number.MAX_SAFE_INTEGER),
    kdf,
    salt: fields.bytes("salt", 16, 64),
    wrappedKey: readFields(fields.value("wrappedKey"), (sealed) => readSealed(sealed, KEY_BYTES, KEY_BYTES)),
  };
}

/** Sealed bytes of a length, tag not counted. Throws `damaged`. */
export function readSealed(fields: FieldReader, leastPlain: number, mostPlain: number): SealedBytes {
  return {
    iv: fields.bytes("iv", IV_BYTES, IV_BYTES),
    ciphertext: fields.bytes("ciphertext", leastPlain + TAG_BYTES, mostPlain + TAG_BYTES),
  };
}

function readKdf(fields: FieldReader): KdfParameters {
  const name = fields.oneOf("kdf", ["Argon2id", "PBKDF2-SHA256"]);
  const most = Number.MAX_SAFE_INTEGER;
  const parameters: KdfParameters =
    name === "Argon2id"
      ? { kdf: name, memoryKiB: fields.whole("memoryKiB", 1, most), passes: fields.whole("passes", 1, most) }
      : { kdf: name, iterations: fields.whole("iterations", 1, most) };
  try {
    requireKdfParameters(parameters);
  } catch (error) {
    throw damagedBackup({ cause: error });
  }
  return parameters;
}

async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
