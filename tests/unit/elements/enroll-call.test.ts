import { expect, it } from "vitest";
import { enroll } from "../../../src/elements/enroll-call.ts";
import type { EnableMfaDeviceRequest } from "../../../src/mfa/contract.ts";
import { MfaError } from "../../../src/mfa/errors.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";

const device = makeDevice();
const REQUEST: EnableMfaDeviceRequest = {
  userName: device.userName,
  deviceName: device.deviceName,
  serialNumber: device.serialNumber,
  codes: [
    { code: "755224", ageMs: 30_000 },
    { code: "287082", ageMs: 0 },
  ],
};
const refused = new MfaError("busy", "");

it("gives the device, or the error", async () => {
  const service = new ScriptedMfaService()
    .expect("enableMfaDevice", device)
    .expect("enableMfaDevice", refused);

  expect(await enroll(service, REQUEST, () => false)).toEqual({ kind: "enrolled", device });
  expect(await enroll(service, REQUEST, () => false)).toEqual({ kind: "failed", error: refused });
});

it("takes back what was stored after the person left", async () => {
  const service = new ScriptedMfaService()
    .expect("enableMfaDevice", device)
    .expect("deactivateMfaDevice", undefined);

  expect(await enroll(service, REQUEST, () => true)).toEqual({ kind: "cancelled" });
  expect(service.calls[1]?.request).toEqual({
    userName: device.userName,
    serialNumber: device.serialNumber,
  });
  service.assertFinished();
});

it("says that the token is assigned when it cannot be taken back", async () => {
  const service = new ScriptedMfaService()
    .expect("enableMfaDevice", device)
    .expect("deactivateMfaDevice", refused);

  expect(await enroll(service, REQUEST, () => true)).toEqual({ kind: "enrolled", device });
});

it("has nothing to take back after a failure", async () => {
  const service = new ScriptedMfaService().expect("enableMfaDevice", refused);

  expect(await enroll(service, REQUEST, () => true)).toEqual({ kind: "cancelled" });
});
