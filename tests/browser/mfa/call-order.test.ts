import { afterEach, beforeEach, expect, it } from "vitest";
import {
  createLocalMfaService,
  type ConsecutiveCodes,
  type LocalMfaService,
} from "../../../src/mfa/index.ts";
import { VerificationService } from "../../../workers/verification-service.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const seed = totpSeed();
const { serialNumber } = seed;
const CSV = `upn,serial number,secret key,time interval,manufacturer,model
,${serialNumber},GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ,30,Acme,One
`;
const userName = "ana";
const code = (offset = 0) => ({ code: oracleCode(seed, Math.floor(Date.now() / 30_000) + offset), ageMs: 0 });
const pair = (): ConsecutiveCodes => [code(-1), code()];
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code?: string; name: string }) => error.code ?? error.name,
  );

/** Calls that only make sense later: after an import or an assignment. */
const LATER: Record<string, (service: LocalMfaService) => Promise<unknown>> = {
  verify: (service) => service.verifyCode({ userName, code: code(), serialNumber }),
  resync: (service) => service.resyncMfaDevice({ userName, serialNumber, codes: pair() }),
  remove: (service) => service.deactivateMfaDevice({ userName, serialNumber }),
  undo: (service) => service.undoImport("none"),
  "enable without a code": (service) =>
    service.enableMfaDevice({
      userName,
      serialNumber,
      deviceName: "fob",
      codes: [] as unknown as ConsecutiveCodes,
    }),
  "enable with the second code only": (service) =>
    service.enableMfaDevice({
      userName,
      serialNumber,
      deviceName: "fob",
      codes: [code()] as unknown as ConsecutiveCodes,
    }),
};

let databaseName: string;
let service: LocalMfaService;
beforeEach(async () => {
  databaseName = `order-${crypto.randomUUID()}`;
  service = await createLocalMfaService({ databaseName });
});
afterEach(async () => {
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

it("V19 calls out of their order are refused, two by two, and assign nothing", async () => {
  const names = Object.keys(LATER);
  const refusals = new Set<string>();
  for (const isImported of [false, true]) {
    if (isImported) await service.importSeeds(CSV);
    for (const first of names) {
      for (const second of names) {
        for (const name of [first, second]) {
          const answer = await outcome(LATER[name]?.(service) ?? Promise.resolve());
          expect(answer, `${first}, ${second}`).not.toBe("accepted");
          refusals.add(answer);
        }
      }
    }
    expect(await service.listMfaDevices(userName)).toEqual([]);
    expect(await service.vaultState()).toBe("new");
  }
  expect([...refusals].filter((answer) => !/^[a-z]+(?:-[a-z]+)+$/u.test(answer))).toEqual([]);
  // In order, it works: nothing of the above was counted as a guess or used a code up.
  await expect(
    service.enableMfaDevice({ userName, serialNumber, deviceName: "fob", codes: pair() }),
  ).resolves.toMatchObject({ serialNumber });
});

it("V19 a worker that was not started answers no call", async () => {
  const direct = new VerificationService();
  for (const work of [
    direct.verifyCode({ userName, code: code() }),
    direct.enableMfaDevice({ userName, serialNumber, deviceName: "fob", codes: pair() }),
    direct.deactivateMfaDevice({ userName, serialNumber }),
  ]) {
    await expect(work).resolves.toMatchObject({ ok: false });
  }
});

it("V18 looks for no token in a locked vault, and one code of many tokens is not enough to be sure", async () => {
  const bulk = Array.from({ length: 3000 }, (_, row) => {
    const secret = Array.from(
      crypto.getRandomValues(new Uint8Array(32)),
      (byte) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[byte % 32],
    );
    return `,MANY${10_000_000 + row},${secret.join("")},30,Acme,One\n`;
  });
  await service.importSeeds(CSV + bulk.join(""));
  await service.createVault("correct horse battery");
  const [one] = await service.identifyToken([code()], { window: { backSteps: 60, aheadSteps: 60 } });
  expect(one?.furtherCodesNeeded).toBeGreaterThan(0);
  const [two] = await service.identifyToken(pair());
  expect(two).toMatchObject({ serialNumber, furtherCodesNeeded: 0 });
  expect(two).not.toHaveProperty("secret");
  await service.lock();
  await expect(service.identifyToken(pair())).rejects.toMatchObject({ code: "vault-locked" });
});
