import type { ReplacedSeed } from "./import-records.ts";
import type { SeedRecord, TokenRecord } from "./records.ts";

/**
 * What stays known of a token whose seed was replaced. Used time steps stay used, whatever the secret: should the first
 * seed come back, so would its codes. A counter of another secret says nothing. Another secret is another clock, too.
 */
export function carryOver(
  token: TokenRecord,
  from: SeedRecord,
  to: SeedRecord,
  sameSecret: boolean,
): TokenRecord | undefined {
  if (from.type !== to.type) return undefined;
  if (to.type === "hotp") return sameSecret ? token : undefined;
  const sameSteps = hasSameSteps(from, to);
  const sameClock = sameSecret && sameSteps;
  const { driftSteps } = to;
  const drift = sameClock ? {} : { driftSteps, syncedDriftSteps: driftSteps, driftHistory: [] };
  if (sameSteps || token.lastAcceptedFactor < 0) return { ...token, ...drift };
  const usedUntilSeconds = (token.lastAcceptedFactor + 1) * from.periodSeconds + from.t0Seconds;
  const lastAcceptedFactor = Math.ceil((usedUntilSeconds - to.t0Seconds) / to.periodSeconds) - 1;
  return { ...token, ...drift, lastAcceptedFactor };
}

/**
 * What is known of a token whose replaced seed comes back: what was known before, and that what was used since stays used.
 * `current` is what is known of it now, under the seed `after`.
 */
export function restoredToken(
  { before, token, sameSecret }: ReplacedSeed,
  after: SeedRecord,
  current: TokenRecord | undefined,
): TokenRecord | undefined {
  const carried = token && carryOver(token, before, after, sameSecret);
  // Every use raises the mark. Counting the steps back in the first period could lose one, so that is not done in vain.
  if (current?.lastAcceptedFactor === carried?.lastAcceptedFactor) return token;
  const returning = current && carryOver(current, after, before, sameSecret);
  if (!returning || !token) return returning ?? token;
  const lastAcceptedFactor = Math.max(returning.lastAcceptedFactor, token.lastAcceptedFactor);
  const isSameClock = sameSecret && hasSameSteps(before, after);
  return { ...(isSameClock ? returning : token), lastAcceptedFactor };
}

function hasSameSteps(from: SeedRecord, to: SeedRecord): boolean {
  return from.periodSeconds === to.periodSeconds && from.t0Seconds === to.t0Seconds;
}
