/**
 * How sure it is that nobody else is importing. `alone`: the lock says so. `unsure`: there are no locks here, so another tab
 * may be.
 */
export type ImportLock = "alone" | "unsure";

/** Where there are no locks: at least this worker knows its own imports. */
const heldHere = new Set<string>();

/**
 * Runs `work` while no other tab or worker imports into this database, or undoes an import; `otherwise` when one does. The
 * browser lets the lock go when its holder ends, however it ends: this is what tells an import that runs from one that a
 * crash cut off. An insecure page has no locks, and an opaque origin may not use them.
 */
export async function withImportLock<T>(
  databaseName: string,
  work: (lock: ImportLock) => Promise<T>,
  otherwise: () => T,
): Promise<T> {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (!locks) return await withoutLocks(databaseName, work, otherwise);
  const name = `oath-bridge import: ${databaseName}`;
  let isAnswered = false;
  try {
    return await locks.request(name, { ifAvailable: true }, async (lock) => {
      isAnswered = true;
      return lock ? await work("alone") : otherwise();
    });
  } catch (error) {
    if (isAnswered) throw error;
    return await withoutLocks(databaseName, work, otherwise);
  }
}

async function withoutLocks<T>(
  databaseName: string,
  work: (lock: ImportLock) => Promise<T>,
  otherwise: () => T,
): Promise<T> {
  if (heldHere.has(databaseName)) return otherwise();
  heldHere.add(databaseName);
  try {
    return await work("unsure");
  } finally {
    heldHere.delete(databaseName);
  }
}
