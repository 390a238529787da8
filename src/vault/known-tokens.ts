import type { Database } from "./database.ts";
import { keysAmong } from "./keys-among.ts";

/** Which serial numbers the inventory has, and which of those have an owner. */
export interface KnownTokens {
  readonly known: ReadonlySet<string>;
  readonly assigned: ReadonlySet<string>;
}

/** What the inventory has of these serial numbers. Needs no key. */
export function findKnownTokens(database: Database, serialNumbers: readonly string[]): Promise<KnownTokens> {
  return database.read(async (open) => {
    const transaction = open.transaction(["seeds", "devices"]);
    const [known, owned] = await Promise.all([
      keysAmong(transaction.objectStore("seeds"), serialNumbers),
      keysAmong(transaction.objectStore("devices"), serialNumbers),
    ]);
    return { known, assigned: new Set([...owned].filter((serialNumber) => known.has(serialNumber))) };
  });
}
