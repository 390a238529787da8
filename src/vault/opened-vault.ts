import { importSealingKey } from "./sealing.ts";
import type { OpenedKey } from "./vault-key.ts";

/** The key that seeds are sealed with, as long as the vault is open; it cannot be exported. */
export interface OpenedVault {
  readonly key: CryptoKey;
  readonly vaultId: string;
  /** The header's when it was opened: another one says that some tab locked it since. */
  readonly lockMark: string | undefined;
}

/** The caller wipes the data key. */
export async function openedVault(
  { dataKey, header }: Omit<OpenedKey, "slot">,
  lockMark: string | undefined,
): Promise<OpenedVault> {
  return { key: await importSealingKey(dataKey), vaultId: header.vaultId, lockMark };
}
