/**
 * Takes a Web Lock and never lets it go: whoever waits for it gets it when this worker has ended, however it ended. Resolves
 * once it is held. Opaque origins have no locks, and do without.
 */
export function holdForLife(name: string): Promise<void> {
  return new Promise<void>((resolve) => {
    const forEver = new Promise<never>(() => undefined);
    const holding = (navigator as { readonly locks?: LockManager }).locks?.request(name, async () => {
      resolve();
      await forEver;
    });
    if (holding) void holding.catch(() => resolve());
    else resolve();
  });
}
