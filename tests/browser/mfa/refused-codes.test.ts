import { afterEach, beforeEach, expect, it } from "vitest";
import { MfaBench } from "../../support/mfa-bench.ts";
import { totpSeed } from "../../support/seeds.ts";

const WRONG = { code: "000000", ageMs: 0 };
const OTHER = totpSeed({ serialNumber: "TEST00000002", secret: new Uint8Array(20).fill(7) });

let bench: MfaBench;
beforeEach(async () => {
  bench = await MfaBench.open({ seeds: [totpSeed(), OTHER] });
  await bench.enable();
  bench.passSteps(10);
});
afterEach(() => bench.close());

const refused = async (work: Promise<unknown>) => {
  await expect(work).rejects.toHaveProperty("code");
  bench.nowMs += 600_000;
};

it("V21 a code used again is told at the next sign-in, once", async () => {
  const used = bench.code();
  await bench.verify(used);
  await expect(bench.verify(used)).rejects.toMatchObject({ code: "code-already-used" });
  const lastAtMs = bench.nowMs;
  bench.nowMs += 30_000;
  const told = await bench.verify(bench.code());
  expect(told.sinceLastSignIn).toEqual({ failures: 1, reusedCodes: 1, lastAtMs });
  bench.passSteps(1);
  expect(await bench.verify(bench.code())).not.toHaveProperty("sinceLastSignIn");
});

it("V21 counts every refused code of the user, of whichever token and operation, and no wait", async () => {
  await bench.enable(bench.pair(0, OTHER), { serialNumber: OTHER.serialNumber, deviceName: "second" });
  bench.passSteps(10);
  await refused(bench.verify(WRONG, "TEST00000001"));
  await refused(bench.verify(WRONG, OTHER.serialNumber));
  await refused(bench.resync([WRONG, { code: "000001", ageMs: 0 }]));
  await expect(bench.verify(WRONG)).rejects.toMatchObject({ code: "code-not-recognised" });
  const lastAtMs = bench.nowMs;
  // Not evaluated, so that nothing was refused.
  await expect(bench.verify(WRONG)).rejects.toMatchObject({ code: "too-many-attempts" });
  bench.nowMs += 600_000;
  const { sinceLastSignIn } = await bench.verify(bench.code(0, OTHER), OTHER.serialNumber);
  expect(sinceLastSignIn).toEqual({ failures: 4, reusedCodes: 0, lastAtMs });
});

it("V21 a resync does not take the message away from the sign-in after it", async () => {
  await refused(bench.verify(WRONG));
  await bench.resync(bench.pair(4));
  bench.passSteps(5);
  expect((await bench.verify(bench.code(4))).sinceLastSignIn).toMatchObject({ failures: 1 });
});

it("V21 another user's refusals are not told, nor what a fault of ours gave back", async () => {
  await bench.enable(bench.pair(0, OTHER), { serialNumber: OTHER.serialNumber, userName: "ben" });
  bench.passSteps(10);
  await refused(bench.verify(WRONG, undefined, "ben"));
  await bench.vault.create("correct horse battery");
  bench.vault.lock();
  await expect(bench.verify(bench.code())).rejects.toMatchObject({ code: "vault-locked" });
  await bench.vault.unlock("correct horse battery");
  expect(await bench.verify(bench.code())).not.toHaveProperty("sinceLastSignIn");
  const { sinceLastSignIn } = await bench.verify(bench.code(0, OTHER), undefined, "ben");
  expect(sinceLastSignIn).toMatchObject({ failures: 1, reusedCodes: 0 });
});

it("V21 is counted with the failure: from two tabs at once no refusal is lost", async () => {
  const other = await MfaBench.open({ databaseName: bench.databaseName, seeds: [] });
  other.nowMs = bench.nowMs;
  await Promise.allSettled([bench.verify(WRONG), other.verify(WRONG)]);
  bench.nowMs += 600_000;
  expect((await bench.verify(bench.code())).sinceLastSignIn).toMatchObject({ failures: 2 });
  await other.database.close();
});
