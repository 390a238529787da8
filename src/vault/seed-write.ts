import { changedElsewhere } from "./errors.ts";
import type { WriteTransaction } from "./database.ts";
import type { SeedRecord, TokenRecord } from "./records.ts";

/** What became of a serial number that was there already. */
export interface InventoryDuplicate {
  readonly serialNumber: string;
  readonly outcome: "kept" | "replaced" | "assigned";
}

/** A seed sealed and ready to be written. */
export interface PreparedSeed {
  readonly record: SeedRecord;
  /** The vault it was sealed for. */
  readonly vaultId: string;
  /** What the inventory held when it was compared. */
  readonly known: SeedRecord | undefined;
  readonly sameSecret: boolean;
}

/** What writing seeds takes. */
export type SeedTransaction = WriteTransaction<["vault", "inventory", "seeds", "tokens", "devices"]>;

/** Writes one seed; null when its serial number is new. */
export async function writeSeed(
  transaction: SeedTransaction,
  { record, known, sameSecret }: PreparedSeed,
  replace: boolean,
): Promise<InventoryDuplicate | null> {
  const seeds = transaction.objectStore("seeds");
  const tokens = transaction.objectStore("tokens");
  const { serialNumber } = record;
  const stored = await seeds.get(serialNumber);
  if (!stored) {
    await seeds.put(record);
    return null;
  }
  const isOwned = (await transaction.objectStore("devices").getKey(serialNumber)) !== undefined;
  if (isOwned || !replace) return { serialNumber, outcome: isOwned ? "assigned" : "kept" };
  if (stored.sealedSecret.iv.join() !== known?.sealedSecret.iv.join()) throw changedElsewhere();
  const token = await tokens.get(serialNumber);
  const carried = token && carryOver(token, stored, record, sameSecret);
  if (carried) await tokens.put(carried);
  else await tokens.delete(serialNumber);
  await seeds.put(record);
  return { serialNumber, outcome: "replaced" };
}

/**
 * What stays known of a token whose seed was replaced. Used time steps stay used, whatever the secret: should the first
 * seed come back, so would its codes. A counter of another secret says nothing. Another secret is another clock, too.
 */
function carryOver(
  token: TokenRecord,
  from: SeedRecord,
  to: SeedRecord,
  sameSecret: boolean,
): TokenRecord | null {
  if (from.type !== to.type) return null;
  if (to.type === "hotp") return sameSecret ? token : null;
  const sameSteps = from.periodSeconds === to.periodSeconds && from.t0Seconds === to.t0Seconds;
  const sameClock = sameSecret && sameSteps;
  const { driftSteps } = to;
  const drift = sameClock ? {} : { driftSteps, syncedDriftSteps: driftSteps, driftHistory: [] };
  if (sameSteps || token.lastAcceptedFactor < 0) return { ...token, ...drift };
  const usedUntilSeconds = (token.lastAcceptedFactor + 1) * from.periodSeconds + from.t0Seconds;
  const lastAcceptedFactor = Math.ceil((usedUntilSeconds - to.t0Seconds) / to.periodSeconds) - 1;
  return { ...token, ...drift, lastAcceptedFactor };
}
