import { afterEach, beforeEach, expect, it } from "vitest";
import type { ConsecutiveCodes } from "../../../src/mfa/index.ts";
import { MfaBench } from "../../support/mfa-bench.ts";
import { totpSeed } from "../../support/seeds.ts";

let bench: MfaBench;
beforeEach(async () => {
  bench = await MfaBench.open();
  await bench.enable();
  bench.passSteps(4000);
});
afterEach(() => bench.close());

it.each([-120, -6, 0, 6, 120])(
  "finds a token %i steps off with two codes; the next code works at once",
  async (drift) => {
    expect(await bench.resync(bench.pair(drift))).toMatchObject({ driftSteps: drift, state: "active" });
    await expect(bench.verify(bench.code(drift + 1))).resolves.toMatchObject({ userName: "ana" });
  },
);

it.each([-121, 121])("wants three codes for a token %i steps off", async (drift) => {
  await expect(bench.resync(bench.pair(drift))).rejects.toMatchObject({
    code: "code-not-recognised",
    details: { reason: drift < 0 ? "too-old" : "too-new" },
  });
  await expect(bench.resync(bench.triple(drift))).resolves.toMatchObject({ driftSteps: drift });
});

it.each([-2880, 2880])("reaches %i steps with three codes", async (drift) => {
  await expect(bench.resync(bench.triple(drift))).resolves.toMatchObject({ driftSteps: drift });
});

it("does not reach 2 881 steps", async () => {
  await expect(bench.resync(bench.triple(2881))).rejects.toMatchObject({ code: "code-not-recognised" });
});

it("searches around the known drift as well as around our clock", async () => {
  await bench.resync(bench.triple(2000));
  bench.passSteps(10);
  await expect(bench.resync(bench.pair(2050))).resolves.toMatchObject({ driftSteps: 2050 });
  bench.passSteps(3000);
  await expect(bench.resync(bench.pair(3))).resolves.toMatchObject({ driftSteps: 3 });
});

it("is not fooled by a late submission", async () => {
  const typed = bench.pair(6);
  bench.nowMs += 90_000;
  const [first, second] = typed;
  const late = [
    { ...first, ageMs: 120_000 },
    { ...second, ageMs: 90_000 },
  ] as const;
  expect(await bench.resync(late)).toMatchObject({ driftSteps: 6 });
  await expect(bench.verify(bench.code(6))).resolves.toMatchObject({ driftSteps: 6 });
});

it("refuses a pair typed ten minutes ago, and changes nothing", async () => {
  await bench.resync(bench.pair(6));
  bench.passSteps(50);
  const codes = bench.pair(6);
  bench.nowMs += 600_000;
  const late = codes.map(({ code }) => ({ code, ageMs: 600_000 })) as unknown as ConsecutiveCodes;
  await expect(bench.resync(late)).rejects.toMatchObject({ details: { reason: "too-old" } });
  expect(await bench.verifier.listMfaDevices("ana")).toMatchObject([{ driftSteps: 6 }]);
});

it("V14 refuses recorded pairs: all codes must be later than the last accepted one", async () => {
  const recorded = [bench.pair(-1), bench.pair(0), bench.pair(1)];
  await bench.verify(bench.code(0));
  for (const codes of recorded) {
    await expect(bench.resync(codes)).rejects.toMatchObject({ code: "code-already-used" });
    bench.nowMs += 5_000;
  }
  await expect(bench.resync(bench.pair(2))).resolves.toMatchObject({ state: "active" });
});

it("V14 spends both codes", async () => {
  const codes = bench.pair();
  await bench.resync(codes);
  await expect(bench.resync(codes)).rejects.toMatchObject({ code: "code-already-used" });
  for (const code of codes) {
    await expect(bench.verify(code)).rejects.toMatchObject({ code: "code-already-used" });
    bench.nowMs += 2_000;
  }
});

it("takes another user's token for unknown", async () => {
  await expect(bench.resync(bench.pair(), "TEST00000001", "ben")).rejects.toMatchObject({
    code: "unknown-serial",
  });
});

it("brings back a token that signing in called out of sync", async () => {
  bench.passSteps(1);
  await expect(bench.verify(bench.code(6))).rejects.toMatchObject({ code: "out-of-sync" });
  await bench.resync(bench.pair(6));
  expect(await bench.verifier.listMfaDevices("ana")).toMatchObject([{ state: "active", driftSteps: 6 }]);
});

it("works with periods and epochs other than the usual", async () => {
  await bench.close();
  const seed = totpSeed({ periodSeconds: 60, t0Seconds: 946_684_800, digits: 8, algorithm: "SHA512" });
  bench = await MfaBench.open({ seeds: [seed] });
  await bench.enable([bench.code(3, seed), bench.code(4, seed)]);
  bench.passSteps(50, seed);
  await bench.resync([bench.code(99, seed), bench.code(100, seed)]);
  await expect(bench.verify(bench.code(101, seed))).resolves.toMatchObject({ driftSteps: 101 });
});
