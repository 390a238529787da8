import type { EnableMfaDeviceRequest, MfaDevice, MfaService } from "../mfa/contract.ts";
import { MfaError } from "../mfa/errors.ts";
import { comparable } from "./token-lookup.ts";

/** How an enrolment ended. */
export type EnrollOutcome =
  | { readonly kind: "enrolled"; readonly device: MfaDevice }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly error: unknown };

/** How far the service's clock may be behind ours: a device enabled longer ago is not of this call. */
const CLOCK_SLACK_MS = 300_000;

/**
 * Asks for the enrolment. Where the person left before the answer came, what was stored meanwhile is taken back; should
 * that fail, the token is assigned and said to be. Where the worker was lost on the way, the list tells whether the token
 * was stored. `beganAtMs` is now, in Unix milliseconds.
 */
export async function enroll(
  service: MfaService,
  request: EnableMfaDeviceRequest,
  isCancelled: () => boolean,
  beganAtMs = Date.now(),
): Promise<EnrollOutcome> {
  let device: MfaDevice;
  try {
    device = await service.enableMfaDevice(request);
  } catch (error) {
    const isUnknown = error instanceof MfaError && error.code === "worker-lost";
    const stored = isUnknown ? await findStored(service, request, beganAtMs) : undefined;
    if (!stored) return isCancelled() ? { kind: "cancelled" } : { kind: "failed", error };
    device = stored;
  }
  if (!isCancelled()) return { kind: "enrolled", device };
  try {
    await service.deactivateMfaDevice({ userName: device.userName, serialNumber: device.serialNumber });
    return { kind: "cancelled" };
  } catch {
    return { kind: "enrolled", device };
  }
}

/** The device this request has made. An older one of the same number is none of ours, and must not be taken back. */
async function findStored(
  service: MfaService,
  { userName, deviceName, serialNumber }: EnableMfaDeviceRequest,
  beganAtMs: number,
): Promise<MfaDevice | undefined> {
  try {
    const devices = await service.listMfaDevices(userName);
    return devices.find(
      (device) =>
        comparable(device.serialNumber) === comparable(serialNumber) &&
        device.deviceName === deviceName &&
        device.enabledAtMs >= beganAtMs - CLOCK_SLACK_MS,
    );
  } catch {
    return undefined;
  }
}
