import { afterEach, beforeEach, expect, it } from "vitest";
import { MfaBench } from "../../support/mfa-bench.ts";

let bench: MfaBench;
beforeEach(async () => {
  bench = await MfaBench.open();
  await bench.enable();
  bench.passSteps(10);
});
afterEach(() => bench.close());

const WRONG = { code: "000000", ageMs: 0 };

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => ({ code: "accepted" }),
    (error: { code: string; retryAfterMs?: number }) => error,
  );

/** Fails `count` times, waiting as told. Returns the wait before each attempt, in milliseconds. */
async function fail(count: number): Promise<number[]> {
  const waits: number[] = [];
  while (waits.length < count) {
    let refusal = await refusalOf(bench.verify(WRONG));
    const wait = "retryAfterMs" in refusal ? (refusal.retryAfterMs ?? 0) : 0;
    if (wait > 0) {
      bench.nowMs += wait;
      refusal = await refusalOf(bench.verify(WRONG));
    }
    expect(refusal.code).toBe("code-not-recognised");
    waits.push(wait);
  }
  return waits;
}

it("V12 lets failures wait longer and longer, and tells how long", async () => {
  expect(await fail(9)).toEqual([0, 0, 1_000, 2_000, 15_000, 30_000, 60_000, 120_000, 240_000]);
});

it("V12 refuses the right code during the wait, and takes it after", async () => {
  await fail(4);
  bench.nowMs += 14_999;
  await expect(bench.verify(bench.code())).rejects.toMatchObject({
    code: "too-many-attempts",
    retryAfterMs: 1,
  });
  bench.nowMs += 1;
  await expect(bench.verify(bench.code())).resolves.toMatchObject({ userName: "ana" });
  // A success forgives: the next slips cost nothing again.
  await expect(bench.verify(WRONG)).rejects.toMatchObject({ code: "code-not-recognised" });
  await expect(bench.verify(WRONG)).rejects.toMatchObject({ code: "code-not-recognised" });
});

it("V15 counts sign-in, resync and enrolment together", async () => {
  await expect(bench.verify(WRONG)).rejects.toMatchObject({ code: "code-not-recognised" });
  await expect(bench.resync([WRONG, { code: "000001", ageMs: 0 }])).rejects.toMatchObject({
    code: "code-not-recognised",
  });
  await expect(bench.verify(bench.code())).rejects.toMatchObject({
    code: "too-many-attempts",
    retryAfterMs: 1_000,
  });
});

it("V13 locks after ten failures, lists it so, and opens again by three codes in a row", async () => {
  await fail(10);
  bench.nowMs += 3_600_000;
  expect(await bench.verifier.listMfaDevices("ana")).toMatchObject([{ state: "locked" }]);
  await expect(bench.verify(bench.code())).rejects.toMatchObject({
    code: "locked",
    details: { serialNumber: "TEST00000001" },
  });
  await expect(bench.resync(bench.pair())).rejects.toMatchObject({ code: "locked" });
  await expect(bench.resync(bench.triple())).resolves.toMatchObject({ state: "active" });
  await expect(bench.verify(bench.code(1))).resolves.toMatchObject({ userName: "ana" });
});

it("V13 lets the owner back in soon: three codes wait half a minute at the most", async () => {
  await fail(10);
  bench.nowMs += 30_000;
  await expect(bench.resync(bench.triple())).resolves.toMatchObject({ state: "active" });
});

it("V13 disables a device for good at the hard limit", async () => {
  await bench.close();
  bench = await MfaBench.open({ policy: { softLockFailures: 2, hardLockFailures: 3 } });
  await bench.enable();
  bench.passSteps(10);
  await fail(2);
  bench.nowMs += 1_000;
  await expect(
    bench.resync([WRONG, { code: "000001", ageMs: 0 }, { code: "000002", ageMs: 0 }]),
  ).rejects.toMatchObject({ code: "code-not-recognised" });
  bench.nowMs += 3_600_000;
  await expect(bench.resync(bench.triple())).rejects.toMatchObject({ code: "locked" });
  await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: "TEST00000001" });
  await expect(bench.enable()).rejects.toMatchObject({ code: "locked" });
});

it("V12 is not made longer by a clock set back, nor shorter than told", async () => {
  await fail(4);
  bench.nowMs -= 86_400_000;
  await expect(bench.verify(bench.code())).rejects.toMatchObject({ retryAfterMs: 15_000 });
  bench.nowMs += 14_999;
  await expect(bench.verify(bench.code())).rejects.toMatchObject({ retryAfterMs: 1 });
  bench.nowMs += 1;
  // Evaluated at last: its code is older than the last one used.
  await expect(bench.verify(bench.code())).rejects.not.toMatchObject({ code: "too-many-attempts" });
});

it("V10 counts parallel wrong guesses each, from two tabs", async () => {
  const other = await MfaBench.open({ databaseName: bench.databaseName, seeds: [] });
  other.nowMs = bench.nowMs;
  const guesses = Array.from({ length: 40 }, (_, index) => [bench, other][index % 2] ?? bench);
  const codes = await Promise.all(
    guesses.map((tab) =>
      tab.verify(WRONG).then(
        () => "accepted",
        (error: { code: string }) => error.code,
      ),
    ),
  );
  const evaluated = codes.filter((code) => code === "code-not-recognised").length;
  expect(evaluated).toBe(2);
  expect(codes.filter((code) => code === "too-many-attempts")).toHaveLength(38);
  const { failures } = await bench.store.status("TEST00000001");
  expect(failures).toBe(evaluated);
  await other.database.close();
});

it("counts an attempt before it is evaluated, and takes it back when nothing could be", async () => {
  await bench.vault.create("correct horse battery");
  bench.vault.lock();
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await expect(bench.verify(bench.code())).rejects.toMatchObject({
      name: "MfaError",
      code: "vault-locked",
    });
  }
  await bench.vault.unlock("correct horse battery");
  await expect(bench.verify(bench.code())).resolves.toMatchObject({ userName: "ana" });
});
