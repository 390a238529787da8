import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MfaBench } from "../../support/mfa-bench.ts";
import { totpSeed } from "../../support/seeds.ts";

let bench: MfaBench;
beforeEach(async () => {
  bench = await MfaBench.open();
  await bench.enable();
  bench.passSteps(10);
});
afterEach(() => bench.close());

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code: string }) => error.code,
  );

describe("verifyCode", () => {
  it.each([-1, 0, 1])("accepts a code %i steps off", async (offset) => {
    await expect(bench.verify(bench.code(offset))).resolves.toEqual({
      userName: "ana",
      deviceName: "fob",
      serialNumber: "TEST00000001",
      driftSteps: offset,
      verifiedAtMs: bench.nowMs,
    });
  });

  it.each([-2, 2])("refuses a code %i steps off as out of sync, and says so in the list", async (offset) => {
    await expect(bench.verify(bench.code(offset))).rejects.toMatchObject({
      code: "out-of-sync",
      details: { serialNumber: "TEST00000001" },
    });
    expect(await bench.verifier.listMfaDevices("ana")).toMatchObject([
      { state: "out-of-sync", driftSteps: 0 },
    ]);
    await bench.verify(bench.code());
    expect(await bench.verifier.listMfaDevices("ana")).toMatchObject([{ state: "active" }]);
  });

  it("does not recognise a code of another time or token", async () => {
    expect(await refusalOf(bench.verify(bench.code(21)))).toBe("code-not-recognised");
    expect(await refusalOf(bench.verify(bench.code(0, totpSeed({ secret: Uint8Array.of(9) }))))).toBe(
      "code-not-recognised",
    );
  });

  it("V1 V3 takes a code once, and none before it", async () => {
    const [earlier, code, next] = [bench.code(-1), bench.code(), bench.code(1)];
    await bench.verify(code);
    expect(await refusalOf(bench.verify(code))).toBe("code-already-used");
    expect(await refusalOf(bench.verify(earlier))).toBe("code-already-used");
    bench.nowMs += 1_000;
    await expect(bench.verify(next)).resolves.toMatchObject({ driftSteps: 1 });
    bench.passSteps(4);
    expect(await refusalOf(bench.verify(code))).toBe("code-already-used");
  });

  it("refuses the codes of the enrolment", async () => {
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: "TEST00000001" });
    const codes = bench.pair();
    await bench.enable(codes);
    expect(await refusalOf(bench.verify(codes[0]))).toBe("code-already-used");
    expect(await refusalOf(bench.verify(codes[1]))).toBe("code-already-used");
    bench.nowMs += 1_000;
    await expect(bench.verify(bench.code(1))).resolves.toMatchObject({ deviceName: "fob" });
  });

  it.each(["12345", "1234567", "abcdef", ""])("V7 refuses %j as no code, uncounted", async (code) => {
    for (let attempt = 0; attempt < 6; attempt += 1) {
      expect(await refusalOf(bench.verify({ code, ageMs: 0 }))).toBe("invalid-code");
    }
    await expect(bench.verify(bench.code())).resolves.toMatchObject({ userName: "ana" });
  });

  it("knows no device of another user, nor one that is not there", async () => {
    expect(await refusalOf(bench.verify(bench.code(), undefined, "ben"))).toBe("unknown-serial");
    expect(await refusalOf(bench.verify(bench.code(), "TEST00000001", "ben"))).toBe("unknown-serial");
    expect(await refusalOf(bench.verify(bench.code(), "TEST00000009"))).toBe("unknown-serial");
  });

  it("follows the drift by one step a sign-in, corrected by the age of the code", async () => {
    for (let sign = 1; sign <= 3; sign += 1) {
      bench.passSteps(2);
      await expect(bench.verify(bench.code(sign))).resolves.toMatchObject({ driftSteps: sign });
    }
    bench.passSteps(2);
    const typed = bench.code(3);
    bench.nowMs += 25_000;
    await expect(bench.verify({ ...typed, ageMs: 25_000 })).resolves.toMatchObject({ driftSteps: 3 });
  });

  it("accepts around zero as well once there is drift: a clock set right locks nobody out", async () => {
    await bench.resync(bench.pair(8));
    bench.passSteps(20);
    await expect(bench.verify(bench.code(8))).resolves.toMatchObject({ driftSteps: 8 });
    bench.passSteps(20);
    await expect(bench.verify(bench.code(0))).resolves.toMatchObject({ driftSteps: 0 });
    bench.passSteps(5);
    await expect(bench.verify(bench.code(0))).resolves.toMatchObject({ driftSteps: 0 });
    bench.passSteps(5);
    await expect(bench.verify(bench.code(8))).rejects.toMatchObject({ code: "out-of-sync" });
  });

  it("does not take a late code of a token that runs ahead for a clock set right", async () => {
    await bench.resync(bench.pair(3));
    bench.passSteps(20);
    for (const ageMs of [0, 29_000, 60_000, 77_000, 90_000, 119_000]) {
      const typed = bench.code(3);
      bench.nowMs += ageMs;
      await bench.verify({ ...typed, ageMs }).catch(() => undefined);
      expect(await bench.verifier.listMfaDevices("ana")).toMatchObject([{ driftSteps: 3 }]);
      bench.nowMs += 60_000;
    }
    await expect(bench.verify(bench.code(3))).resolves.toMatchObject({ driftSteps: 3 });
  });

  it("is not walked away: sign-ins carry the drift no further than 20 steps", async () => {
    for (let sign = 1; sign <= 25; sign += 1) {
      bench.passSteps(3);
      await bench.verify(bench.code(Math.min(sign, 21))).catch(() => undefined);
    }
    expect(await bench.verifier.listMfaDevices("ana")).toMatchObject([{ driftSteps: 20 }]);
  });

  it("V3 C3 accepts nothing older after the clock was set back", async () => {
    const codes = [bench.code(-1), bench.code()];
    await bench.verify(bench.code(1));
    bench.nowMs -= 60_000;
    for (const code of codes) expect(await refusalOf(bench.verify(code))).toBe("code-already-used");
  });
});

