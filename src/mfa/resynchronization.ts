import {
  describeDevice,
  evaluate,
  requireUnlocked,
  reserveAttempt,
  withSeed,
  type MfaContext,
} from "./context.ts";
import type { MfaDevice, ResyncMfaDeviceRequest } from "./contract.ts";
import { diagnoseCodes, findConsecutive } from "./diagnosis.ts";
import { refusal, requireDevice, requireDifferent, requireKnownSerial } from "./enrolment.ts";
import { requireUserKey } from "./names.ts";
import {
  checkObservedCodes,
  driftObservation,
  lastOf,
  measuredDriftSteps,
  refuseStale,
  requireDigits,
} from "./observed-codes.ts";
import { windowsOf } from "./policy.ts";

/** Three codes cannot be guessed (10⁻¹⁴ a try), and they are the owner's way out of a lock: nobody waits long for them. */
const THREE_CODES_WAIT_MS = 30_000;

/**
 * Brings a token back by consecutive codes, all later than the last one accepted: two in the resync window, three in the
 * wide one. Counts against the same throttle as sign-in; three codes reopen a soft lock.
 */
export async function resyncDevice(context: MfaContext, request: ResyncMfaDeviceRequest): Promise<MfaDevice> {
  const { store, policy, engine } = context;
  const userKey = requireUserKey(request.userName);
  const codes = checkObservedCodes(request.codes);
  const serialNumber = await requireKnownSerial(context, request.serialNumber);
  const device = await requireDevice(context, serialNumber, userKey);

  return await withSeed(context, serialNumber, async (seed, status, revision) => {
    requireDigits(codes, seed.digits);
    requireDifferent(codes);
    requireUnlocked(context, serialNumber, status.failures, codes.length);
    const scope = { userKey, serialNumbers: [serialNumber] };
    const longestWaitMs = codes.length > 2 ? THREE_CODES_WAIT_MS : Number.POSITIVE_INFINITY;
    const reservation = await reserveAttempt(context, scope, longestWaitMs);
    await evaluate(context, reservation, async () => {
      const nowMs = context.now();
      const windows = windowsOf(policy, seed.type);
      const window = codes.length > 2 ? windows.wideResync : windows.resync;
      const texts = codes.map(({ code }) => code);
      const search = { atMs: nowMs, window, after: status.token.lastAcceptedFactor };
      const match = findConsecutive(engine, seed, texts, search);
      if (!match) throw diagnoseCodes(engine, seed, texts, { ...search, wideWindow: windows.wideResync });
      const { movingFactor } = match;
      refuseStale(seed, lastOf(codes), movingFactor, nowMs);
      const { ageMs } = lastOf(codes);
      const driftSteps = measuredDriftSteps(seed, movingFactor, nowMs, ageMs);
      const { outcome } = await store.consume({
        serialNumber,
        userKey,
        revision,
        movingFactor,
        driftSteps,
        ...driftObservation(seed, driftSteps, nowMs, ageMs),
        synced: true,
        nowMs,
        reservation,
      });
      if (outcome !== "consumed") throw refusal(outcome);
    });
    return await describeDevice(context, device);
  });
}
