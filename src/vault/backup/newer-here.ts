import { revisionOf, type SeedRecord } from "../records.ts";
import type { ReadBackup } from "./backup-reading.ts";
import { BackupError } from "./errors.ts";
import type { RestoreTransaction } from "./restore-transaction.ts";

/** Seeds looked at in one request. */
const BLOCK = 2048;

/** Rejects with `older-than-vault` when anything is here that the backup has not. */
export async function requireNoneNewer(transaction: RestoreTransaction, backup: ReadBackup): Promise<void> {
  const [tokens, devices, stamp] = await Promise.all([
    transaction.objectStore("tokens").getAll(),
    transaction.objectStore("devices").getAll(),
    transaction.objectStore("inventory").get("stamp"),
  ]);
  const isUsedSince = tokens.some(
    ({ serialNumber, lastAcceptedFactor, lastUsedAtMs = 0 }) =>
      lastAcceptedFactor > (backup.tokens.get(serialNumber)?.lastAcceptedFactor ?? -1) ||
      lastUsedAtMs > (backup.tokens.get(serialNumber)?.lastUsedAtMs ?? 0),
  );
  const known = new Map(backup.devices.map((device) => [device.serialNumber, device]));
  const isAssignedSince = devices.some(
    ({ serialNumber, userKey, enabledAtMs }) =>
      known.get(serialNumber)?.userKey !== userKey || known.get(serialNumber)?.enabledAtMs !== enabledAtMs,
  );
  // A removal leaves nothing behind that could be newer.
  const isRemovedSince = devices.length < backup.devices.length;
  const isNewer = isUsedSince || isAssignedSince || isRemovedSince;
  if (isNewer || ((stamp ?? "") !== backup.stamp && (await hasOtherSeeds(transaction, backup)))) {
    throw new BackupError(
      "older-than-vault",
      "This backup is older than the vault: devices or tokens were changed since. Nothing was restored.",
    );
  }
}

async function hasOtherSeeds(transaction: RestoreTransaction, { revisions }: ReadBackup): Promise<boolean> {
  const seeds = transaction.objectStore("seeds");
  if ((await seeds.count()) !== revisions.size) return true;
  let range: IDBKeyRange | null = null;
  for (;;) {
    const block: SeedRecord[] = await seeds.getAll(range, BLOCK);
    const last = block.at(-1);
    if (!last) return false;
    const isOther = block.some(
      ({ serialNumber, sealedSecret }) => revisions.get(serialNumber) !== revisionOf(sealedSecret),
    );
    if (isOther) return true;
    range = IDBKeyRange.lowerBound(last.serialNumber, true);
  }
}
