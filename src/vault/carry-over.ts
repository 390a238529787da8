import type { ReplacedSeed } from "./import-records.ts";
import { revisionOf, type RetiredMark, type SeedRecord, type TokenRecord } from "./records.ts";

/** Whether a mark is surely of another secret than the seed that comes. */
export type Differs = (mark: RetiredMark) => boolean;

/** Nothing was compared: every mark may be of the same secret. */
export const mayBeSame: Differs = () => false;

/**
 * What stays known of a token whose seed is replaced. Used time steps stay used, whatever the secret: should the first seed
 * come back, so would its codes. A counter belongs to its secret: it is put by until that comes back. Another secret is another
 * clock, too. Undefined when there is nothing to know.
 */
export function carryOver(
  token: TokenRecord,
  from: SeedRecord,
  to: SeedRecord,
  sameSecret: boolean,
  differs: Differs = mayBeSame,
): TokenRecord | undefined {
  const sameClock = sameSecret && from.type === to.type && (to.type === "hotp" || hasSameSteps(from, to));
  if (sameClock) return token;
  if (from.type === "hotp" || to.type === "hotp") {
    const isOther: Differs = (mark) => (isMarkOf(mark, from) ? !sameSecret : differs(mark));
    return arrival(departure(token, from), to, isOther);
  }
  const { driftSteps } = to;
  const drift = { driftSteps, syncedDriftSteps: driftSteps, driftHistory: [] };
  return { ...token, ...drift, lastAcceptedFactor: factorIn(to, from, token.lastAcceptedFactor) };
}

/** What stays known of a token whose seed is taken out: what was used, bound to that seed. Undefined when nothing was. */
export function departure(token: TokenRecord, from: SeedRecord): TokenRecord | undefined {
  const { lastAcceptedFactor, needsResync } = token;
  const { serialNumber, type, algorithm, digits, periodSeconds, t0Seconds, sealedSecret } = from;
  const retired = [...(token.retired ?? [])];
  if (lastAcceptedFactor >= 0 || needsResync) {
    const facts = { serialNumber, type, algorithm, digits, periodSeconds, t0Seconds };
    retired.push({ ...facts, sealedSecret, lastAcceptedFactor, ...(needsResync && { needsResync }) });
  }
  return retired.length === 0 ? undefined : { ...unused(serialNumber, 0), retired };
}

/** What is known of a token when a seed comes to it that was not there: what was used of that seed, or in its time, before. */
export function arrival(
  token: TokenRecord | undefined,
  to: SeedRecord,
  differs: Differs = mayBeSame,
): TokenRecord | undefined {
  const holds = (mark: RetiredMark) =>
    mark.type === to.type && (to.type === "totp" || !differs(mark) || isMarkOf(mark, to));
  const retired = token?.retired ?? [];
  const held = retired.filter(holds);
  const factors = held.map((mark) => factorIn(to, mark, mark.lastAcceptedFactor));
  const needsResync = held.some((mark) => mark.needsResync);
  // A mark that no seed was bound to is of a version that kept it so.
  const lastAcceptedFactor = Math.max(token?.lastAcceptedFactor ?? -1, ...factors);
  const others = retired.filter((mark) => !holds(mark));
  if (lastAcceptedFactor < 0 && others.length === 0 && !needsResync) return undefined;
  const { serialNumber, driftSteps } = to;
  return {
    ...unused(serialNumber, driftSteps),
    lastAcceptedFactor,
    ...(needsResync && { needsResync }),
    ...(others.length > 0 && { retired: others }),
  };
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
  // Every use raises the mark and is dated: marks alone may be alike by chance, for what was put by was not compared again here.
  // Counting the steps back in the first period could lose one, so that is not done in vain.
  const isUnused = current?.lastUsedAtMs === carried?.lastUsedAtMs && markOf(current) === markOf(carried);
  if (isUnused) return token;
  // While it was there, every mark put by was found to be of another seed.
  const isOther: Differs = (mark) => !isMarkOf(mark, before);
  const returning = current && carryOver(current, after, before, sameSecret, isOther);
  if (!returning || !token) return returning ?? token;
  const lastAcceptedFactor = Math.max(returning.lastAcceptedFactor, token.lastAcceptedFactor);
  const isSameClock = sameSecret && hasSameSteps(before, after);
  const { retired } = returning;
  // A resync of the other seed is none of this one.
  const needsResync = !isSameClock && returning.needsResync;
  return {
    ...(isSameClock ? returning : token),
    lastAcceptedFactor,
    ...(needsResync && { needsResync }),
    ...(retired && { retired }),
  };
}

function markOf(token: TokenRecord | undefined): number {
  return token?.lastAcceptedFactor ?? -1;
}

function isMarkOf(mark: RetiredMark, seed: SeedRecord): boolean {
  return revisionOf(mark.sealedSecret) === revisionOf(seed.sealedSecret);
}

function unused(serialNumber: string, driftSteps: number): TokenRecord {
  return { serialNumber, lastAcceptedFactor: -1, driftSteps, syncedDriftSteps: driftSteps };
}

type Steps = Pick<SeedRecord, "type" | "periodSeconds" | "t0Seconds">;

/** The last step of `to` that is used when all up to `factor` of `from` are; a counter is the same for both. */
function factorIn(to: Steps, from: Steps, factor: number): number {
  if (factor < 0 || to.type === "hotp" || hasSameSteps(from, to)) return factor;
  const usedUntilSeconds = (factor + 1) * from.periodSeconds + from.t0Seconds;
  return Math.ceil((usedUntilSeconds - to.t0Seconds) / to.periodSeconds) - 1;
}

function hasSameSteps(from: Steps, to: Steps): boolean {
  return from.periodSeconds === to.periodSeconds && from.t0Seconds === to.t0Seconds;
}
