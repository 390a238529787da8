import { formatItems, type BackupItem } from "../../src/vault/backup/content.ts";
import { BackupWriter } from "../../src/vault/backup/file-writer.ts";
import type { PassphraseKdf } from "../../src/vault/passphrase-kdf.ts";
import type { SeedRecord } from "../../src/vault/records.ts";

/** Seeds in a chunk, as an export writes them. */
export const CHUNK_SEEDS = 512;

/** A seed's record as a backup has it; what is sealed in it is noise. */
export function sealedNoise(serialNumber: string, changes: Partial<SeedRecord> = {}): SeedRecord {
  return {
    serialNumber,
    type: "totp",
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    t0Seconds: 0,
    counter: 0,
    driftSteps: 0,
    sealedSecret: {
      iv: crypto.getRandomValues(new Uint8Array(12)),
      ciphertext: crypto.getRandomValues(new Uint8Array(36)),
    },
    ...changes,
  };
}

/** A backup made by hand: these items, and `count` seeds that nothing opens. */
export async function syntheticBackup(
  kdf: PassphraseKdf,
  passphrase: string,
  {
    items = [],
    count = 0,
    vaultId = crypto.randomUUID(),
    dataKey = crypto.getRandomValues(new Uint8Array(32)),
  }: {
    readonly items?: readonly BackupItem[];
    readonly count?: number;
    readonly vaultId?: string;
    readonly dataKey?: Uint8Array<ArrayBuffer>;
  },
): Promise<Blob> {
  const writer = await BackupWriter.create(kdf, passphrase, { vaultId, createdAtMs: 1_767_225_610_000 });
  await writer.add(dataKey.slice());
  await writer.add(formatItems([["stamp", "by hand"], ...items]));
  for (let start = 0; start < count; start += CHUNK_SEEDS) {
    const length = Math.min(CHUNK_SEEDS, count - start);
    const seeds = Array.from({ length }, (_, index): BackupItem => [
      "seed",
      sealedNoise(`BOX${String(start + index).padStart(8, "0")}`),
    ]);
    await writer.add(formatItems(seeds));
  }
  return await writer.finish();
}
