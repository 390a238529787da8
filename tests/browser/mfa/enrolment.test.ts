import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConsecutiveCodes } from "../../../src/mfa/index.ts";
import { MfaBench } from "../../support/mfa-bench.ts";
import { totpSeed } from "../../support/seeds.ts";

let bench: MfaBench;
beforeEach(async () => {
  bench = await MfaBench.open();
});
afterEach(() => bench.close());

const two = (first: string, second: string): ConsecutiveCodes => [
  { code: first, ageMs: 30_000 },
  { code: second, ageMs: 0 },
];

describe("enableMfaDevice", () => {
  it("assigns the token and answers with the device", async () => {
    const device = await bench.enable();
    expect(device).toEqual({
      userName: "ana",
      deviceName: "fob",
      serialNumber: "TEST00000001",
      type: "totp",
      digits: 6,
      periodSeconds: 30,
      enabledAtMs: bench.nowMs,
      lastUsedAtMs: bench.nowMs,
      driftSteps: 0,
      state: "active",
    });
    expect(await bench.verifier.listMfaDevices("ana")).toEqual([device]);
    expect(await bench.verifier.listMfaDevices("ANA")).toEqual([device]);
    expect(await bench.verifier.listMfaDevices("ben")).toEqual([]);
  });

  it.each([-10, -3, 0, 10])("finds a new token %i steps off and stores its drift", async (drift) => {
    expect(await bench.enable(bench.pair(drift))).toMatchObject({ driftSteps: drift });
    bench.passSteps(1);
    await expect(bench.verify(bench.code(drift))).resolves.toMatchObject({ driftSteps: drift });
  });

  it.each([-11, 11])("refuses a token %i steps off, and says which way", async (drift) => {
    await expect(bench.enable(bench.pair(drift))).rejects.toMatchObject({
      code: "code-not-recognised",
      details: { reason: drift < 0 ? "too-old" : "too-new" },
    });
  });

  it.each([0, 29_000, 90_000, 120_000])(
    "does not take %i ms between typing and submitting for drift",
    async (ageMs) => {
      const codes = bench.pair();
      bench.nowMs += ageMs;
      const late = codes.map(({ code }) => ({ code, ageMs })) as unknown as ConsecutiveCodes;
      expect(await bench.enable(late)).toMatchObject({ driftSteps: 0 });
      // Invariant 3: the next code works at once.
      await expect(bench.verify(bench.code(ageMs < 30_000 ? 1 : 0))).resolves.toMatchObject({
        userName: "ana",
      });
    },
  );

  it("corrects by two minutes at the most, whatever age it is told", async () => {
    const codes = bench.pair().map(({ code }) => ({ code, ageMs: 9e9 })) as unknown as ConsecutiveCodes;
    expect(await bench.enable(codes)).toMatchObject({ driftSteps: 4 });
  });

  it("never accepts a code for its age: a ten-minute-old pair is refused", async () => {
    const codes = bench.pair(0, totpSeed(), 600_000);
    bench.nowMs += 600_000;
    await expect(bench.enable(codes)).rejects.toMatchObject({
      code: "code-not-recognised",
      details: { reason: "too-old" },
    });
    expect(await bench.verifier.listMfaDevices("ana")).toEqual([]);
  });

  it("refuses codes that were typed more than two minutes ago and show it, and changes nothing", async () => {
    const codes = bench.pair();
    bench.nowMs += 240_000;
    const late = codes.map(({ code }) => ({ code, ageMs: 240_000 })) as unknown as ConsecutiveCodes;
    await expect(bench.enable(late)).rejects.toMatchObject({
      code: "code-not-recognised",
      details: { reason: "too-old" },
    });
    expect(await bench.verifier.listMfaDevices("ana")).toEqual([]);
  });

  it.each([Number.NaN, -5, "soon", undefined])("takes the age %s for none", async (ageMs) => {
    const codes = bench.pair().map(({ code }) => ({ code, ageMs })) as unknown as ConsecutiveCodes;
    expect(await bench.enable(codes)).toMatchObject({ driftSteps: 0 });
  });

  it("normalises blanks, hyphens and the digits of other scripts", async () => {
    const [first, second] = bench.pair();
    const arabic = second.code.replace(/\d/gu, (digit) => String.fromCodePoint(0x660 + Number(digit)));
    const spaced = `${first.code.slice(0, 3)} - ${first.code.slice(3)}`;
    await expect(bench.enable(two(spaced, arabic))).resolves.toMatchObject({ state: "active" });
  });

  it.each(["test00000001", " TEST00000001 ", "TEST 0000 0001", "ＴＥＳＴ０００００００１"])(
    "knows the serial number typed as %j",
    async (serialNumber) => {
      const device = await bench.enable(bench.pair(), { serialNumber });
      expect(device.serialNumber).toBe("TEST00000001");
    },
  );

  it.each(["", "   ", "TEST", "TEST00000002", 5 as unknown as string])(
    "refuses the serial number %j",
    async (serialNumber) => {
      await expect(bench.enable(bench.pair(), { serialNumber })).rejects.toMatchObject({
        name: "MfaError",
        code: "unknown-serial",
        iamCode: "NoSuchEntity",
      });
    },
  );

  it.each([
    ["12345", "123456"],
    ["1234567", "123456"],
    ["12345x", "123456"],
    ["", ""],
    ["123456", "12 34 5"],
  ])("refuses %j and %j as no codes, and counts no attempt", async (first, second) => {
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await expect(bench.enable(two(first, second))).rejects.toMatchObject({ code: "invalid-code" });
    }
    await expect(bench.enable()).resolves.toMatchObject({ state: "active" });
  });

  it("refuses the same code twice, and counts no attempt", async () => {
    const { code } = bench.code();
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await expect(bench.enable(two(code, code))).rejects.toMatchObject({ code: "same-code-twice" });
    }
    await expect(bench.enable()).resolves.toMatchObject({ state: "active" });
  });

  it("V17 tells swapped, skipped and mixed codes apart", async () => {
    const at = (drift: number) => bench.code(drift).code;
    const refusal = async (first: string, second: string) => {
      bench.nowMs += 3_600_000;
      return await bench.enable(two(first, second)).catch((error: unknown) => error);
    };
    bench.nowMs += 0;
    expect(await refusal(at(121), at(120))).toMatchObject({
      code: "codes-not-consecutive",
      details: { reason: "swapped" },
    });
    expect(await refusal(at(119), at(121))).toMatchObject({
      code: "codes-not-consecutive",
      details: { reason: "skipped" },
    });
    const mixed = await refusal(at(120), "000000");
    expect(mixed).toMatchObject({ code: "codes-not-consecutive", details: {} });
    expect(await refusal("000000", "000001")).toMatchObject({ code: "code-not-recognised", details: {} });
  });

  it.each([
    ["", "invalid-device-name"],
    ["my token", "invalid-device-name"],
    ["x".repeat(65), "invalid-device-name"],
    ["ключ", "invalid-device-name"],
    [undefined as unknown as string, "invalid-device-name"],
  ])("refuses the device name %j", async (deviceName, code) => {
    const codes = bench.pair();
    const request = { userName: "ana", deviceName, serialNumber: "TEST00000001", codes };
    await expect(bench.verifier.enableMfaDevice(request)).rejects.toMatchObject({
      name: "MfaInputError",
      code,
    });
  });

  it.each([
    ["a name that is none", { userName: "a b" }, "invalid-user-name"],
    ["one code", { codes: [{ code: "123456", ageMs: 0 }] }, "invalid-request"],
    [
      "four codes",
      { codes: Array.from({ length: 4 }, () => ({ code: "123456", ageMs: 0 })) },
      "invalid-request",
    ],
    ["holes for codes", { codes: Array(2) }, "invalid-request"],
    ["a number for a code", { codes: [{ code: 123_456 }, { code: 123_457 }] }, "invalid-request"],
    ["null for a code", { codes: [null, null] }, "invalid-request"],
    ["no codes", { codes: undefined }, "invalid-request"],
  ])("refuses %s", async (_, change, code) => {
    const request = {
      userName: "ana",
      deviceName: "fob",
      serialNumber: "TEST00000001",
      codes: bench.pair(),
      ...change,
    };
    await expect(bench.verifier.enableMfaDevice(request as never)).rejects.toMatchObject({
      name: "MfaInputError",
      code,
    });
    await expect(bench.verifier.enableMfaDevice(null as never)).rejects.toMatchObject({
      code: "invalid-request",
    });
  });
});

