import type { WriteTransaction } from "../database.ts";

/** All stores that a backup replaces. */
export const STORES = [
  "vault",
  "inventory",
  "seeds",
  "tokens",
  "devices",
  "attempts",
  "imports",
  "importBlocks",
] as const;

/** The one transaction of a restore. */
export type RestoreTransaction = WriteTransaction<[...typeof STORES]>;
