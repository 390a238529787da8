import { beforeEach, describe, expect, it } from "vitest";
import { SuspendedTokens, withoutSuspended } from "../../../src/console/suspended-tokens.ts";
import { makeDevice, ScriptedMfaService } from "../../support/scripted-mfa-service.ts";

const LOST = "OBDT10000017";
const code = { code: "123456", ageMs: 0 };
let suspended: SuspendedTokens;
let service: ScriptedMfaService;

beforeEach(() => {
  localStorage.clear();
  suspended = new SuspendedTokens(localStorage);
  service = new ScriptedMfaService();
  service.devices = [makeDevice({ userName: "ben", serialNumber: LOST })];
  suspended.add(LOST);
});

describe("suspended tokens", () => {
  it("are refused at sign-in and resync, named or not, without a call to the service", async () => {
    const guarded = withoutSuspended(service, suspended);
    const locked = { code: "locked", details: { serialNumber: LOST } };
    await expect(guarded.verifyCode({ userName: "ben", code, serialNumber: LOST })).rejects.toMatchObject(
      locked,
    );
    await expect(guarded.verifyCode({ userName: "ben", code })).rejects.toMatchObject(locked);
    await expect(
      guarded.resyncMfaDevice({ userName: "ben", serialNumber: LOST, codes: [code, code, code] }),
    ).rejects.toMatchObject(locked);
    expect(service.calls).toEqual([]);
  });

  it("are listed as locked, or not at all", async () => {
    const [listed] = await withoutSuspended(service, suspended).listMfaDevices("ben");
    expect(listed?.state).toBe("locked");
    expect(await withoutSuspended(service, suspended, { hides: true }).listMfaDevices("ben")).toEqual([]);
  });

  it("are so until they are removed or used again", async () => {
    const guarded = withoutSuspended(service, suspended);
    service.expect("deactivateMfaDevice", undefined);
    await guarded.deactivateMfaDevice({ userName: "ben", serialNumber: LOST });
    expect(new SuspendedTokens(localStorage).has(LOST)).toBe(false);
    expect(localStorage.length).toBe(0);
  });

  it("stay when they could not be removed", async () => {
    service.expect("deactivateMfaDevice", new Error("no"));
    await expect(
      withoutSuspended(service, suspended).deactivateMfaDevice({ userName: "ben", serialNumber: LOST }),
    ).rejects.toThrow("no");
    expect(suspended.has(LOST)).toBe(true);
  });
});
