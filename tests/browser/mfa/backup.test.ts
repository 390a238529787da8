import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { BackupError, createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";

/** Keys are derived for real here. */
const SLOW = { timeout: 240_000 };
const PASSPHRASE = "correct horse battery";
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const csvOf = (from: number, count: number) =>
  [
    "upn,serial number,secret key,time interval,manufacturer,model",
    ...Array.from({ length: count }, (_, index) => `,BOX${from + index},${SECRET},30,Acme,One`),
  ].join("\n");

const workers: Worker[] = [];
const services: LocalMfaService[] = [];
const names: string[] = [];

async function open(databaseName: string): Promise<LocalMfaService> {
  const service = await createLocalMfaService({
    databaseName,
    createWorker: () => {
      // Vitest makes a worker fit for dynamic imports only where it sees this literal.
      const worker = new Worker(new URL("../../../workers/verification.worker.ts", import.meta.url), {
        type: "module",
      });
      workers.push(worker);
      return worker;
    },
  });
  services.push(service);
  names.push(databaseName);
  return service;
}

const newName = () => `backup-${crypto.randomUUID()}`;
let databaseName: string;
let service: LocalMfaService;
beforeEach(async () => {
  databaseName = newName();
  service = await open(databaseName);
});
afterEach(async () => {
  await Promise.all(services.splice(0).map((one) => one.close()));
  for (const name of names.splice(0)) indexedDB.deleteDatabase(name);
});

const serialsOf = async (of: LocalMfaService) =>
  (await of.listSeeds({ limit: 10_000 })).map(({ serialNumber }) => serialNumber);

it(
  "S13 goes through the worker, locks the other tabs, and says what is wrong by its code",
  SLOW,
  async () => {
    await service.importSeeds(csvOf(1000, 3));
    await expect(service.exportBackup("short")).rejects.toMatchObject({
      name: "MfaInputError",
      code: "weak-passphrase",
    });
    const progress: [number, number][] = [];
    const file = await service.exportBackup(PASSPHRASE, { onProgress: (...told) => progress.push(told) });
    await vi.waitFor(() => expect(progress.at(-1)?.[0]).toBe(progress.at(-1)?.[1]), { timeout: 30_000 });
    expect(progress.length).toBeGreaterThan(1);

    const other = newName();
    const [one, two] = [await open(other), await open(other)];
    await one.createVault("staple staple staple");
    await two.unlock("staple staple staple");
    await one.importBackup(file, PASSPHRASE);
    expect(await serialsOf(one)).toEqual(["BOX1000", "BOX1001", "BOX1002"]);
    expect(await one.vaultState()).toBe("unlocked");
    await vi.waitFor(async () => expect(await two.vaultState()).toBe("locked"), { timeout: 30_000 });
    await two.unlock(PASSPHRASE);

    await one.importSeeds(csvOf(2000, 1));
    const refusal: unknown = await one.importBackup(file, PASSPHRASE).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BackupError);
    expect(refusal).toMatchObject({ code: "older-than-vault" });
    await expect(one.importBackup(file, "wrong horse")).rejects.toMatchObject({
      name: "MfaError",
      code: "wrong-passphrase",
    });
    await expect(one.importBackup(new Blob(["x"]), PASSPHRASE)).rejects.toMatchObject({
      code: "not-a-backup",
    });
    await expect(one.importBackup("x" as never, PASSPHRASE)).rejects.toMatchObject({
      code: "invalid-request",
    });
    // Anything but a plain yes is a no.
    await expect(one.importBackup(file, PASSPHRASE, { allowOlder: 1 as never })).rejects.toMatchObject({
      code: "older-than-vault",
    });
    await one.importBackup(file, PASSPHRASE, { allowOlder: true });
    expect(await serialsOf(one)).toEqual(["BOX1000", "BOX1001", "BOX1002"]);
  },
);

it("S13 is cancelled by its signal", SLOW, async () => {
  await service.importSeeds(csvOf(10_000, 6000));
  const exporting = new AbortController();
  const saving = service.exportBackup(PASSPHRASE, {
    signal: exporting.signal,
    onProgress: () => exporting.abort(),
  });
  await expect(saving).rejects.toMatchObject({ name: "AbortError" });
  const file = await service.exportBackup(PASSPHRASE);
  const other = await open(newName());
  const importing = new AbortController();
  const restoring = other.importBackup(file, PASSPHRASE, {
    signal: importing.signal,
    onProgress: (done, total) => {
      if (done > 0 && done < total) importing.abort();
    },
  });
  await expect(restoring).rejects.toMatchObject({ name: "AbortError" });
  expect(await serialsOf(other)).toEqual([]);
  expect(await other.vaultState()).toBe("new");
});

it("S13 leaves the old vault or the new one when its worker is ended", SLOW, async () => {
  await service.importSeeds(csvOf(10_000, 4000));
  const file = await service.exportBackup(PASSPHRASE);
  const restored = await serialsOf(service);
  const other = await open(newName());
  await other.importSeeds(csvOf(50_000, 5));
  const old = await serialsOf(other);
  const seen = new Set<string>();
  // Ended ever later: in the middle of writing, at the commit, and after it.
  for (const delayMs of [0, 20, 60, 150, 400, Number.POSITIVE_INFINITY]) {
    const worker = workers.at(-1);
    let isWriting = false;
    let isEnded = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      timer = setTimeout(() => {
        isEnded = true;
        worker?.terminate();
      }, delayMs);
    };
    const outcome = await other
      .importBackup(file, PASSPHRASE, {
        allowOlder: true,
        onProgress: (done, total) => {
          // The first half is reading; beyond it the transaction is open.
          if (isWriting || done * 2 <= total || delayMs === Number.POSITIVE_INFINITY) return;
          isWriting = true;
          end();
        },
      })
      .then(
        () => "restored",
        (error: { code: string }) => error.code,
      );
    // A restore that was quicker than its end keeps its worker, and with it the open vault.
    clearTimeout(timer);
    expect(["restored", "worker-lost"]).toContain(outcome);
    const now = await vi.waitFor(() => serialsOf(other), { timeout: 30_000 });
    const state = now.length === old.length ? "old" : "new";
    expect(now).toEqual(state === "old" ? old : restored);
    if (outcome === "restored") expect(state).toBe("new");
    expect(await other.vaultState()).toBe(state === "old" ? "new" : isEnded ? "locked" : "unlocked");
    seen.add(state);
    if (state === "new") break;
  }
  expect([...seen]).toContain("new");
});
