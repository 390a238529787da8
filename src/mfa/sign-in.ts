import type { DriftObservation } from "../otp/drift.ts";
import type { OtpEngine } from "../otp/engine.ts";
import type { Seed } from "../otp/seed.ts";
import type { TokenRecord, DeviceRecord } from "../vault/records.ts";
import { isCode } from "../core/digits.ts";
import { evaluate, requireUnlocked, reserveAttempt, withSeed, type MfaContext } from "./context.ts";
import type { Verification, VerifyCodeRequest } from "./contract.ts";
import { driftAfter, signInPlaces, type SignInPlace } from "./drift-following.ts";
import { alreadyUsed, refusal, requireDevice, requireKnownSerial } from "./enrolment.ts";
import { MfaError } from "./errors.ts";
import { futureMark } from "./future-mark.ts";
import { requireUserKey } from "./names.ts";
import {
  checkObservedCode,
  driftObservation,
  measuredDriftSteps,
  requireDigits,
  type CheckedCode,
} from "./observed-codes.ts";
import { windowsOf, type MfaPolicy } from "./policy.ts";

/**
 * The sign-in check: one code of one device, or of any of the user's. The code is looked for around the drift predicted
 * for the token, around the stored one, and around zero as well, so that a corrected clock locks nobody out.
 */
export async function verifySignIn(context: MfaContext, request: VerifyCodeRequest): Promise<Verification> {
  const userKey = requireUserKey(request.userName);
  const code = checkObservedCode(request.code);
  const devices = await askedDevices(context, userKey, request.serialNumber);
  const open = await unlockedDevices(context, devices);
  const fitting = await devicesWithDigits(context, open, code);

  const serialNumbers = fitting.map(({ serialNumber }) => serialNumber);
  const reservation = await reserveAttempt(context, { userKey, serialNumbers });
  return await evaluate(context, reservation, async () => {
    const refusals: MfaError[] = [];
    for (const device of fitting) {
      const judged = await withSeed(context, device.serialNumber, (seed, { token }, revision) => {
        const verdict = judgeCode(context, seed, token, code);
        return verdict instanceof MfaError ? verdict : { ...verdict, revision };
      });
      if (judged instanceof MfaError) {
        refusals.push(judged);
        continue;
      }
      const { serialNumber, deviceName, userName } = device;
      const found = { serialNumber, userKey, reservation, signIn: true, ...judged };
      const { outcome, refused } = await context.store.consume(found);
      if (outcome === "needs-resync") throw outOfSync(serialNumber);
      if (outcome !== "consumed") throw refusal(outcome);
      const { driftSteps, nowMs } = judged;
      const verification = { userName, deviceName, serialNumber, driftSteps, verifiedAtMs: nowMs };
      return refused ? { ...verification, sinceLastSignIn: refused } : verification;
    }
    throw mostTelling(refusals);
  });
}

interface Accepted {
  readonly movingFactor: number;
  readonly driftSteps: number;
  readonly observation?: DriftObservation;
  /** True when the token's clock was set right, so that its old drift counts no longer. */
  readonly synced: boolean;
  readonly nowMs: number;
}

