/**
 * Deadlines in milliseconds. Almost everything is over at once; but a call may have to wait for the database while an import
 * is written, and reporting it lost when it is done a moment later would be worse than waiting.
 */
export const DEADLINE = {
  call: 30_000,
  list: 30_000,
  passphrase: 30_000,
  /** Import, preview, undo and export: as long as they like, but not silent for longer than this. */
  silence: 60_000,
  identify: 600_000,
  stop: 2_000,
} as const;
