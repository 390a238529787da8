import { arrival, departure, type Differs } from "../carry-over.ts";
import { revisionOf, type AttemptRecord, type SeedRecord, type TokenRecord } from "../records.ts";

/**
 * Time steps after the moment of a restore that are taken for used, beyond the token's stored drift: the sign-in window (1),
 * and what it may have widened by while the token was not seen (2).
 */
const AHEAD_STEPS = 3;

/**
 * What is known of a token after a restore over the vault that the backup is of: neither forgets what was used. `now` and `seed`
 * are what is here, `backedUp` and `restored` what the backup has.
 */
export function mergedToken(
  now: { readonly token: TokenRecord; readonly seed: SeedRecord | undefined },
  backedUp: { readonly token: TokenRecord | undefined; readonly seed: SeedRecord | undefined },
  differs: Differs,
): TokenRecord | undefined {
  const { seed } = backedUp;
  const isSame = now.seed && seed && revisionOf(now.seed.sealedSecret) === revisionOf(seed.sealedSecret);
  const left = isSame || !now.seed ? now.token : departure(now.token, now.seed);
  const known = isSame || !seed ? left : arrival(left, seed, differs);
  const merged = known && backedUp.token ? later(known, backedUp.token) : (known ?? backedUp.token);
  // What was used elsewhere is as unknown as before: only a resync here ends that.
  return merged && known?.needsResync && seed?.type === "hotp" ? { ...merged, needsResync: true } : merged;
}

/** The record that knows more, with the marks put by of both. */
function later(one: TokenRecord, other: TokenRecord): TokenRecord {
  const base = one.lastAcceptedFactor >= other.lastAcceptedFactor ? one : other;
  const marks = new Map<string, NonNullable<TokenRecord["retired"]>[number]>();
  for (const mark of [...(one.retired ?? []), ...(other.retired ?? [])]) {
    const name = revisionOf(mark.sealedSecret);
    const known = marks.get(name);
    const higher = known && known.lastAcceptedFactor >= mark.lastAcceptedFactor ? known : mark;
    const needsResync = known?.needsResync === true || mark.needsResync === true;
    marks.set(name, { ...higher, ...(needsResync && { needsResync }) });
  }
  return { ...base, ...(marks.size > 0 && { retired: [...marks.values()] }) };
}

/** The record that has failed more often. */
export function mergedAttempts(now: AttemptRecord, backedUp: AttemptRecord | undefined): AttemptRecord {
  return backedUp && backedUp.failures > now.failures ? backedUp : now;
}

/**
 * What is known of a token that a backup brings to another vault: it may have been used elsewhere since, nobody here knows how
 * often. Of a clock every code that could be shown until now is used; a counter has to be resynchronized.
 */
export function strangeToken(token: TokenRecord, seed: SeedRecord | undefined, nowMs: number): TokenRecord {
  if (!seed) return token;
  if (seed.type === "hotp") return { ...token, needsResync: true };
  const used = usedUntil(seed, token.driftSteps, nowMs);
  return { ...token, lastAcceptedFactor: Math.max(token.lastAcceptedFactor, used) };
}

/** The last time step that a token may have shown by the moment of a restore. */
export function usedUntil(
  { periodSeconds, t0Seconds }: Pick<SeedRecord, "periodSeconds" | "t0Seconds">,
  driftSteps: number,
  restoredAtMs: number,
): number {
  const step = Math.floor((restoredAtMs / 1000 - t0Seconds) / periodSeconds);
  return step + driftSteps + AHEAD_STEPS;
}
