import type { VaultDatabase } from "./database.ts";
import type { SeedRecord, TokenRecord } from "./records.ts";

/** What was used of a token, as far as it tells where its next code is. */
export type TokenClockRecord = Pick<TokenRecord, "driftSteps" | "lastAcceptedFactor">;

/** Records read at a time: their histories need not be in memory all at once. */
const BATCH = 1024;

/** The clock of every token that was used, by serial number. Within one transaction. */
export async function readTokenClocks(
  transaction: ReturnType<VaultDatabase["transaction"]>,
): Promise<Map<string, TokenClockRecord>> {
  const store = transaction.objectStore("tokens");
  const clocks = new Map<string, TokenClockRecord>();
  let range: IDBKeyRange | undefined;
  for (;;) {
    const records = await store.getAll(range, BATCH);
    for (const { serialNumber, driftSteps, lastAcceptedFactor } of records) {
      clocks.set(serialNumber, { driftSteps, lastAcceptedFactor });
    }
    const last = records.at(-1);
    if (!last || records.length < BATCH) return clocks;
    range = IDBKeyRange.lowerBound(last.serialNumber, true);
  }
}

/** Drift steps, or for HOTP the next counter: the seed's own until the token is used. */
export function offsetOf(record: SeedRecord, clock: TokenClockRecord | undefined): number {
  if (record.type === "totp") return clock?.driftSteps ?? record.driftSteps;
  return Math.max(record.counter, (clock?.lastAcceptedFactor ?? -1) + 1);
}
