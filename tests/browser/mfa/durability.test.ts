import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLocalMfaService } from "../../../src/mfa/index.ts";
import { MfaVerifier } from "../../../src/mfa/verifier.ts";
import { createOtpEngine } from "../../../src/otp/index.ts";
import { MfaBench } from "../../support/mfa-bench.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const WRONG = { code: "000000", ageMs: 0 };

let bench: MfaBench;
beforeEach(async () => {
  bench = await MfaBench.open();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bench.close();
});

it("V5 marks, devices and counters are written with strict durability", async () => {
  const transactions = vi.spyOn(IDBDatabase.prototype, "transaction");
  await bench.enable();
  bench.passSteps(5);
  await bench.verify(bench.code());
  await bench.verify(WRONG).catch(() => undefined);
  await bench.resync([WRONG, { code: "000001", ageMs: 0 }]).catch(() => undefined);
  bench.passSteps(5);
  await bench.resync(bench.pair());
  await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: "TEST00000001" });
  const writing = transactions.mock.calls.filter(([, mode]) => mode === "readwrite");
  expect(writing.length).toBeGreaterThanOrEqual(6);
  for (const [, , options] of writing) expect(options).toEqual({ durability: "strict" });
});

it("V11 an attempt that nobody finished evaluating stays counted", async () => {
  await bench.enable();
  bench.passSteps(5);
  const { store } = bench;
  // Stands for a worker that died between the reservation and the comparison: the seed never comes.
  let reached: () => void = () => undefined;
  const evaluating = new Promise<void>((resolve) => (reached = resolve));
  const stuck = new Proxy(store, {
    get(target, name) {
      if (name === "findSeed") {
        return () => {
          reached();
          return new Promise(() => undefined);
        };
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const dying = new MfaVerifier({ engine: await createOtpEngine(), store: stuck, now: () => bench.nowMs });
  void dying.verifyCode({ userName: "ana", code: bench.code() });
  await evaluating;

  const next = await MfaBench.open({ databaseName: bench.databaseName, seeds: [] });
  expect(await next.store.status("TEST00000001")).toMatchObject({ failures: 1 });
  await next.database.close();
});

it("V9 failures and the lock they lead to survive a new worker, one for one", async () => {
  const seed = totpSeed();
  const databaseName = `counted-${crypto.randomUUID()}`;
  const open = () => createLocalMfaService({ databaseName, policy: { softLockFailures: 2 } });
  const at = Math.floor(Date.now() / 30_000);
  const fail = async (times: number) => {
    const service = await open();
    for (let time = 0; time < times; time += 1) {
      await expect(service.verifyCode({ userName: "ana", code: WRONG })).rejects.toMatchObject({
        code: "code-not-recognised",
      });
    }
    const [device] = await service.listMfaDevices("ana");
    await service.close();
    return device?.state;
  };
  const first = await open();
  await first.importSeeds(
    `upn,serial number,secret key,time interval,manufacturer,model\n,TEST00000001,GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Acme,One\n`,
  );
  await first.enableMfaDevice({
    userName: "ana",
    deviceName: "fob",
    serialNumber: seed.serialNumber,
    codes: [
      { code: oracleCode(seed, at - 1), ageMs: 0 },
      { code: oracleCode(seed, at), ageMs: 0 },
    ],
  });
  await first.close();
  expect([await fail(1), await fail(1)]).toEqual(["active", "locked"]);
  const last = await open();
  await expect(last.verifyCode({ userName: "ana", code: WRONG })).rejects.toMatchObject({ code: "locked" });
  await last.close();
  indexedDB.deleteDatabase(databaseName);
});
