import { wipe } from "../core/bytes.ts";
import type { OtpEngine } from "../otp/engine.ts";
import type { Seed } from "../otp/seed.ts";
import type { AttemptScope, Reservation, TokenStatus } from "../vault/operations.ts";
import type { DeviceRecord } from "../vault/records.ts";
import type { MfaDevice } from "./contract.ts";
import { MfaError } from "./errors.ts";
import type { MfaPolicy } from "./policy.ts";
import type { MfaStore } from "./store.ts";
import { remainingDelayMs } from "./throttle.ts";

/** What every operation works with. */
export interface MfaContext {
  readonly engine: OtpEngine;
  readonly store: MfaStore;
  readonly policy: MfaPolicy;
  /** The trusted clock, in Unix milliseconds. */
  readonly now: () => number;
}

/** Runs `work` with the seed of `serialNumber` and wipes its secret afterwards. Throws `store-corrupt` without one. */
export async function withSeed<T>(
  { store }: MfaContext,
  serialNumber: string,
  work: (seed: Seed, status: TokenStatus, revision: string) => Promise<T> | T,
): Promise<T> {
  const [found, status] = await Promise.all([store.findSeed(serialNumber), store.status(serialNumber)]);
  if (!found) throw new MfaError("store-corrupt", "The seed of this device is missing from the inventory.");
  const { lastAcceptedFactor, driftSteps } = status.token;
  const { seed: stored, revision } = found;
  const seed = { ...stored, driftSteps, counter: Math.max(stored.counter, lastAcceptedFactor + 1) };
  try {
    return await work(seed, status, revision);
  } finally {
    wipe(seed.secret);
  }
}

/** Counts the attempt before it is evaluated. Throws `too-many-attempts` during a wait. */
export async function reserveAttempt(
  context: MfaContext,
  scope: AttemptScope,
  longestWaitMs = Number.POSITIVE_INFINITY,
): Promise<Reservation> {
  const nowMs = context.now();
  const outcome = await context.store.reserveAttempt(scope, nowMs, (attempts) =>
    remainingDelayMs(attempts, nowMs, context.policy, longestWaitMs),
  );
  if ("reservation" in outcome) return outcome.reservation;
  throw new MfaError("too-many-attempts", "Too many tries. Wait before the next one.", {
    details: { retryAfterMs: outcome.waitMs },
  });
}

/**
 * Runs the evaluation of a reserved attempt. A refusal keeps the reservation as a failure; a fault of ours (locked vault,
 * damaged record) gives it back, for nothing was evaluated.
 */
export async function evaluate<T>(
  context: MfaContext,
  reservation: Reservation,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MfaError && error.iamCode === "InvalidAuthenticationCode") {
      await context.store.confirmFailure(reservation, {
        nowMs: context.now(),
        wasUsed: error.code === "code-already-used",
        outOfSyncSerialNumber: error.code === "out-of-sync" ? error.details.serialNumber : undefined,
      });
    } else {
      await context.store.releaseAttempt(reservation);
    }
    throw error;
  }
}

/** Throws `locked` for a token with too many failures; three codes reopen a soft lock. */
export function requireUnlocked(
  { policy }: MfaContext,
  serialNumber: string,
  failures: number,
  codeCount: number,
): void {
  if (failures < policy.softLockFailures) return;
  const details = { serialNumber };
  if (failures >= policy.hardLockFailures) {
    throw new MfaError("locked", "This device was disabled after too many failures. Ask an administrator.", {
      details,
    });
  }
  if (codeCount < 3) {
    throw new MfaError("locked", "This device is locked. A resync with three codes in a row reopens it.", {
      details,
    });
  }
}

/** A device as its user sees it. */
export async function describeDevice(context: MfaContext, device: DeviceRecord): Promise<MfaDevice> {
  const [{ token, failures, outOfSync }, facts] = await Promise.all([
    context.store.status(device.serialNumber),
    context.store.findFacts(device.serialNumber),
  ]);
  const { userName, deviceName, serialNumber, enabledAtMs } = device;
  return {
    userName,
    deviceName,
    serialNumber,
    enabledAtMs,
    type: facts?.type ?? "totp",
    digits: facts?.digits ?? 6,
    periodSeconds: facts?.periodSeconds ?? 30,
    driftSteps: token.driftSteps,
    ...(token.lastUsedAtMs !== undefined && { lastUsedAtMs: token.lastUsedAtMs }),
    state: failures >= context.policy.softLockFailures ? "locked" : outOfSync ? "out-of-sync" : "active",
  };
}