/** All searches are made whatever the first one finds: the work does not tell how near a guess was. */
function judgeCode(
  { engine, policy, now }: MfaContext,
  seed: Seed,
  token: TokenRecord,
  { code, ageMs }: CheckedCode,
): Accepted | MfaError {
  const nowMs = now();
  const windows = windowsOf(policy, seed.type);
  const places = signInPlaces(seed, token, policy, nowMs);
  const inWindow = places.map(({ driftSteps, window }) =>
    engine.match({ ...seed, driftSteps }, code, { atMs: nowMs, window, after: token.lastAcceptedFactor }),
  );
  const used = usedFactor(engine, seed, token, code, nowMs, policy, places);
  const wide = places.map(({ driftSteps }) =>
    engine.match({ ...seed, driftSteps }, code, { atMs: nowMs, window: windows.outOfSync }),
  );

  const [predicted, stored, zero] = inWindow;
  const hit = predicted ?? stored ?? zero;
  if (hit && token.needsResync) return outOfSync(seed.serialNumber);
  if (hit) {
    const measured = measuredDriftSteps(seed, hit.movingFactor, nowMs, ageMs);
    const found = { asExpected: (predicted ?? stored) !== null, measured };
    const { driftSteps, observedSteps, synced } = driftAfter(found, token, places[0], policy);
    const observation = driftObservation(seed, observedSteps, nowMs, ageMs);
    return { movingFactor: hit.movingFactor, driftSteps, synced, nowMs, ...observation };
  }
  const far = wide.find((match) => match !== null);
  if (used || (far && far.movingFactor <= token.lastAcceptedFactor))
    return alreadyUsed(futureMark(seed, token.lastAcceptedFactor, nowMs));
  if (far) return outOfSync(seed.serialNumber);
  return new MfaError("code-not-recognised", "That code did not match. Try the one shown now.");
}

function outOfSync(serialNumber: string): MfaError {
  return new MfaError("out-of-sync", "That code belongs to another time. Resync the token.", {
    details: { serialNumber },
  });
}

/** True when the code is one that was accepted, or passed over, before. */
function usedFactor(
  engine: OtpEngine,
  seed: Seed,
  token: TokenRecord,
  code: string,
  nowMs: number,
  policy: MfaPolicy,
  places: readonly SignInPlace[],
): boolean {
  if (seed.type === "hotp") {
    const { hotpLookAhead: back } = policy;
    const counter = Math.max(0, token.lastAcceptedFactor - back);
    const aheadSteps = token.lastAcceptedFactor - counter;
    if (aheadSteps < 0) return false;
    const window = { backSteps: 0, aheadSteps };
    return engine.match({ ...seed, counter }, code, { atMs: nowMs, window }) !== null;
  }
  const matches = places.map(({ driftSteps, window }) =>
    engine.match({ ...seed, driftSteps }, code, { atMs: nowMs, window }),
  );
  return matches.some((match) => match !== null && match.movingFactor <= token.lastAcceptedFactor);
}

async function askedDevices(context: MfaContext, userKey: string, typed?: string): Promise<DeviceRecord[]> {
  if (typed !== undefined) {
    const serialNumber = await requireKnownSerial(context, typed);
    return [await requireDevice(context, serialNumber, userKey)];
  }
  const devices = await context.store.devicesOf(userKey);
  if (devices.length === 0) throw refusal("not-assigned");
  return devices;
}

/** Leaves out locked devices; throws `locked` when none is left. */
async function unlockedDevices(
  context: MfaContext,
  devices: readonly DeviceRecord[],
): Promise<DeviceRecord[]> {
  const open: DeviceRecord[] = [];
  let locked: unknown;
  for (const device of devices) {
    const { failures } = await context.store.status(device.serialNumber);
    try {
      requireUnlocked(context, device.serialNumber, failures, 1);
      open.push(device);
    } catch (error) {
      locked = error;
    }
  }
  if (open.length === 0) throw locked;
  return open;
}

/** The devices whose codes have that many digits; throws `invalid-code` when there is none. */
async function devicesWithDigits(
  context: MfaContext,
  devices: readonly DeviceRecord[],
  code: CheckedCode,
): Promise<DeviceRecord[]> {
  const digits = await Promise.all(
    devices.map(async ({ serialNumber }) => (await context.store.findFacts(serialNumber))?.digits ?? 6),
  );
  const fitting = devices.filter((_, index) => isCode(code.code, digits[index] ?? 6));
  if (fitting.length === 0) requireDigits([code], digits[0] ?? 6);
  return fitting;
}

/** Of several devices' refusals the one that helps most. */
function mostTelling(refusals: readonly MfaError[]): MfaError {
  const byCode = (code: string) => refusals.find((error) => error.code === code);
  return (
    byCode("code-already-used") ??
    byCode("out-of-sync") ??
    byCode("code-not-recognised") ??
    refusal("not-assigned")
  );
}