describe("several devices", () => {
  const second = totpSeed({
    serialNumber: "TEST00000002",
    secret: Uint8Array.of(5, 5, 5),
    digits: 8,
    periodSeconds: 60,
  });

  beforeEach(async () => {
    await bench.close();
    bench = await MfaBench.open({ seeds: [totpSeed(), second] });
    await bench.enable();
    const at = Math.floor(bench.nowMs / 60_000);
    const codes = [bench.code(-1, second), bench.code(0, second)] as const;
    expect(at).toBe(bench.step(second));
    await bench.enable(codes, { serialNumber: "TEST00000002", deviceName: "second" });
    bench.passSteps(10);
  });

  it("finds the device by its code, of other digits and period too", async () => {
    await expect(bench.verify(bench.code())).resolves.toMatchObject({ deviceName: "fob" });
    await expect(bench.verify(bench.code(0, second))).resolves.toMatchObject({ deviceName: "second" });
  });

  it("asks the named device only", async () => {
    await expect(bench.verify(bench.code(), "TEST00000001")).resolves.toMatchObject({ deviceName: "fob" });
    bench.passSteps(3);
    expect(await refusalOf(bench.verify(bench.code(), "TEST00000002"))).toBe("invalid-code");
  });

  it("forgives a slip that named no device on all of them", async () => {
    for (let day = 0; day < 12; day += 1) {
      bench.nowMs += 86_400_000;
      expect(await refusalOf(bench.verify({ code: "000000", ageMs: 0 }))).toBe("code-not-recognised");
      await expect(bench.verify(bench.code())).resolves.toMatchObject({ deviceName: "fob" });
    }
    const { failures } = await bench.store.status("TEST00000002");
    expect(failures).toBe(0);
  });

  it("counts a success of one device against no other", async () => {
    for (let sign = 0; sign < 12; sign += 1) {
      bench.passSteps(3);
      await bench.verify(bench.code());
    }
    expect(await bench.verifier.listMfaDevices("ana")).toMatchObject([
      { state: "active" },
      { state: "active" },
    ]);
  });
});

describe("HOTP", () => {
  const hotp = totpSeed({ type: "hotp", counter: 5 });
  const observed = (counter: number) => ({ code: oracle(counter), ageMs: 0 });
  const oracle = (counter: number) => bench.code(counter - bench.step(), totpSeed()).code;

  beforeEach(async () => {
    await bench.close();
    bench = await MfaBench.open({ seeds: [hotp] });
    await bench.enable([observed(30), observed(31)]);
  });

  it("enrols ahead of its counter and then takes each code once", async () => {
    expect(await refusalOf(bench.verify(observed(31)))).toBe("code-already-used");
    await expect(bench.verify(observed(32))).resolves.toMatchObject({ driftSteps: 0 });
    expect(await refusalOf(bench.verify(observed(32)))).toBe("code-already-used");
    await expect(bench.verify(observed(43))).resolves.toMatchObject({ deviceName: "fob" });
  });

  it("offers a resync beyond the look-ahead, and finds the counter there", async () => {
    expect(await refusalOf(bench.verify(observed(43)))).toBe("out-of-sync");
    await bench.resync([observed(500), observed(501)]);
    await expect(bench.verify(observed(502))).resolves.toMatchObject({ deviceName: "fob" });
    expect(await refusalOf(bench.resync([observed(400), observed(401)]))).toBe("code-not-recognised");
  });
});
