import { wipe, type Bytes } from "../../core/bytes.ts";
import type { PassphraseKdf } from "../passphrase-kdf.ts";
import { revisionOf, type AttemptRecord, type DeviceRecord, type TokenRecord } from "../records.ts";
import { parseItems } from "./content.ts";
import { damagedBackup } from "./errors.ts";
import { KEY_BYTES, type BackupHeader } from "./file-head.ts";
import { openBackup } from "./file-reader.ts";

/** A backup that was read to its end and found sound. Its seeds stay as they came, a million of them would not fit otherwise. */
export interface ReadBackup {
  readonly header: BackupHeader;
  /** The caller wipes it. */
  readonly dataKey: Bytes;
  readonly stamp: string;
  readonly tokens: ReadonlyMap<string, TokenRecord>;
  readonly devices: readonly DeviceRecord[];
  readonly attempts: ReadonlyMap<string, AttemptRecord>;
  /** Chunks of seeds, to be read with `parseItems`: each was read once already. */
  readonly seedChunks: readonly Bytes[];
  /** Which seed each serial number has: see `revisionOf`. */
  readonly revisions: ReadonlyMap<string, string>;
}

/** Reads a whole backup. Rejects as `openBackup` and with `damaged`. `onBytes` is told how much of the file was read. */
export async function readBackup(
  file: Blob,
  kdf: PassphraseKdf,
  passphrase: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<ReadBackup> {
  const { header, chunks } = await openBackup(file, kdf, passphrase);
  let dataKey: Bytes | undefined;
  let stamp = "";
  const tokens = new Map<string, TokenRecord>();
  const devices = new Map<string, DeviceRecord>();
  const attempts = new Map<string, AttemptRecord>();
  const revisions = new Map<string, string>();
  const seedChunks: Bytes[] = [];
  try {
    for await (const chunk of chunks(onBytes)) {
      // Before anything else: it is wiped below, whatever ends this.
      const isFirst = !dataKey;
      dataKey ??= chunk;
      signal.throwIfAborted();
      if (isFirst) {
        if (chunk.length !== KEY_BYTES) throw damagedBackup();
        continue;
      }
      let hasSeeds = false;
      for (const [kind, record] of parseItems(chunk)) {
        if (kind === "stamp") stamp = record;
        else if (kind === "token") addNew(tokens, record.serialNumber, record);
        else if (kind === "device") addNew(devices, record.serialNumber, record);
        else if (kind === "attempts") addNew(attempts, record.key, record);
        else {
          addNew(revisions, record.serialNumber, revisionOf(record.sealedSecret));
          hasSeeds = true;
        }
      }
      if (hasSeeds) seedChunks.push(chunk);
    }
    if (!dataKey) throw damagedBackup();
    const assigned = [...devices.values()].map((device): DeviceRecord => {
      const seedRevision = revisions.get(device.serialNumber);
      if (seedRevision === undefined) throw damagedBackup();
      return { ...device, seedRevision };
    });
    return {
      header,
      dataKey,
      stamp,
      tokens,
      devices: assigned,
      attempts,
      seedChunks,
      revisions,
    };
  } catch (error) {
    if (dataKey) wipe(dataKey);
    throw error;
  }
}

function addNew<T>(records: Map<string, T>, key: string, record: T): void {
  if (records.has(key)) throw damagedBackup();
  records.set(key, record);
}
