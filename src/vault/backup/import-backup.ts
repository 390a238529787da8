import { unwrap } from "idb";
import { wipe } from "../../core/bytes.ts";
import type { Differs } from "../carry-over.ts";
import { importRunning } from "../errors.ts";
import { createPassphraseSlot, type VaultHeader } from "../header.ts";
import { recordsAmong } from "../keys-among.ts";
import { revisionOf, type SeedRecord, type TokenRecord } from "../records.ts";
import { importSealingKey } from "../sealing.ts";
import { openSecret } from "../seed-sealing.ts";
import { readBackup, type ReadBackup } from "./backup-reading.ts";
import { parseItems } from "./content.ts";
import { requireNoneNewer } from "./newer-here.ts";
import { STORES, type RestoreTransaction } from "./restore-transaction.ts";
import type { BackupParts, BackupWatch } from "./export-backup.ts";
import { mergedAttempts, mergedToken, strangeToken } from "./restored-marks.ts";

/**
 * Puts a backup in the place of what is here, and opens the vault with it: all of it in one transaction, once the whole file was
 * read and found sound. What is known of used codes here stays known. Rejects with a `BackupError`, with `wrong-passphrase`,
 * with `busy` while an import runs, and with the signal's reason until the writing begins; nothing is changed then.
 */
export async function importBackup(
  parts: BackupParts,
  file: Blob,
  passphrase: string,
  options: { readonly allowOlder: boolean },
  { signal, onProgress }: BackupWatch,
): Promise<void> {
  const { database, vault, kdf, now } = parts;
  const backup = await readBackup(file, kdf, passphrase, signal, (bytes) => onProgress(bytes, file.size * 2));
  try {
    const { vaultId } = backup.header;
    const slot = await createPassphraseSlot(kdf, vaultId, backup.dataKey, passphrase, await kdf.choose());
    const differs = await compareCounters(parts, backup);
    signal.throwIfAborted();
    const header: VaultHeader = { vaultId, schemaVersion: 1, slot, lockMark: crypto.randomUUID() };
    await database.write([...STORES], (transaction) =>
      replaceAll(transaction, backup, { header, differs, nowMs: now(), ...options }),
    );
    vault.lock();
    // It is restored: where it was locked meanwhile it stays so, and that is no failure.
    await vault.openBy(() => Promise.resolve(backup.dataKey.slice())).catch(() => undefined);
    onProgress(file.size * 2, file.size * 2);
  } finally {
    wipe(backup.dataKey);
  }
}

interface Restore {
  readonly header: VaultHeader;
  readonly differs: ReadonlyMap<string, ReadonlySet<string>>;
  readonly nowMs: number;
  readonly allowOlder: boolean;
}

/** Counters' seeds here that are surely of another secret than the backup's of that serial number. The data key opens both. */
async function compareCounters(
  { database }: BackupParts,
  { header: { vaultId }, dataKey, seedChunks, revisions }: ReadBackup,
): Promise<Map<string, Set<string>>> {
  const { tokens, seeds, isSameVault } = await database.read(async (open) => {
    const transaction = open.transaction(["vault", "tokens", "seeds"]);
    const used = await transaction.objectStore("tokens").getAll();
    const serialNumbers = used.map(({ serialNumber }) => serialNumber);
    return {
      isSameVault: (await transaction.objectStore("vault").get("header"))?.vaultId === vaultId,
      tokens: used,
      seeds: await recordsAmong(transaction.objectStore("seeds"), serialNumbers),
    };
  });
  const differing = new Map<string, Set<string>>();
  if (!isSameVault) return differing;
  const marks = new Map(
    tokens.map((token): [string, SealedMark[]] => {
      const seed = seeds.get(token.serialNumber);
      const isOther = seed && revisionOf(seed.sealedSecret) !== revisions.get(token.serialNumber);
      const all = [...(token.retired ?? []), ...(isOther ? [seed] : [])];
      return [token.serialNumber, all.filter(({ type }) => type === "hotp")];
    }),
  );
  const key = await importSealingKey(dataKey);
  for (const chunk of seedChunks) {
    for (const [kind, seed] of parseItems(chunk)) {
      if (kind !== "seed" || seed.type !== "hotp") continue;
      for (const mark of marks.get(seed.serialNumber) ?? []) {
        if (await isSameSecret(key, vaultId, seed, mark)) continue;
        const others = differing.get(seed.serialNumber) ?? new Set();
        differing.set(seed.serialNumber, others.add(revisionOf(mark.sealedSecret)));
      }
    }
  }
  return differing;
}

