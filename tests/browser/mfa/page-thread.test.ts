import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createLocalMfaService,
  type LocalMfaService,
  setWorkerFactory,
  type WorkerFactory,
  type WorkerKind,
} from "../../../src/mfa/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const SEED_URI =
  "otpauth://hotp/Test:PAGE00000001?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0&issuer=Test&digits=6";
const seed = totpSeed({ serialNumber: "PAGE00000001", type: "hotp" });
const code = (counter: number) => ({ code: oracleCode(seed, counter), ageMs: 0 });

/** What an embedding page may do to our worker, each in its browser's way. */
const HINDRANCES: Readonly<Record<string, WorkerFactory>> = {
  "the browser refuses at once": () => {
    throw new DOMException("The script is of another origin.", "SecurityError");
  },
  "the script does not load": () =>
    new Worker(new URL("/no-such-worker.js", location.href), { type: "module" }),
};

let databaseName: string;
let service: LocalMfaService | undefined;
beforeEach(() => {
  databaseName = `page-${crypto.randomUUID()}`;
});
afterEach(async () => {
  setWorkerFactory(undefined);
  await service?.close();
  service = undefined;
  indexedDB.deleteDatabase(databaseName);
});

describe.each(Object.entries(HINDRANCES))("where %s", (_title, factory) => {
  it("answers from the page's own thread", async () => {
    setWorkerFactory(factory);
    service = await createLocalMfaService({ databaseName });
    expect(service.runsIn).toBe("page");
    const report = await service.importSeeds(SEED_URI);
    expect(report).toMatchObject({ imported: 1, skippedCount: 0 });
    const [known] = await service.listSeeds();
    const { serialNumber = "" } = known ?? {};
    await service.enableMfaDevice({
      userName: "ana",
      deviceName: "fob",
      serialNumber,
      codes: [code(0), code(1)],
    });
    await service.verifyCode({ userName: "ana", code: code(2) });
    await expect(service.verifyCode({ userName: "ana", code: code(2) })).rejects.toMatchObject({
      code: "code-already-used",
    });
  });

  it("rejects where the page's thread is not wanted", async () => {
    setWorkerFactory(factory);
    await expect(createLocalMfaService({ databaseName, pageThread: false })).rejects.toMatchObject({
      code: "worker-lost",
    });
  });
});

it("lets the database go when it is closed", async () => {
  setWorkerFactory(HINDRANCES["the browser refuses at once"]);
  service = await createLocalMfaService({ databaseName });
  await service.importSeeds(SEED_URI);
  await service.close();
  const deletion = indexedDB.deleteDatabase(databaseName);
  const outcome = await new Promise((resolve) => {
    deletion.addEventListener("success", () => resolve("deleted"));
    deletion.addEventListener("blocked", () => resolve("blocked"));
  });
  expect(outcome).toBe("deleted");
});

it("asks the embedder's factory for the kind of worker, and runs in what it returns", async () => {
  const asked: WorkerKind[] = [];
  setWorkerFactory((kind) => {
    asked.push(kind);
    return new Worker(new URL("../../../workers/verification.worker.ts", import.meta.url), {
      type: "module",
    });
  });
  service = await createLocalMfaService({ databaseName });
  expect(asked).toEqual(["verification"]);
  expect(service.runsIn).toBe("worker");
});
