import type { EnableMfaDeviceRequest, MfaDevice, MfaService } from "../mfa/contract.ts";

/** How an enrolment ended. */
export type EnrollOutcome =
  | { readonly kind: "enrolled"; readonly device: MfaDevice }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly error: unknown };

/**
 * Asks for the enrolment. Where the person left before the answer came, what was stored meanwhile is taken back; should
 * that fail, the token is assigned and said to be.
 */
export async function enroll(
  service: MfaService,
  request: EnableMfaDeviceRequest,
  isCancelled: () => boolean,
): Promise<EnrollOutcome> {
  let device: MfaDevice;
  try {
    device = await service.enableMfaDevice(request);
  } catch (error) {
    return isCancelled() ? { kind: "cancelled" } : { kind: "failed", error };
  }
  if (!isCancelled()) return { kind: "enrolled", device };
  try {
    await service.deactivateMfaDevice({ userName: device.userName, serialNumber: device.serialNumber });
    return { kind: "cancelled" };
  } catch {
    return { kind: "enrolled", device };
  }
}