type SealedMark = Parameters<typeof openSecret>[2];

/** What cannot be opened may be the same. */
async function isSameSecret(
  key: CryptoKey,
  vaultId: string,
  one: SealedMark,
  other: SealedMark,
): Promise<boolean> {
  const opened = await Promise.allSettled([openSecret(key, vaultId, one), openSecret(key, vaultId, other)]);
  const [a, b] = opened.map((result) => (result.status === "fulfilled" ? result.value : null));
  const isSame = !a || !b || (a.length === b.length && a.every((byte, index) => byte === b[index]));
  for (const secret of [a, b]) if (secret) wipe(secret);
  return isSame;
}

async function replaceAll(
  transaction: RestoreTransaction,
  backup: ReadBackup,
  { header, differs, nowMs, allowOlder }: Restore,
): Promise<void> {
  const [stored, last] = await Promise.all([
    transaction.objectStore("vault").get("header"),
    transaction.objectStore("imports").get("last"),
  ]);
  if (last && last.state !== "done") throw importRunning();
  const isSameVault = stored?.vaultId === header.vaultId;
  const tokens = isSameVault ? await mergeTokens(transaction, backup, differs) : strangeTokens(backup, nowMs);
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
  const passkeys = isSameVault && stored.passkeys ? { passkeys: stored.passkeys } : {};
  const restored = isSameVault ? (stored.restoredAtMs ?? 0) : nowMs;
  unwrap(transaction.objectStore("vault")).put(
    { ...header, ...passkeys, ...(restored > 0 && { restoredAtMs: restored }) },
    "header",
  );
  unwrap(transaction.objectStore("inventory")).put(crypto.randomUUID(), "stamp");
  const seeds = unwrap(transaction.objectStore("seeds"));
  for (const chunk of backup.seedChunks) {
    for (const [kind, record] of parseItems(chunk)) if (kind === "seed") seeds.put(record);
  }
  for (const token of tokens) unwrap(transaction.objectStore("tokens")).put(token);
  for (const device of backup.devices) unwrap(transaction.objectStore("devices")).put(device);
  for (const record of attempts.values()) unwrap(transaction.objectStore("attempts")).put(record);
}

async function mergeTokens(
  transaction: RestoreTransaction,
  backup: ReadBackup,
  differs: Restore["differs"],
): Promise<TokenRecord[]> {
  const here = await transaction.objectStore("tokens").getAll();
  const seeds = await recordsAmong(
    transaction.objectStore("seeds"),
    here.map(({ serialNumber }) => serialNumber),
  );
  const coming = seedsOf(backup, new Set(here.map(({ serialNumber }) => serialNumber)));
  const merged = new Map(backup.tokens);
  for (const token of here) {
    const { serialNumber } = token;
    const isOther: Differs = ({ sealedSecret }) =>
      differs.get(serialNumber)?.has(revisionOf(sealedSecret)) ?? false;
    const known = mergedToken(
      { token, seed: seeds.get(serialNumber) },
      { token: backup.tokens.get(serialNumber), seed: coming.get(serialNumber) },
      isOther,
    );
    if (known) merged.set(serialNumber, known);
  }
  return [...merged.values()];
}

function strangeTokens(backup: ReadBackup, nowMs: number): TokenRecord[] {
  const seeds = seedsOf(backup, new Set(backup.tokens.keys()));
  return [...backup.tokens.values()].map((token) =>
    strangeToken(token, seeds.get(token.serialNumber), nowMs),
  );
}

/** The backup's seeds of these serial numbers. */
function seedsOf({ seedChunks }: ReadBackup, wanted: ReadonlySet<string>): Map<string, SeedRecord> {
  const found = new Map<string, SeedRecord>();
  if (wanted.size === 0) return found;
  for (const chunk of seedChunks) {
    for (const [kind, seed] of parseItems(chunk)) {
      if (kind === "seed" && wanted.has(seed.serialNumber)) found.set(seed.serialNumber, seed);
    }
  }
  return found;
}
