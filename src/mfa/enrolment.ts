import {
  describeDevice,
  evaluate,
  requireUnlocked,
  reserveAttempt,
  withSeed,
  type MfaContext,
} from "./context.ts";
import type { EnableMfaDeviceRequest, MfaDevice } from "./contract.ts";
import { diagnoseCodes, findConsecutive } from "./diagnosis.ts";
import { MfaError, type MfaErrorDetails } from "./errors.ts";
import { requireDeviceNameKey, requireUserKey } from "./names.ts";
import {
  checkObservedCodes,
  driftObservation,
  lastOf,
  measuredDriftSteps,
  refuseStale,
  requireDigits,
  type CheckedCode,
} from "./observed-codes.ts";
import { windowsOf } from "./policy.ts";
import type { ConsumeOutcome } from "../vault/operations.ts";

/**
 * Assigns a token to a user on the proof of consecutive codes. Everything is checked before anything is written; the
 * device, its drift and the spent codes are stored in one transaction.
 */
export async function enableDevice(context: MfaContext, request: EnableMfaDeviceRequest): Promise<MfaDevice> {
  const { store, policy, engine } = context;
  const userKey = requireUserKey(request.userName);
  const deviceNameKey = requireDeviceNameKey(request.deviceName);
  const codes = checkObservedCodes(request.codes);
  const serialNumber = await requireKnownSerial(context, request.serialNumber);
  await requireRoom(context, serialNumber, userKey, deviceNameKey);

  return await withSeed(context, serialNumber, async (seed, status, revision) => {
    requireDigits(codes, seed.digits);
    requireDifferent(codes);
    if (status.failures >= policy.hardLockFailures) {
      requireUnlocked(context, serialNumber, status.failures, codes.length);
    }
    const reservation = await reserveAttempt(context, { userKey, serialNumbers: [serialNumber] });
    await evaluate(context, reservation, async () => {
      const nowMs = context.now();
      const windows = windowsOf(policy, seed.type);
      const after = status.token.lastAcceptedFactor;
      const texts = codes.map(({ code }) => code);
      const search = { atMs: nowMs, window: windows.enrolment, after };
      const match = findConsecutive(engine, seed, texts, search);
      if (!match) throw diagnoseCodes(engine, seed, texts, { ...search, wideWindow: windows.resync });
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
        enrol: {
          device: {
            serialNumber,
            userKey,
            userName: request.userName,
            deviceName: request.deviceName,
            deviceNameKey,
            enabledAtMs: nowMs,
          },
          maxDevices: policy.maxDevicesPerUser,
        },
      });
      if (outcome !== "consumed") throw refusal(outcome);
    });
    return await describeDevice(context, await requireDevice(context, serialNumber, userKey));
  });
}

/** Serial numbers have 256 characters at the most; people may add blanks. */
const LONGEST_TEXT = 512;

/** Resolves a typed serial number. Throws `unknown-serial`. */
export async function requireKnownSerial({ store }: MfaContext, typed: unknown): Promise<string> {
  const text = typeof typed === "string" && typed.length <= LONGEST_TEXT ? typed.trim() : "";
  const serialNumber = text === "" ? null : await store.findSerialNumber(text);
  if (serialNumber === null) throw refusal("not-assigned");
  return serialNumber;
}

/** The device of that user. Throws `unknown-serial`. */
export async function requireDevice({ store }: MfaContext, serialNumber: string, userKey: string) {
  const device = await store.findDevice(serialNumber);
  if (device?.userKey !== userKey) throw refusal("not-assigned");
  return device;
}

/** Throws `same-code-twice`: the display has not changed yet. */
export function requireDifferent(codes: readonly CheckedCode[]): void {
  if (codes.some(({ code }, index) => index > 0 && code === codes[index - 1]?.code)) {
    throw new MfaError(
      "same-code-twice",
      "Both codes are the same. Wait until the display shows the next one.",
    );
  }
}

/** The code is not later than the token's mark. */
export function alreadyUsed(details: MfaErrorDetails = {}): MfaError {
  return new MfaError("code-already-used", "This code was already used. Wait for the next one.", { details });
}

/** The error for an outcome of the store that is not `consumed`. */
export function refusal(outcome: Exclude<ConsumeOutcome, "consumed">): MfaError {
  switch (outcome) {
    case "already-used":
      return alreadyUsed();
    case "not-assigned":
      return new MfaError("unknown-serial", "We do not know a device with this serial number.");
    case "serial-taken":
      return new MfaError("device-exists", "This token is already in use.", {
        details: { taken: "serial-number" },
      });
    case "name-taken":
      return new MfaError("device-exists", "You have a device of this name already. Choose another name.", {
        details: { taken: "device-name" },
      });
    case "limit-exceeded":
      return new MfaError("limit-exceeded", "You have as many devices as are allowed. Remove one first.");
    case "needs-resync":
      return new MfaError("out-of-sync", "Nobody knows which codes of this token were used. Resync it.");
    case "seed-changed":
      return new MfaError("busy", "This token's seed was replaced meanwhile. Try again with its next codes.");
    case "import-running":
      return new MfaError(
        "busy",
        "This token belongs to an import that is still running, or is being undone. Try again when it is done.",
      );
  }
}

async function requireRoom(
  { store, policy }: MfaContext,
  serialNumber: string,
  userKey: string,
  deviceNameKey: string,
): Promise<void> {
  if (await store.findDevice(serialNumber)) throw refusal("serial-taken");
  const devices = await store.devicesOf(userKey);
  if (devices.some((device) => device.deviceNameKey === deviceNameKey)) throw refusal("name-taken");
  if (devices.length >= policy.maxDevicesPerUser) throw refusal("limit-exceeded");
}
