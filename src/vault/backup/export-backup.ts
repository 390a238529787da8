import { wipe } from "../../core/bytes.ts";
import type { Database, VaultDatabase } from "../database.ts";
import { changedElsewhere } from "../errors.ts";
import type { PassphraseKdf } from "../passphrase-kdf.ts";
import type { DeviceRecord, SeedRecord } from "../records.ts";
import type { SeedVault } from "../seed-vault.ts";
import { formatItems, parseItems, type BackupItem } from "./content.ts";
import { BackupError, damagedBackup } from "./errors.ts";
import { openBackup } from "./file-reader.ts";
import { BackupWriter } from "./file-writer.ts";

/** Seeds of a chunk. */
const BLOCK = 512;

/** What a backup is made of, and restored into. */
export interface BackupParts {
  readonly database: Database;
  readonly vault: SeedVault;
  readonly kdf: PassphraseKdf;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** How a backup is watched and stopped. */
export interface BackupWatch {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** The vault is another one from now on; what follows is opening it here. */
  readonly onWritten?: () => void;
}

/**
 * Writes the whole vault to a file and reads it back before it is handed out. No seed is opened. A vault with a passphrase
 * takes that one and no other, so that whoever finds the page open cannot carry the seeds away: rejects with
 * `wrong-passphrase` and `too-many-attempts`; one without takes any. Rejects with `busy` when the inventory keeps changing,
 * and with the signal's reason.
 */
export async function exportBackup(
  parts: BackupParts,
  passphrase: string,
  { signal, onProgress }: BackupWatch,
): Promise<Blob> {
  return await parts.vault.withDataKey(passphrase, async ({ dataKey, header }) => {
    signal.throwIfAborted();
    const { vaultId } = header;
    const writer = await BackupWriter.create(parts.kdf, passphrase, { vaultId, createdAtMs: parts.now() });
    try {
      await writer.add(dataKey.slice());
      const total = await parts.database.read((open) => open.count("seeds"));
      const written = await writeContent(parts.database, writer, signal, (done) =>
        onProgress(done, total * 2),
      );
      const file = await writer.finish();
      await readBack(file, parts.kdf, passphrase, written, signal, (done) =>
        onProgress(total + done, total * 2),
      );
      onProgress(total * 2, total * 2);
      return file;
    } finally {
      writer.discard();
    }
  });
}

/** The items it wrote. */
async function writeContent(
  database: Database,
  writer: BackupWriter,
  signal: AbortSignal,
  onSeeds: (done: number) => void,
): Promise<number> {
  const first = await database.read(readSmallStores);
  let items = first.items.length;
  // What is used while the seeds are read is not in it: the marks are of one moment, which is what a restore compares with.
  for (let start = 0; start < first.items.length; start += BLOCK) {
    await writer.add(formatItems(first.items.slice(start, start + BLOCK)));
  }
  let after: string | undefined;
  for (let done = 0; ;) {
    signal.throwIfAborted();
    const range = after === undefined ? null : IDBKeyRange.lowerBound(after, true);
    const { seeds, stamp } = await database.read(async (open) => {
      const transaction = open.transaction(["seeds", "inventory"]);
      const [found, now] = await Promise.all([
        transaction.objectStore("seeds").getAll(range, BLOCK),
        transaction.objectStore("inventory").get("stamp"),
      ]);
      return { seeds: found, stamp: now };
    });
    if (stamp !== first.stamp) throw changedElsewhere();
    const last = seeds.at(-1);
    if (!last) return items;
    await writer.add(formatItems(seeds.map((seed): BackupItem => ["seed", withoutImport(seed)])));
    items += seeds.length;
    done += seeds.length;
    onSeeds(done);
    after = last.serialNumber;
  }
}

async function readSmallStores(open: VaultDatabase) {
  const transaction = open.transaction(["inventory", "tokens", "devices", "attempts"]);
  const [stamp = "", tokens, devices, attempts] = await Promise.all([
    transaction.objectStore("inventory").get("stamp"),
    transaction.objectStore("tokens").getAll(),
    transaction.objectStore("devices").getAll(),
    transaction.objectStore("attempts").getAll(),
  ]);
  const items: BackupItem[] = [
    ["stamp", stamp],
    ...tokens.map((token): BackupItem => ["token", token]),
    ...devices.map((device): BackupItem => ["device", withoutRevision(device)]),
    // Wrong passphrases count against this browser's vault, not against the one that is restored.
    ...attempts
      .filter(({ key }) => !key.startsWith("vault:"))
      .map((record): BackupItem => ["attempts", record]),
  ];
  return { stamp: stamp === "" ? undefined : stamp, items };
}

/** The journal of the import it belongs to stays behind. */
function withoutImport(record: SeedRecord): SeedRecord {
  const { importId: _, ...seed } = record;
  return seed;
}

/** Its seed says it. */
function withoutRevision(record: DeviceRecord): DeviceRecord {
  const { seedRevision: _, ...device } = record;
  return device;
}

/** Rejects with `damaged` unless a restore would find in the file what was written. */
async function readBack(...given: Parameters<typeof countItems>): Promise<void> {
  try {
    await countItems(...given);
  } catch (error) {
    if (!(error instanceof BackupError) || error.code !== "damaged") throw error;
    throw new BackupError(
      "damaged",
      "The backup could not be read again after it was written, so it was thrown away. Try again.",
      { cause: error },
    );
  }
}

/** Opens the file as a restore would, and counts what is in it. Rejects with `damaged` when that is not what was written. */
async function countItems(
  file: Blob,
  kdf: PassphraseKdf,
  passphrase: string,
  written: number,
  signal: AbortSignal,
  onItems: (done: number) => void,
): Promise<void> {
  const { chunks } = await openBackup(file, kdf, passphrase);
  let [number, items] = [0, 0];
  for await (const chunk of chunks()) {
    if (number === 0) wipe(chunk);
    signal.throwIfAborted();
    if (number > 0) items += parseItems(chunk).length;
    number += 1;
    onItems(items);
  }
  if (items !== written) throw damagedBackup();
}
