import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseBase32 } from "../../../src/core/text-forms.ts";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";
import { MfaBench } from "../../support/mfa-bench.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const DAY_MS = 86_400_000;

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code: string }) => error.code,
  );

describe("the history of a token in the vault", () => {
  let bench: MfaBench;
  /** The token's clock: 20 ppm fast, and right when it was enrolled. */
  let startMs: number;
  beforeEach(async () => {
    bench = await MfaBench.open();
    startMs = bench.nowMs;
    await bench.enable();
  });
  afterEach(() => bench.close());

  const passDays = (days: number) => {
    bench.nowMs += days * DAY_MS;
  };
  /** What a token shows that runs `ratePpm` fast. */
  const shown = (ratePpm: number) => {
    const offsetMs = (bench.nowMs - startMs) * ratePpm * 1e-6 + 5_000;
    return bench.code(Math.floor((bench.nowMs + offsetMs) / 30_000) - bench.step());
  };
  const history = async () => (await bench.store.status("TEST00000001")).token.driftHistory;

  it("begins with the enrolment and takes each accepted code, corrected by its age", async () => {
    expect(await history()).toEqual([{ atMs: startMs, driftSteps: 0 }]);
    passDays(7);
    const typed = bench.code(1);
    bench.nowMs += 45_000;
    await bench.verify({ ...typed, ageMs: 45_000 });
    expect(await history()).toEqual([
      { atMs: startMs, driftSteps: 0 },
      { atMs: startMs + 7 * DAY_MS, driftSteps: 1 },
    ]);
  });

  it("takes no refused code", async () => {
    passDays(1);
    expect(await refusalOf(bench.verify(bench.code(9)))).toBe("out-of-sync");
    expect(await refusalOf(bench.verify({ code: "000000", ageMs: 0 }))).toBe("code-not-recognised");
    expect(await history()).toHaveLength(1);
  });

  it("begins anew with a resync, a new enrolment, and a clock set right", async () => {
    passDays(1);
    await bench.verify(bench.code());
    passDays(1);
    await bench.resync(bench.pair(8));
    expect(await history()).toEqual([{ atMs: bench.nowMs, driftSteps: 8 }]);
    passDays(1);
    await bench.verify(bench.code(8));
    expect(await history()).toHaveLength(2);
    passDays(1);
    await bench.verify(bench.code(0));
    expect(await history()).toEqual([{ atMs: bench.nowMs, driftSteps: 0 }]);
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: "TEST00000001" });
    passDays(1);
    await bench.enable();
    expect(await history()).toEqual([{ atMs: bench.nowMs, driftSteps: 0 }]);
  });

  it("stays bounded, and spans the whole time", async () => {
    for (let day = 0; day < 80; day += 1) {
      passDays(1);
      await bench.verify(shown(20));
    }
    const kept = await history();
    expect(kept).toHaveLength(64);
    expect(kept?.[0]?.atMs).toBe(startMs);
    expect(kept?.at(-1)?.atMs).toBe(bench.nowMs);
  });

  it.each([20, -20])("lets a token of %i ppm in at the first try after 40 days unseen", async (ratePpm) => {
    for (let week = 0; week < 12; week += 1) {
      passDays(7);
      await bench.verify(shown(ratePpm));
    }
    passDays(40);
    await expect(bench.verify(shown(ratePpm))).resolves.toMatchObject({ serialNumber: "TEST00000001" });
  });

  it("is what lets it in: without widening, a token without a history is refused", async () => {
    await bench.close();
    bench = await MfaBench.open({ policy: { idleWideningSteps: 0 } });
    startMs = bench.nowMs;
    await bench.enable();
    for (let week = 0; week < 12; week += 1) {
      passDays(7);
      await bench.verify(shown(20));
    }
    passDays(80);
    const code = shown(20);
    const kept = (await bench.store.status("TEST00000001")).token;
    const { driftHistory: _, ...old } = kept;
    await bench.database.write(["tokens"], (transaction) => transaction.objectStore("tokens").put(old));
    expect(await refusalOf(bench.verify(code))).toBe("out-of-sync");
    await bench.database.write(["tokens"], (transaction) => transaction.objectStore("tokens").put(kept));
    expect(await refusalOf(bench.verify(code))).toBe("accepted");
  });

  it("refuses a code 5 steps off the token's, after 40 days unseen as well", async () => {
    for (let week = 0; week < 12; week += 1) {
      passDays(7);
      await bench.verify(shown(20));
    }
    passDays(40);
    const drift = Math.floor(((bench.nowMs - startMs) * 20e-6) / 30_000);
    for (const off of [-5, 5]) {
      expect(await refusalOf(bench.verify(bench.code(drift + off)))).toBe("out-of-sync");
    }
  });

  it("reads a record of a version that kept none, and begins with its next code", async () => {
    passDays(1);
    const { driftHistory: _, ...old } = (await bench.store.status("TEST00000001")).token;
    await bench.database.write(["tokens"], (transaction) =>
      transaction.objectStore("tokens").put({ ...old, driftSteps: 6, syncedDriftSteps: 6 }),
    );
    expect((await bench.verifier.observedDrift("TEST00000001")).observations).toEqual([]);
    expect(await refusalOf(bench.verify(bench.code(8)))).toBe("out-of-sync");
    await expect(bench.verify(bench.code(6))).resolves.toMatchObject({ driftSteps: 6 });
    expect(await history()).toEqual([{ atMs: bench.nowMs, driftSteps: 6 }]);
  });

  it("keeps none of an HOTP token, whose window stays as it is", async () => {
    await bench.close();
    const hotp = totpSeed({ type: "hotp", counter: 5 });
    const observed = (counter: number) => ({ code: oracleCode(hotp, counter), ageMs: 0 });
    bench = await MfaBench.open({ seeds: [hotp] });
    await bench.enable([observed(30), observed(31)]);
    passDays(400);
    expect(await refusalOf(bench.verify(observed(43)))).toBe("out-of-sync");
    await expect(bench.verify(observed(42))).resolves.toMatchObject({ driftSteps: 0 });
    expect(await history()).toEqual([]);
  });
});

