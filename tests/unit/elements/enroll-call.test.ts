import { describe, expect, it, vi } from "vitest";
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
const lost = new MfaError("worker-lost", "");
const began = device.enabledAtMs;
const losing = () => new ScriptedMfaService().expect("enableMfaDevice", lost);

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

describe("after the worker was lost", () => {
  it("finds in the list that the token was stored", async () => {
    const service = losing();
    service.devices = [makeDevice({ serialNumber: "OTHER" }), device];
    const typed = { ...REQUEST, serialNumber: ` ${device.serialNumber.toLowerCase()}` };

    expect(await enroll(service, typed, () => false, began)).toEqual({ kind: "enrolled", device });
  });

  it("takes that token back after Cancel", async () => {
    const service = losing().expect("deactivateMfaDevice", undefined);
    service.devices = [device];

    expect(await enroll(service, REQUEST, () => true, began)).toEqual({ kind: "cancelled" });
    service.assertFinished();
    expect(service.devices).toEqual([]);
  });

  it("says so when it cannot be taken back", async () => {
    const service = losing().expect("deactivateMfaDevice", lost);
    service.devices = [device];

    expect(await enroll(service, REQUEST, () => true, began)).toEqual({ kind: "enrolled", device });
  });

  it.each([
    ["nothing is there", []],
    ["the number has another name", [makeDevice({ deviceName: "Older" })]],
    ["it was there long before", [makeDevice({ enabledAtMs: began - 3_600_000 })]],
    ["it is another's", [makeDevice({ userName: "other" })]],
  ])("fails, and takes nothing back, when %s", async (_, devices) => {
    const service = losing().expect("enableMfaDevice", lost);
    service.devices = devices;

    expect(await enroll(service, REQUEST, () => false, began)).toEqual({ kind: "failed", error: lost });
    expect(await enroll(service, REQUEST, () => true, began)).toEqual({ kind: "cancelled" });
    expect(service.devices).toEqual(devices);
  });

  it("asks once only", async () => {
    const service = losing();
    service.listError = lost;
    const list = vi.spyOn(service, "listMfaDevices");

    expect(await enroll(service, REQUEST, () => false, began)).toEqual({ kind: "failed", error: lost });
    expect(list).toHaveBeenCalledTimes(1);
  });
});

it("does not look into the list after any other error", async () => {
  const service = new ScriptedMfaService().expect("enableMfaDevice", refused);
  service.devices = [device];

  expect(await enroll(service, REQUEST, () => false, began)).toEqual({ kind: "failed", error: refused });
});
