import { unwrap, wrap } from "idb";
import { wipe } from "../../core/bytes.ts";
import { changedElsewhere, importRunning } from "../errors.ts";
import { createPassphraseSlot, type VaultHeader } from "../header.ts";
import { recordsAmong } from "../keys-among.ts";
import type { TokenRecord } from "../records.ts";
import { readBackup, type ReadBackup } from "./backup-reading.ts";
import { parseItems } from "./content.ts";
import type { BackupParts, BackupWatch } from "./export-backup.ts";
import { requireNoneNewer } from "./newer-here.ts";
import { planRestore, type RestorePlan } from "./restore-plan.ts";
import { STORES, type RestoreTransaction } from "./restore-transaction.ts";
import { mergedAttempts, mergedToken, strangeToken } from "./restored-marks.ts";

/**
 * Puts a backup in the place of what is here, and opens the vault with it unless it is locked meanwhile: all of it in one transaction, once the whole file was
 * read and found sound. What is known of used codes here stays known. Rejects with a `BackupError`, with `wrong-passphrase`,
 * with `busy` while an import runs or another tab makes changes, and with the signal's reason until all is written; nothing is
 * changed then. The first half of the progress is reading, the second writing.
 */
export async function importBackup(
  parts: BackupParts,
  file: Blob,
  passphrase: string,
  options: { readonly allowOlder: boolean },
  { signal, onProgress, onWritten }: BackupWatch,
): Promise<void> {
  const { database, vault, kdf, now } = parts;
  const total = file.size * 2;
  const { locks } = vault;
  const backup = await readBackup(file, kdf, passphrase, signal, (bytes) => onProgress(bytes, total));
  try {
    const { vaultId } = backup.header;
    const slot = await createPassphraseSlot(kdf, vaultId, backup.dataKey, passphrase, await kdf.choose());
    const plan = await planRestore(database, backup, () => {
      signal.throwIfAborted();
      onProgress(file.size, total);
    });
    const header: VaultHeader = { vaultId, schemaVersion: 1, slot, lockMark: crypto.randomUUID() };
    const onPart = (done: number) => {
      signal.throwIfAborted();
      onProgress(file.size + Math.floor(done * (file.size - 1)), total);
    };
    await database.write([...STORES], (transaction) =>
      replaceAll(transaction, backup, { header, plan, onPart, nowMs: now(), ...options }),
    );
    onWritten?.();
    // Whoever locked the vault meanwhile has it locked, and that is no failure.
    await vault.restored({ dataKey: backup.dataKey, header }, locks);
    onProgress(total, total);
  } finally {
    wipe(backup.dataKey);
  }
}

interface Restore {
  readonly header: VaultHeader;
  readonly plan: RestorePlan;
  readonly nowMs: number;
  readonly allowOlder: boolean;
  /** Told how much is written, from 0 to 1; what it throws ends the restore. */
  readonly onPart: (done: number) => void;
}

async function replaceAll(
  transaction: RestoreTransaction,
  backup: ReadBackup,
  { header, plan, nowMs, allowOlder, onPart }: Restore,
): Promise<void> {
  const [stored, last] = await Promise.all([
    transaction.objectStore("vault").get("header"),
    transaction.objectStore("imports").get("last"),
  ]);
  if (last && last.state !== "done") throw importRunning();
  if (stored?.vaultId !== plan.vaultIdHere) throw changedElsewhere();
  const { isSameVault } = plan;
  const tokens = isSameVault
    ? await mergeTokens(transaction, backup, plan)
    : [...backup.tokens.values()].map((token) =>
        strangeToken(token, plan.coming.get(token.serialNumber), nowMs),
      );
  const attempts = new Map(backup.attempts);
  if (isSameVault) {
    if (!allowOlder) await requireNoneNewer(transaction, backup);
    for (const record of await transaction.objectStore("attempts").getAll()) {
      if (record.key.startsWith("vault:")) continue;
      attempts.set(record.key, mergedAttempts(record, attempts.get(record.key)));
    }
  }
  // Nobody waits for the single requests: the transaction tells whether all went well.
  for (const name of STORES) unwrap(transaction.objectStore(name)).clear();
  const passkeys = isSameVault && stored?.passkeys ? { passkeys: stored.passkeys } : {};
  const restored = isSameVault ? (stored?.restoredAtMs ?? 0) : nowMs;
  unwrap(transaction.objectStore("vault")).put(
    { ...header, ...passkeys, ...(restored > 0 && { restoredAtMs: restored }) },
    "header",
  );
  unwrap(transaction.objectStore("inventory")).put(crypto.randomUUID(), "stamp");
  const all = backup.revisions.size + tokens.length + backup.devices.length + attempts.size;
  let done = 0;
  const onPut = (count: number) => onPart((done += count) / all);
  for (const chunk of backup.seedChunks) {
    const seeds = parseItems(chunk).flatMap(([kind, seed]) => (kind === "seed" ? [seed] : []));
    await putAll(unwrap(transaction.objectStore("seeds")), seeds, onPut);
  }
  await putAll(unwrap(transaction.objectStore("tokens")), tokens, onPut);
  await putAll(unwrap(transaction.objectStore("devices")), backup.devices, onPut);
  await putAll(unwrap(transaction.objectStore("attempts")), [...attempts.values()], onPut);
}

/** Records put in one go. */
const BLOCK = 512;

/** Waits for the last of each block: the worker is not deaf meanwhile, and the database has no more than that to do at once. */
async function putAll(
  store: IDBObjectStore,
  records: readonly unknown[],
  onPut: (count: number) => void,
): Promise<void> {
  for (let start = 0; start < records.length; start += BLOCK) {
    const block = records.slice(start, start + BLOCK);
    const last = block.map((record) => store.put(record)).at(-1);
    if (last) await wrap(last);
    onPut(block.length);
  }
}

async function mergeTokens(
  transaction: RestoreTransaction,
  backup: ReadBackup,
  plan: RestorePlan,
): Promise<TokenRecord[]> {
  const here = await transaction.objectStore("tokens").getAll();
  // Somebody assigned a token since: what it was used for could not be compared.
  if (here.some(({ serialNumber }) => !plan.usedHere.has(serialNumber))) throw changedElsewhere();
  const seeds = await recordsAmong(
    transaction.objectStore("seeds"),
    here.map(({ serialNumber }) => serialNumber),
  );
  const merged = new Map(backup.tokens);
  for (const token of here) {
    const { serialNumber } = token;
    const known = mergedToken(
      { token, seed: seeds.get(serialNumber) },
      { token: backup.tokens.get(serialNumber), seed: plan.coming.get(serialNumber) },
      plan.differs(serialNumber),
    );
    if (known) merged.set(serialNumber, known);
  }
  return [...merged.values()];
}
