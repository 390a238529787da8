import type { Bytes } from "../core/bytes.ts";
import type { Seed } from "../otp/seed.ts";
import { VaultError } from "./errors.ts";
import type { BoundFacts, SealedBytes, SealedFacts } from "./records.ts";
import { openBytes, sealBytes } from "./sealing.ts";

/** Encrypts a seed's secret, bound to its place and to what its codes are computed by. */
export function sealSecret(
  key: CryptoKey,
  vaultId: string,
  { secret, ...facts }: Seed,
): Promise<SealedBytes> {
  return sealBytes(key, secret, contextOf(vaultId, facts));
}

/**
 * A record's secret, which the caller wipes. Rejects with `store-corrupt` when it, or what is bound to it, was changed or moved.
 */
export async function openSecret(key: CryptoKey, vaultId: string, record: SealedFacts): Promise<Bytes> {
  try {
    return await openBytes(key, record.sealedSecret, contextOf(vaultId, record));
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    // As sealed before the facts were bound. No way around them: what was sealed under one context opens under no other.
    return await openBytes(key, record.sealedSecret, firstContextOf(vaultId, record.serialNumber)).catch(
      () => {
        throw error;
      },
    );
  }
}

/** The first text names the schema: a record of one never opens as a record of another. */
function contextOf(vaultId: string, facts: BoundFacts): string {
  const { serialNumber, type, algorithm, digits, periodSeconds, t0Seconds } = facts;
  return JSON.stringify([
    "oath-bridge seed 2",
    vaultId,
    serialNumber,
    type,
    algorithm,
    digits,
    periodSeconds,
    t0Seconds,
  ]);
}

function firstContextOf(vaultId: string, serialNumber: string): string {
  return JSON.stringify(["oath-bridge seed", vaultId, serialNumber]);
}
