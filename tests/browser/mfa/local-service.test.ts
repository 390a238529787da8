import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  createLocalMfaService,
  MfaError,
  MfaInputError,
  type ConsecutiveCodes,
  type LocalMfaService,
} from "../../../src/mfa/index.ts";
import { parseBase32 } from "../../../src/core/text-forms.ts";
import { SeedFileError } from "../../../src/seeds/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const CSV = `upn,serial number,secret key,time interval,manufacturer,model
,WORK00000001,${SECRET},30,Acme,One
,WORK00000002,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP,60,Acme,Two
`;
const seed = totpSeed({ secret: parseBase32(SECRET) });
const serialNumber = "WORK00000001";

let databaseName: string;
let service: LocalMfaService;
beforeEach(async () => {
  databaseName = `local-${crypto.randomUUID()}`;
  service = await createLocalMfaService({ databaseName });
});
afterEach(async () => {
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

const code = (offset = 0) => ({ code: oracleCode(seed, Math.floor(Date.now() / 30_000) + offset), ageMs: 0 });
const pair = (): ConsecutiveCodes => [code(-1), code(0)];
const enable = (codes = pair()) =>
  service.enableMfaDevice({ userName: "ana", deviceName: "fob", serialNumber, codes });

describe("the service in a real worker", () => {
  it("imports, enrols, signs in once, resyncs and removes", async () => {
    const progress: number[] = [];
    const report = await service.importSeeds(CSV, { onProgress: (done) => progress.push(done) });
    expect(report).toEqual({
      importId: expect.any(String) as string,
      format: "csv-entra",
      imported: 2,
      skipped: [],
      skippedCount: 0,
      duplicates: [],
      duplicateCount: 0,
      secretEncoding: expect.objectContaining({ form: "base32" }) as object,
    });
    await vi.waitFor(() => expect(progress.at(-1)).toBe(2), { timeout: 30_000 });
    expect(await service.listSeeds()).toMatchObject([
      { serialNumber, assigned: false, periodSeconds: 30, manufacturer: "Acme", model: "One" },
      { serialNumber: "WORK00000002", assigned: false, periodSeconds: 60 },
    ]);

    expect(await enable()).toMatchObject({ serialNumber, driftSteps: 0, state: "active" });
    expect(await service.listSeeds({ assigned: true })).toMatchObject([{ serialNumber }]);
    const next = code(1);
    await expect(service.verifyCode({ userName: "ana", code: next })).resolves.toMatchObject({
      serialNumber,
    });
    await expect(service.verifyCode({ userName: "ana", code: next })).rejects.toMatchObject({
      code: "code-already-used",
    });
    await expect(
      service.resyncMfaDevice({ userName: "ana", serialNumber, codes: [code(6), code(7)] }),
    ).resolves.toMatchObject({ driftSteps: 7 });
    await service.deactivateMfaDevice({ userName: "ana", serialNumber });
    expect(await service.listMfaDevices("ana")).toEqual([]);
  });

  it("keeps everything for the next worker", async () => {
    await service.importSeeds(CSV);
    // The same codes later: the time step may change meanwhile.
    const codes = pair();
    await enable(codes);
    await service.close();
    service = await createLocalMfaService({ databaseName });
    expect(await service.listMfaDevices("ana")).toMatchObject([{ deviceName: "fob" }]);
    await expect(service.verifyCode({ userName: "ana", code: codes[1] })).rejects.toMatchObject({
      code: "code-already-used",
    });
  });

  it("C1 judges by the offset clock", async () => {
    await service.close();
    service = await createLocalMfaService({ databaseName, clockOffsetMs: 3_600_000 });
    await service.importSeeds(CSV);
    const codes: ConsecutiveCodes = [code(119), code(120)];
    await expect(
      service.enableMfaDevice({ userName: "ana", deviceName: "fob", serialNumber, codes }),
    ).resolves.toMatchObject({ driftSteps: 0 });
  });

  it("stores no secret in the clear", async () => {
    await service.importSeeds(CSV);
    await service.close();
    const stored = JSON.stringify(await dump(databaseName), (_, value: unknown) =>
      value instanceof Uint8Array ? [...value].join(",") : value,
    );
    expect(stored).toContain(serialNumber);
    expect(stored).not.toContain([...seed.secret].join(","));
    expect(stored).not.toContain(SECRET);
  });
});

describe("errors across the worker border", () => {
  it("keep class, code, details and IAM name", async () => {
    await service.importSeeds(CSV);
    await enable();
    const refusal = await service
      .verifyCode({ userName: "ana", code: code(6) })
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MfaError);
    expect(refusal).toMatchObject({
      name: "MfaError",
      code: "out-of-sync",
      iamCode: "InvalidAuthenticationCode",
      details: { serialNumber },
    });
    await service.verifyCode({ userName: "ana", code: { code: "000000", ageMs: 0 } }).catch(() => undefined);
    const throttled = await service
      .verifyCode({ userName: "ana", code: code(1) })
      .catch((error: unknown) => error);
    expect(throttled).toMatchObject({ code: "too-many-attempts" });
    expect((throttled as MfaError).retryAfterMs).toBeGreaterThan(0);
  });

  it("keep the class of malformed requests and files", async () => {
    await expect(service.listMfaDevices("a b")).rejects.toBeInstanceOf(MfaInputError);
    await expect(service.importSeeds("")).rejects.toBeInstanceOf(SeedFileError);
    await expect(service.importSeeds("")).rejects.toMatchObject({ code: "empty-file" });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["a function in a request", () => service.verifyCode({ userName: "ana", code: (() => 1) as never })],
    ["a query that is none", () => service.listSeeds(null as never)],
    ["a number to search for", () => service.listSeeds({ text: 5 } as never)],
    ["a page of half a row", () => service.listSeeds({ limit: 0.5 })],
    ["a passphrase that is no text", () => service.unlock(5 as never)],
  ])("tell %s from a lost worker", async (_, call) => {
    await expect(call()).rejects.toMatchObject({ name: "MfaInputError", code: "invalid-request" });
  });

  it("carry no stack of the worker", async () => {
    const refusal = (await service.listMfaDevices("a b").catch((error: unknown) => error)) as Error;
    expect(refusal.stack).not.toContain("verification-service");
  });
});

describe("importSeeds", () => {
  it("I8 keeps what is there, replaces on demand, never an assigned token", async () => {
    await service.importSeeds(CSV);
    await enable();
    const kept = await service.importSeeds(CSV);
    expect(kept).toMatchObject({
      imported: 0,
      duplicates: [
        { serialNumber, outcome: "assigned" },
        { serialNumber: "WORK00000002", outcome: "kept" },
      ],
    });
    const changed = CSV.replaceAll("Acme", "Other");
    expect(await service.importSeeds(changed, { onDuplicate: "replace" })).toMatchObject({
      imported: 1,
      duplicates: [{ outcome: "assigned" }, { outcome: "replaced" }],
    });
    expect(await service.listSeeds({ text: "other" })).toMatchObject([{ serialNumber: "WORK00000002" }]);
  });

  it("I9 can be cancelled, and then has written nothing", async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, index) => `,BULK${index + 10_000_000},${SECRET},30,Acme,One`,
    );
    const controller = new AbortController();
    const importing = service.importSeeds([CSV.split("\n")[0], ...rows].join("\n"), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(importing).rejects.toMatchObject({ name: "AbortError" });
    expect(await service.listSeeds()).toEqual([]);
    await expect(service.importSeeds(CSV, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  it("reads a Blob and bytes", async () => {
    await expect(service.importSeeds(new Blob([CSV]))).resolves.toMatchObject({ imported: 2 });
    await expect(service.importSeeds(new TextEncoder().encode(CSV))).resolves.toMatchObject({ imported: 0 });
  });
});

describe("the vault", () => {
  it("goes under a passphrase, locks and opens", async () => {
    expect(await service.vaultState()).toBe("new");
    await service.importSeeds(CSV);
    await expect(service.createVault("short")).rejects.toMatchObject({ code: "weak-passphrase" });
    await service.createVault("correct horse battery");
    expect(await service.vaultState()).toBe("unlocked");
    await expect(service.createVault("another one here")).rejects.toMatchObject({ code: "vault-exists" });
    await service.lock();
    expect(await service.vaultState()).toBe("locked");
    await expect(enable()).rejects.toMatchObject({ code: "vault-locked", iamCode: "ServiceFailure" });
    await expect(service.importSeeds(CSV)).rejects.toMatchObject({ code: "vault-locked" });
    await expect(service.unlock("wrong horse")).rejects.toMatchObject({ code: "wrong-passphrase" });
    await service.unlock("correct horse battery");
    await expect(enable()).resolves.toMatchObject({ state: "active" });
  });

  it("is locked for the next worker, and takes a new passphrase", async () => {
    await service.createVault("correct horse battery");
    await service.changePassphrase("correct horse battery", "staple staple staple");
    await service.close();
    service = await createLocalMfaService({ databaseName });
    expect(await service.vaultState()).toBe("locked");
    await expect(service.unlock("correct horse battery")).rejects.toMatchObject({ code: "wrong-passphrase" });
    await service.unlock("staple staple staple");
    expect(await service.vaultState()).toBe("unlocked");
  });
});

describe("a lost worker", () => {
  it("rejects calls after close with worker-lost", async () => {
    await service.close();
    await expect(service.listMfaDevices("ana")).rejects.toMatchObject({ code: "worker-lost" });
    await expect(service.close()).resolves.toBeUndefined();
  });

  it("rejects when the script cannot be loaded", async () => {
    const missing = () => new Worker(new URL("/no-such-worker.js", location.href), { type: "module" });
    await expect(createLocalMfaService({ createWorker: missing })).rejects.toMatchObject({
      code: "worker-lost",
    });
  });

  it("rejects calls under way when it is closed", async () => {
    const worker = { current: undefined as Worker | undefined };
    const other = await createLocalMfaService({
      databaseName,
      createWorker: () => {
        worker.current = new Worker(new URL("../../../workers/verification.worker.ts", import.meta.url), {
          type: "module",
        });
        return worker.current;
      },
    });
    worker.current?.terminate();
    const waiting = other.listMfaDevices("ana");
    const closing = other.close();
    await expect(waiting).rejects.toMatchObject({ code: "worker-lost" });
    await closing;
  });

  it("refuses a policy out of bounds before it starts one", async () => {
    const createWorker = vi.fn<() => Worker>();
    await expect(
      createLocalMfaService({ createWorker, policy: { signInAheadSteps: 50 } }),
    ).rejects.toBeInstanceOf(RangeError);
    expect(createWorker).not.toHaveBeenCalled();
  });
});

/** Everything in a database, read through plain IndexedDB. */
async function dump(name: string): Promise<unknown[]> {
  const database = await settle(indexedDB.open(name));
  const stores = [...database.objectStoreNames];
  const transaction = database.transaction(stores);
  const all = await Promise.all(stores.map((store) => settle(transaction.objectStore(store).getAll())));
  database.close();
  return all;
}

function settle<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("request failed")));
  });
}