describe("one token, one owner", () => {
  it("V17 refuses an assigned token without naming its owner", async () => {
    await bench.enable();
    bench.passSteps(5);
    const refusal = bench.enable(bench.pair(), { userName: "ben" });
    await expect(refusal).rejects.toMatchObject({
      code: "device-exists",
      iamCode: "EntityAlreadyExists",
      details: { taken: "serial-number" },
    });
    await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining("ana") as string });
  });

  it("refuses a second device of the same name, in any case", async () => {
    await bench.close();
    const seeds = [totpSeed(), totpSeed({ serialNumber: "TEST00000002", secret: Uint8Array.of(1, 2, 3) })];
    bench = await MfaBench.open({ seeds });
    await bench.enable();
    bench.passSteps(5);
    await expect(
      bench.enable(bench.pair(0, seeds[1]), { serialNumber: "TEST00000002", deviceName: "FOB" }),
    ).rejects.toMatchObject({ code: "device-exists", details: { taken: "device-name" } });
  });

  it("refuses a ninth device, and takes it after one was removed", async () => {
    await bench.close();
    const seeds = Array.from({ length: 9 }, (_, index) =>
      totpSeed({ serialNumber: `TEST0000000${index}`, secret: Uint8Array.of(index, 7, 7) }),
    );
    bench = await MfaBench.open({ seeds });
    const enable = (seed: (typeof seeds)[number]) => {
      const { serialNumber } = seed;
      return bench.enable(bench.pair(0, seed), { serialNumber, deviceName: serialNumber });
    };
    for (const seed of seeds.slice(0, 8)) await enable(seed);
    const ninth = seeds[8];
    if (!ninth) throw new Error("there are nine");
    await expect(enable(ninth)).rejects.toMatchObject({ code: "limit-exceeded", iamCode: "LimitExceeded" });
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: "TEST00000000" });
    await expect(enable(ninth)).resolves.toMatchObject({ serialNumber: "TEST00000008" });
  });
});

describe("deactivateMfaDevice", () => {
  it("removes the user's own device only", async () => {
    await bench.enable();
    const remove = (userName: string) =>
      bench.verifier.deactivateMfaDevice({ userName, serialNumber: "TEST00000001" });
    await expect(remove("ben")).rejects.toMatchObject({ code: "unknown-serial" });
    await remove("ana");
    expect(await bench.verifier.listMfaDevices("ana")).toEqual([]);
    await expect(remove("ana")).rejects.toMatchObject({ code: "unknown-serial" });
  });

  it("leaves the used codes used: they do not enrol the token again", async () => {
    const codes = bench.pair();
    await bench.enable(codes);
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: "TEST00000001" });
    await expect(bench.enable(codes)).rejects.toMatchObject({ code: "code-already-used" });
    bench.passSteps(2);
    await expect(bench.enable()).resolves.toMatchObject({ state: "active" });
  });
});
