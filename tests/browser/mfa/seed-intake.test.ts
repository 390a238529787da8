import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseBase32 } from "../../../src/core/text-forms.ts";
import {
  createLocalMfaService,
  MfaInputError,
  MOST_REPORTED_ROWS,
  type LocalMfaService,
  type SeedSummary,
} from "../../../src/mfa/index.ts";
import { SeedExportError } from "../../../src/seeds/index.ts";
import { VerificationService } from "../../../workers/verification-service.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";
import { wholeDatabase } from "../../support/whole-database.ts";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const OTHER_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const HEADER = "upn,serial number,secret key,time interval,manufacturer,model";
const seed = totpSeed({ secret: parseBase32(SECRET) });

let databaseName: string;
let service: LocalMfaService;
let worker: Worker;
beforeEach(async () => {
  databaseName = `intake-${crypto.randomUUID()}`;
  service = await open();
});
afterEach(async () => {
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

const open = (name = databaseName) =>
  createLocalMfaService({
    databaseName: name,
    createWorker: () => {
      worker = new Worker(new URL("../../../workers/verification.worker.ts", import.meta.url), {
        type: "module",
      });
      return worker;
    },
  });

/** A file of tokens in a row. */
const csv = (count: number, { from = 0, model = "One", secret = SECRET } = {}) =>
  [
    HEADER,
    ...Array.from(
      { length: count },
      (_, index) => `,BULK${10_000_000 + from + index},${secret},30,Acme,${model}`,
    ),
  ].join("\n");
const code = (offset: number) => ({
  code: oracleCode(seed, Math.floor(Date.now() / 30_000) + offset),
  ageMs: 0,
});
const enrol = (serialNumber: string, userName = "ana", at: LocalMfaService = service) =>
  at.enableMfaDevice({ userName, deviceName: "fob", serialNumber, codes: [code(-1), code(0)] });
/** But for the audit log: that a call was made is no part of what it takes back. */
const whole = async () => {
  const { audit: _, ...rest } = await wholeDatabase(databaseName);
  return rest;
};
const serials = (list: readonly SeedSummary[]) => list.map(({ serialNumber }) => serialNumber);
/** Runs the import until its progress has come so far. */
function importUntil(file: string, part: number, then: (signal: AbortController) => void, replace = false) {
  const controller = new AbortController();
  let isReached = false;
  return service.importSeeds(file, {
    ...(replace && { onDuplicate: "replace" as const }),
    signal: controller.signal,
    onProgress: (done, total) => {
      if (isReached || done < total * part) return;
      isReached = true;
      then(controller);
    },
  });
}

describe("importSeeds", () => {
  it("writes many blocks, and tells its progress from nothing to all", async () => {
    const progress: [number, number][] = [];
    const report = await service.importSeeds(csv(5000), { onProgress: (...told) => progress.push(told) });
    expect(report).toMatchObject({ imported: 5000, skippedCount: 0, duplicateCount: 0 });
    await vi.waitFor(() => expect(progress.at(-1)).toEqual([5000, 5000]), { timeout: 30_000 });
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).toSorted((a, b) => a - b));
    expect((await service.listSeeds({ offset: 4990 })).length).toBe(10);
    expect((await whole())["importBlocks"]?.length).toBeGreaterThan(2);
  });

  it.each([false, true])(
    "leaves exactly what was there when it is cancelled (replacing: %s)",
    async (replace) => {
      await service.importSeeds(csv(1500, { from: 700 }));
      await enrol("BULK10000800");
      await enrol("BULK10000801", "ben");
      await service.deactivateMfaDevice({ userName: "ben", serialNumber: "BULK10000801" });
      const { imports: _, importBlocks: __, ...before } = await whole();
      const file = csv(12_000, { model: "Two", secret: OTHER_SECRET });
      const importing = importUntil(file, 0.5, (controller) => controller.abort(), replace);
      await expect(importing).rejects.toMatchObject({ name: "AbortError" });
      const { imports, importBlocks, ...after } = await whole();
      expect(after).toEqual(before);
      expect(importBlocks).toEqual([]);
      expect(imports).toEqual([]);
    },
  );

  it("is taken back for whoever comes next when its worker ended in the middle", async () => {
    await service.importSeeds(csv(1500));
    const { imports: _, importBlocks: __, ...before } = await whole();
    await new Promise<void>((resolve) => {
      const file = csv(12_000, { model: "Two" });
      importUntil(file, 0.6, () => resolve(), true).catch(() => undefined);
    });
    worker.terminate();
    const cutOff = await whole();
    expect(cutOff["imports"]).toMatchObject([["last", { state: "running" }]]);
    expect(cutOff["importBlocks"]?.length).toBeGreaterThan(2);
    const closing = service.close();
    service = await open();
    expect(await service.listSeeds({ text: "two" })).toEqual([]);
    const { imports, importBlocks, ...after } = await whole();
    expect({ after, imports, importBlocks }).toEqual({ after: before, imports: [], importBlocks: [] });
    expect(await service.lastImport()).toBeNull();
    await closing;
  });

  it("W7 lets another tab list, assign and verify meanwhile, and import nothing", async () => {
    await service.importSeeds(csv(20));
    await enrol("BULK10000003", "ben");
    const other = await open();
    try {
      let isRunning = true;
      const began = new Promise<void>((resolve) => {
        void service
          .importSeeds(csv(30_000, { from: 100 }), { onProgress: (done) => done > 0 && resolve() })
          .finally(() => (isRunning = false));
      });
      await began;
      expect(serials(await other.listSeeds({ limit: 2 }))).toEqual(["BULK10000000", "BULK10000001"]);
      await enrol("BULK10000004", "eve", other);
      await other.verifyCode({ userName: "ben", code: code(1) });
      await expect(other.importSeeds(csv(2))).rejects.toMatchObject({ name: "MfaError", code: "busy" });
      await expect(other.undoImport("any")).rejects.toMatchObject({ code: "busy" });
      await expect(other.previewSeeds(csv(2))).resolves.toMatchObject({ knownCount: 2 });
      expect(isRunning).toBe(true);
      await vi.waitFor(() => expect(isRunning).toBe(false), 25_000);
      expect(await other.lastImport()).toMatchObject({ imported: 30_000 });
    } finally {
      await other.close();
    }
  });

  it("tells of so many rows one by one, and of all how many", async () => {
    const bad = Array.from(
      { length: MOST_REPORTED_ROWS + 5 },
      (_, row) => `,BAD${10_000_000 + row},,30,Acme,One`,
    );
    const report = await service.importSeeds([csv(3), ...bad].join("\n"));
    expect(report).toMatchObject({ imported: 3, skippedCount: MOST_REPORTED_ROWS + 5 });
    expect(report.skipped).toHaveLength(MOST_REPORTED_ROWS);
    expect(report.skipped[0]).toMatchObject({ row: 5, code: "missing-secret" });
  });

  it("wipes its copies of the file and of the key, also when it fails", async () => {
    const direct = new VerificationService();
    await direct.start({
      databaseName,
      policy: {},
      clockOffsetMs: 0,
      lifeLock: `life-${crypto.randomUUID()}`,
    });
    const [file, key] = [new TextEncoder().encode(csv(2)), Uint8Array.from({ length: 16 }, () => 7)];
    await expect(direct.importSeeds("1", file, { key }, () => undefined)).resolves.toMatchObject({
      ok: true,
    });
    const [broken, otherKey] = [new TextEncoder().encode("nonsense"), key.slice().fill(7)];
    const failed = await direct.previewSeeds("2", broken, { key: otherKey }, () => undefined);
    expect(failed).toMatchObject({ ok: false, error: { name: "SeedFileError" } });
    for (const copy of [file, key, broken, otherKey]) expect(copy.every((byte) => byte === 0)).toBe(true);
    await direct.stop();
  });
});

