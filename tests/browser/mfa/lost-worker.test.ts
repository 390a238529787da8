import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

/** The RFC 4226 test key as a counter token: its codes do not wait for the time. */
const SEED_FILE = `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc"><KeyPackage>
<DeviceInfo><SerialNo>LOST00000001</SerialNo></DeviceInfo>
<Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
<AlgorithmParameters><ResponseFormat Length="6" Encoding="DECIMAL"/></AlgorithmParameters>
<Data><Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret><Counter><PlainValue>0</PlainValue></Counter></Data>
</Key></KeyPackage></KeyContainer>`;
const seed = totpSeed({ serialNumber: "LOST00000001", type: "hotp" });
const userName = "ana";
const code = (counter: number) => ({ code: oracleCode(seed, counter), ageMs: 0 });

const workers: Worker[] = [];
const startWorker = () => {
  const worker = new Worker(new URL("./hanging.worker.ts", import.meta.url), { type: "module" });
  workers.push(worker);
  return worker;
};

let databaseName: string;
let service: LocalMfaService;
const open = (options: { patienceMs?: number; createWorker?: () => Worker } = {}) =>
  createLocalMfaService({ databaseName, createWorker: startWorker, ...options });

beforeEach(async () => {
  databaseName = `lost-${crypto.randomUUID()}`;
  workers.length = 0;
  service = await open();
});
afterEach(async () => {
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

async function enrol(): Promise<void> {
  await service.importSeeds(SEED_FILE);
  await service.enableMfaDevice({
    userName,
    deviceName: "fob",
    serialNumber: seed.serialNumber,
    codes: [code(0), code(1)],
  });
}

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code: string }) => error.code,
  );

it(
  "W5 a worker that is ended in the middle of a call is replaced, ten times: nothing is accepted twice",
  { timeout: 180_000 },
  async () => {
    await enrol();
    let lost = 0;
    for (let counter = 2; counter < 12; counter += 1) {
      const submitted = outcome(service.verifyCode({ userName, code: code(counter) }));
      if (counter % 2 === 0) await service.vaultState().catch(() => undefined);
      workers.at(-1)?.terminate();
      const first = await submitted;
      expect(["accepted", "worker-lost"]).toContain(first);
      if (first === "worker-lost") lost += 1;
      // The next worker knows what the last one has written. An attempt that was cut off counts, and may ask for a wait.
      const again = await vi.waitFor(
        async () => {
          const result = await outcome(service.verifyCode({ userName, code: code(counter) }));
          expect(["too-many-attempts", "worker-lost"]).not.toContain(result);
          return result;
        },
        { timeout: 30_000, interval: 300 },
      );
      expect(["accepted", "code-already-used"]).toContain(again);
      expect([first, again].filter((one) => one === "accepted").length).toBeLessThanOrEqual(1);
    }
    expect(lost).toBeGreaterThan(0);
    expect(workers.length).toBeGreaterThan(5);
    expect(await service.listMfaDevices(userName)).toMatchObject([{ serialNumber: seed.serialNumber }]);
  },
);

it("W5 a worker that hangs is replaced, and its calls reject with worker-lost", async () => {
  await service.close();
  service = await open({ patienceMs: 3000 });
  await enrol();
  workers.at(-1)?.postMessage("hang", []);
  const waiting = [outcome(service.listMfaDevices(userName)), outcome(service.vaultState())];
  expect(await Promise.all(waiting)).toEqual(["worker-lost", "worker-lost"]);
  expect(await service.listMfaDevices(userName)).toMatchObject([{ serialNumber: seed.serialNumber }]);
});

it("W5 a vault with a passphrase is locked in the next worker", async () => {
  await service.createVault("correct horse battery");
  expect(await service.vaultState()).toBe("unlocked");
  workers.at(-1)?.terminate();
  await vi.waitFor(async () => expect(await service.vaultState()).toBe("locked"), { timeout: 20_000 });
});

it("W5 starts a worker again after one that could not be started", async () => {
  await service.close();
  const scripts = [undefined, "/no-such-worker.js", undefined];
  const createWorker = () => {
    const script = scripts.shift();
    if (script === undefined) return startWorker();
    return new Worker(new URL(script, location.href), { type: "module" });
  };
  service = await open({ createWorker });
  workers.at(-1)?.terminate();
  const outcomes: string[] = [];
  await vi.waitFor(
    async () => {
      outcomes.push(await outcome(service.listMfaDevices(userName)));
      expect(outcomes.at(-1)).toBe("accepted");
    },
    { timeout: 20_000 },
  );
  expect(outcomes).toContain("worker-lost");
  expect(scripts).toEqual([]);
});

it("W5 starts no other worker once it is closed", async () => {
  workers.at(-1)?.terminate();
  await service.close();
  expect(await outcome(service.listMfaDevices(userName))).toBe("worker-lost");
  expect(workers).toHaveLength(1);
});
