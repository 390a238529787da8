import type { OtpEngine } from "../otp/engine.ts";
import type { Seed } from "../otp/seed.ts";
import type { TokenRecord, DeviceRecord } from "../vault/records.ts";
import { isCode } from "../core/digits.ts";
import { evaluate, requireUnlocked, reserveAttempt, withSeed, type MfaContext } from "./context.ts";
import type { Verification, VerifyCodeRequest } from "./contract.ts";
import { refusal, requireDevice, requireKnownSerial } from "./enrolment.ts";
import { MfaError } from "./errors.ts";
import { requireUserKey } from "./names.ts";
import { checkObservedCode, measuredDriftSteps, requireDigits, type CheckedCode } from "./observed-codes.ts";
import { windowsOf, type MfaPolicy } from "./policy.ts";

/**
 * The sign-in check: one code of one device, or of any of the user's. The code is looked for around the token's known
 * drift and, when that is not zero, around zero as well, so that a corrected clock locks nobody out.
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
      const judged = await withSeed(context, device.serialNumber, (seed, { token }) =>
        judgeCode(context, seed, token, code),
      );
      if (judged instanceof MfaError) {
        refusals.push(judged);
        continue;
      }
      const { serialNumber, deviceName, userName } = device;
      const outcome = await context.store.consume({ serialNumber, userKey, reservation, ...judged });
      if (outcome !== "consumed") throw refusal(outcome);
      const { driftSteps, nowMs } = judged;
      return { userName, deviceName, serialNumber, driftSteps, verifiedAtMs: nowMs };
    }
    throw mostTelling(refusals);
  });
}

interface Accepted {
  readonly movingFactor: number;
  readonly driftSteps: number;
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
  const centres = [seed, { ...seed, driftSteps: 0 }] as const;
  const inWindow = centres.map((centre) =>
    engine.match(centre, code, { atMs: nowMs, window: windows.signIn, after: token.lastAcceptedFactor }),
  );
  const used = usedFactor(engine, seed, token, code, nowMs, policy);
  const wide = centres.map((centre) =>
    engine.match(centre, code, { atMs: nowMs, window: windows.outOfSync }),
  );

  const hit = inWindow[0] ?? inWindow[1];
  if (hit) {
    const measured = measuredDriftSteps(seed, hit.movingFactor, nowMs, ageMs);
    // Found around zero only, and at zero when it was typed as well: the token's clock was set right. A late code of a
    // token that runs ahead is found there too, but was not at zero when it was typed.
    const synced = !inWindow[0] && Math.abs(measured) <= policy.driftFollowSteps;
    const driftSteps = synced ? measured : followDrift(token, measured, policy);
    return { movingFactor: hit.movingFactor, driftSteps, synced, nowMs };
  }
  const far = wide[0] ?? wide[1];
  if (used || (far && far.movingFactor <= token.lastAcceptedFactor)) return refusal("already-used");
  if (far) {
    return new MfaError("out-of-sync", "That code belongs to another time. Resync the token.", {
      details: { serialNumber: seed.serialNumber },
    });
  }
  return new MfaError("code-not-recognised", "That code did not match. Try the one shown now.");
}

/** True when the code is one that was accepted, or passed over, before. */
function usedFactor(
  engine: OtpEngine,
  seed: Seed,
  token: TokenRecord,
  code: string,
  nowMs: number,
  policy: MfaPolicy,
): boolean {
  if (seed.type === "hotp") {
    const { hotpLookAhead: back } = policy;
    const counter = Math.max(0, token.lastAcceptedFactor - back);
    const aheadSteps = token.lastAcceptedFactor - counter;
    if (aheadSteps < 0) return false;
    const window = { backSteps: 0, aheadSteps };
    return engine.match({ ...seed, counter }, code, { atMs: nowMs, window }) !== null;
  }
  const { signIn } = windowsOf(policy, seed.type);
  const places = [seed, { ...seed, driftSteps: 0 }].map((centre) =>
    engine.match(centre, code, { atMs: nowMs, window: signIn }),
  );
  return places.some((place) => place !== null && place.movingFactor <= token.lastAcceptedFactor);
}

/**
 * The drift to store after a sign-in: towards the measured one, at most `driftFollowSteps` at a time and within
 * `driftLimitSteps` of the last enrolment or resync, so that codes typed late again and again cannot walk it away.
 */
function followDrift(token: TokenRecord, measured: number, policy: MfaPolicy): number {
  const { driftSteps, syncedDriftSteps } = token;
  const followed = clamp(
    measured,
    driftSteps - policy.driftFollowSteps,
    driftSteps + policy.driftFollowSteps,
  );
  return clamp(
    followed,
    syncedDriftSteps - policy.driftLimitSteps,
    syncedDriftSteps + policy.driftLimitSteps,
  );
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
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