describe("previewSeeds", () => {
  it("tells what the import then does, and writes nothing", async () => {
    await service.importSeeds(csv(30));
    await enrol("BULK10000007");
    const file = [csv(2000, { from: 5 }), ",BULK10000006,bad,30,Acme,One", ",,,30,Acme,One"].join("\n");
    const before = await whole();
    const preview = await service.previewSeeds(file);
    expect(await whole()).toEqual(before);
    expect(preview).toMatchObject({
      format: "csv-entra",
      tokenCount: 2000,
      knownCount: 25,
      assignedCount: 1,
    });
    expect(preview.firstTokens).toHaveLength(20);
    expect(preview.firstTokens[2]).toEqual({
      serialNumber: "BULK10000007",
      type: "totp",
      algorithm: "SHA1",
      digits: 6,
      periodSeconds: 30,
      manufacturer: "Acme",
      model: "One",
      secretBytes: 20,
      known: "assigned",
    });
    expect(preview.known.slice(1, 3)).toEqual([
      { serialNumber: "BULK10000006", state: "free" },
      { serialNumber: "BULK10000007", state: "assigned" },
    ]);
    const report = await service.importSeeds(file, { onDuplicate: "replace" });
    expect(report.imported).toBe(preview.tokenCount - preview.assignedCount);
    expect(report.duplicateCount).toBe(preview.knownCount);
    expect(serials(report.duplicates as never)).toEqual(serials(preview.known as never));
    const { format, skipped, skippedCount, secretEncoding } = report;
    expect({ format, skipped, skippedCount, secretEncoding }).toEqual({
      format: preview.format,
      skipped: preview.skipped,
      skippedCount: 2,
      secretEncoding: preview.secretEncoding,
    });
  });

  it("needs no key, can be cancelled, and says why a file cannot be read", async () => {
    await service.createVault("correct horse battery");
    await service.lock();
    await expect(service.previewSeeds(csv(3))).resolves.toMatchObject({ tokenCount: 3, knownCount: 0 });
    await expect(service.importSeeds(csv(3))).rejects.toMatchObject({ code: "vault-locked" });
    await expect(service.previewSeeds("")).rejects.toMatchObject({
      name: "SeedFileError",
      code: "empty-file",
    });
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    await expect(
      service.previewSeeds(csv(20_000), { signal: controller.signal, onProgress }),
    ).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("undoImport", () => {
  it("takes the last import back, also after a reload, but for assigned tokens", async () => {
    await service.importSeeds(csv(10));
    const { importId } = await service.importSeeds(csv(3000, { model: "Two" }), { onDuplicate: "replace" });
    await service.close();
    service = await open();
    await enrol("BULK10002000");
    const last = await service.lastImport();
    expect(last).toMatchObject({ importId, imported: 3000 });
    expect(Math.abs((last?.importedAtMs ?? 0) - Date.now())).toBeLessThan(600_000);
    const progress: number[] = [];
    const undone = await service.undoImport(importId, { onProgress: (done) => progress.push(done) });
    expect(undone).toEqual({ removed: 2989, restored: 10, kept: ["BULK10002000"] });
    await vi.waitFor(() => expect(progress.at(-1)).toBe(3000), { timeout: 30_000 });
    expect((await service.listSeeds()).map(({ model }) => model)).toEqual([
      ...Array.from({ length: 10 }, () => "One"),
      "Two",
    ]);
    expect(await service.lastImport()).toBeNull();
    await expect(service.undoImport(importId)).rejects.toBeInstanceOf(MfaInputError);
    await expect(service.undoImport(importId)).rejects.toMatchObject({ code: "unknown-import" });
    await expect(service.undoImport(5 as never)).rejects.toMatchObject({ code: "unknown-import" });
  });

  it("needs an open vault, as the import did", async () => {
    const { importId } = await service.importSeeds(csv(2));
    await service.createVault("correct horse battery");
    await service.lock();
    await expect(service.undoImport(importId)).rejects.toMatchObject({ code: "vault-locked" });
  });
});

describe("exportSeeds", () => {
  const PASSWORD = "a password to keep";

  it("writes a file that brings the same tokens to another vault, where their clocks and counters are", async () => {
    const hotp = `${HEADER}\n`;
    await service.importSeeds(csv(600));
    await service.importSeeds(`${hotp},HOTP0001,${OTHER_SECRET},30,Beta,Key`, { defaults: { type: "hotp" } });
    await service.enableMfaDevice({
      userName: "ana",
      deviceName: "fob",
      serialNumber: "BULK10000001",
      codes: [code(4), code(5)],
    });
    const chosen = ["BULK10000001", "BULK10000555", "HOTP0001", "BULK10000555"];
    const progress: [number, number][] = [];
    const file = await service.exportSeeds(chosen, PASSWORD, {
      onProgress: (...told) => progress.push(told),
    });
    expect(file.type).toBe("application/pskc+xml");
    await vi.waitFor(() => expect(progress.at(-1)).toEqual([3, 3]), { timeout: 30_000 });
    expect(await file.text()).not.toContain(SECRET);

    const fresh = await open(`${databaseName}-fresh`);
    try {
      await expect(fresh.importSeeds(file, { password: PASSWORD })).resolves.toMatchObject({ imported: 3 });
      const before = (await service.listSeeds({ limit: 1000 })).filter((one) =>
        chosen.includes(one.serialNumber),
      );
      expect(await fresh.listSeeds()).toEqual(before.map((one) => ({ ...one, assigned: false })));
      // Its window at enrolment lies around the drift that came with the file.
      await expect(
        fresh.enableMfaDevice({
          userName: "ben",
          deviceName: "fob",
          serialNumber: "BULK10000001",
          codes: [code(13), code(14)],
        }),
      ).resolves.toMatchObject({ driftSteps: 14 });
      await fresh.verifyCode({ userName: "ben", code: code(15) });
    } finally {
      await fresh.close();
      indexedDB.deleteDatabase(`${databaseName}-fresh`);
    }
  });

  it("writes nothing for a token that is not there, a weak password, no tokens, or a locked vault", async () => {
    await service.importSeeds(csv(2));
    const known = ["BULK10000001"];
    await expect(service.exportSeeds([...known, "NONE0001"], PASSWORD)).rejects.toMatchObject({
      name: "MfaError",
      code: "unknown-serial",
      details: { serialNumber: "NONE0001" },
    });
    await expect(service.exportSeeds(known, "short")).rejects.toBeInstanceOf(SeedExportError);
    await expect(service.exportSeeds(known, "short")).rejects.toMatchObject({ code: "weak-password" });
    await expect(service.exportSeeds([], PASSWORD)).rejects.toMatchObject({ code: "no-seeds" });
    await expect(service.exportSeeds([5] as never, PASSWORD)).rejects.toMatchObject({
      code: "invalid-request",
    });
    await expect(service.exportSeeds(known, PASSWORD, { signal: AbortSignal.abort() })).rejects.toMatchObject(
      { name: "AbortError" },
    );
    await service.createVault("correct horse battery");
    await service.lock();
    await expect(service.exportSeeds(known, PASSWORD)).rejects.toMatchObject({ code: "vault-locked" });
  });

  it("S16 stops when the vault is locked under way, and gives no file", async () => {
    await service.importSeeds(csv(2000));
    await service.createVault("correct horse battery");
    const list = serials(await service.listSeeds({ limit: 2000 }));
    let locking: Promise<void> | undefined;
    const exporting = service.exportSeeds(list, PASSWORD, {
      onProgress: () => {
        locking ??= service.lock();
      },
    });
    await expect(exporting).rejects.toMatchObject({ code: "vault-locked" });
    await locking;
  });

  it("carries a counter on to the next code", async () => {
    const counter = totpSeed({ type: "hotp", secret: parseBase32(SECRET) });
    const codeOf = (factor: number) => ({ code: oracleCode(counter, factor), ageMs: 0 });
    await service.importSeeds(`${HEADER}\n,HOTP0001,${SECRET},30,Beta,Key`, { defaults: { type: "hotp" } });
    await service.enableMfaDevice({
      userName: "ana",
      deviceName: "key",
      serialNumber: "HOTP0001",
      codes: [codeOf(5), codeOf(6)],
    });
    const file = await service.exportSeeds(["HOTP0001"], PASSWORD);
    expect(await file.text()).toContain("<Counter><PlainValue>7</PlainValue></Counter>");
  });

  it("can be cancelled", async () => {
    await service.importSeeds(csv(2000));
    const list = serials(await service.listSeeds({ limit: 2000 }));
    const controller = new AbortController();
    const exporting = service.exportSeeds(list, PASSWORD, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(exporting).rejects.toMatchObject({ name: "AbortError" });
  });
});