describe("driftHistory of the service in a real worker", () => {
  const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  const CSV = `upn,serial number,secret key,time interval,manufacturer,model
,WORK00000001,${SECRET},30,Acme,One
,WORK00000002,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP,60,Acme,Two
`;
  const seed = totpSeed({ secret: parseBase32(SECRET) });
  const serialNumber = "WORK00000001";

  let databaseName: string;
  let service: LocalMfaService;
  let dayNow: number;
  beforeEach(async () => {
    databaseName = `drift-${crypto.randomUUID()}`;
    dayNow = 0;
    service = await createLocalMfaService({ databaseName });
    await service.importSeeds(CSV);
  });
  afterEach(async () => {
    await service.close();
    indexedDB.deleteDatabase(databaseName);
  });

  /** A new worker on the same database, whose clock says that it is some days later. */
  async function reopen(day: number): Promise<void> {
    dayNow = day;
    await service.close();
    service = await createLocalMfaService({ databaseName, clockOffsetMs: day * DAY_MS });
  }

  /** The code the token shows now: it runs 20 ppm fast, and began in the middle between two of our steps' beginnings. */
  const shown = (stepsOff = 0) => {
    const nowMs = Date.now() + dayNow * DAY_MS;
    const offsetMs = 15_000 + dayNow * DAY_MS * 20e-6;
    return { code: oracleCode(seed, Math.floor((nowMs + offsetMs) / 30_000) + stepsOff), ageMs: 0 };
  };
  const enable = () =>
    service.enableMfaDevice({
      userName: "ana",
      deviceName: "fob",
      serialNumber,
      codes: [shown(-1), shown()],
    });

  it("grows with each sign-in, survives a new worker, and estimates on the page", async () => {
    const before = await service.driftHistory(serialNumber);
    expect(before).toMatchObject({ observations: [], offsetSeconds: 0, standardErrorSeconds: Infinity });
    await enable();
    expect((await service.driftHistory(serialNumber)).observations).toHaveLength(1);
    for (let week = 1; week <= 8; week += 1) {
      await reopen(week * 7);
      await service.verifyCode({ userName: "ana", code: shown() });
      expect((await service.driftHistory(serialNumber)).observations).toHaveLength(week + 1);
    }
    await reopen(57);
    const history = await service.driftHistory(" work00000001 ");
    expect(history.observations).toHaveLength(9);
    // 15 s at the start, and 56 days at 20 ppm.
    expect(Math.abs(history.offsetSeconds - 111.8)).toBeLessThan(15);
    expect(Math.abs(history.ratePpm - 20)).toBeLessThan(8);
    expect(history.standardErrorSeconds).toBeLessThan(10);
    expect(Math.abs(history.predictSteps(Date.now() + 74 * DAY_MS) - 4)).toBeLessThanOrEqual(2);
  });

  it("serves the sign-in: 20 ppm fast and 40 days unseen is accepted at once, 5 steps off is not", async () => {
    await enable();
    for (const day of [7, 14, 21, 28]) {
      await reopen(day);
      await service.verifyCode({ userName: "ana", code: shown() });
    }
    await reopen(68);
    expect(await refusalOf(service.verifyCode({ userName: "ana", code: shown(5) }))).toBe("out-of-sync");
    expect(await refusalOf(service.verifyCode({ userName: "ana", code: shown() }))).toBe("accepted");
  });

  it("knows no token that is not there, and one that nobody has", async () => {
    await expect(service.driftHistory("WORK00000009")).rejects.toMatchObject({
      name: "MfaError",
      code: "unknown-serial",
      iamCode: "NoSuchEntity",
    });
    await expect(service.driftHistory(5 as never)).rejects.toMatchObject({ code: "unknown-serial" });
    expect((await service.driftHistory("WORK00000002")).observations).toEqual([]);
  });

  it("tells nothing while the vault is locked", async () => {
    await enable();
    await service.createVault("correct horse battery");
    await service.lock();
    await expect(service.driftHistory(serialNumber)).rejects.toMatchObject({ code: "vault-locked" });
    await expect(service.driftHistory("WORK00000009")).rejects.toMatchObject({ code: "vault-locked" });
    await service.unlock("correct horse battery");
    expect((await service.driftHistory(serialNumber)).observations).toHaveLength(1);
  });
});
