import { afterEach, beforeEach, expect, it } from "vitest";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const ROWS = 20_000;
const HEADER = "upn,serial number,secret key,time interval,manufacturer,model";
const seed = totpSeed();
const { serialNumber } = seed;
const userName = "ana";
const row = (serial: string) => `,${serial},GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Acme,One`;
const code = (step: number) => ({ code: oracleCode(seed, step), ageMs: 0 });

let databaseName: string;
let service: LocalMfaService;
beforeEach(async () => {
  databaseName = `beside-${crypto.randomUUID()}`;
  service = await createLocalMfaService({ databaseName });
});
afterEach(async () => {
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

it("W7 sign-ins are answered while the same worker imports 20 000 rows, a crowd of calls in turn", async () => {
  const step = Math.floor(Date.now() / 30_000);
  await service.importSeeds([HEADER, row(serialNumber)].join("\n"));
  await service.enableMfaDevice({
    userName,
    deviceName: "fob",
    serialNumber,
    codes: [code(step - 2), code(step - 1)],
  });
  let isRunning = true;
  let importing: Promise<unknown> = Promise.resolve();
  const began = new Promise<void>((resolve) => {
    const rows = Array.from({ length: ROWS }, (_, index) => row(`BULK${10_000_000 + index}`));
    importing = service
      .importSeeds([HEADER, ...rows].join("\n"), { onProgress: (done) => done > 0 && resolve() })
      .finally(() => (isRunning = false));
  });
  await began;
  await expect(service.verifyCode({ userName, code: code(step) })).resolves.toMatchObject({ serialNumber });
  expect(isRunning).toBe(true);

  const crowd = await Promise.all(
    Array.from({ length: 100 }, () =>
      service.verifyCode({ userName, code: code(step) }).then(
        () => "accepted",
        (error: { code: string }) => error.code,
      ),
    ),
  );
  // 64 at a time: how many of the others are refused depends on how many were done before they came.
  expect(crowd).toContain("busy");
  expect(crowd.filter((outcome) => outcome !== "busy").length).toBeGreaterThanOrEqual(63);
  expect(crowd).not.toContain("accepted");
  expect(crowd).not.toContain("worker-lost");
  // Full or not, it can be locked, and what comes after the crowd is answered.
  const flood = Array.from({ length: 200 }, () => service.vaultState().catch(() => "busy"));
  await expect(service.lock()).resolves.toBeUndefined();
  const answers = await Promise.all(flood);
  expect(answers).toContain("busy");
  await expect(service.vaultState()).resolves.toBe("new");
  await expect(importing).resolves.toMatchObject({ imported: ROWS });
});
