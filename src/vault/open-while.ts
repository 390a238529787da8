import type { SeedVault } from "./seed-vault.ts";

/**
 * Runs work on seeds that were opened already: once the vault is locked its signal is aborted, and what comes of it is not
 * handed out. Rejects with `vault-locked` then, else as `work` does. A vault without a passphrase has nothing to lock.
 */
export async function whileOpen<T>(
  vault: SeedVault,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const locked = new AbortController();
  const stopListening = vault.onLocked(() => {
    void vault.requireOpen().catch((error: unknown) => locked.abort(error));
  });
  try {
    await vault.requireOpen();
    const result = await work(AbortSignal.any([signal, locked.signal]));
    await vault.requireOpen();
    return result;
  } finally {
    stopListening();
  }
}
