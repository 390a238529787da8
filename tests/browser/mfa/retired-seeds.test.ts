import { afterEach, beforeEach, expect, it } from "vitest";
import { createLocalMfaService, type LocalMfaService } from "../../../src/mfa/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const HEAD = "upn,serial number,secret key,time interval,manufacturer,model";
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const ALICE = "alice";

let databaseName: string;
let service: LocalMfaService;
beforeEach(async () => {
  databaseName = `retired-${crypto.randomUUID()}`;
  service = await createLocalMfaService({ databaseName });
  await importRows("RET0001", "RET0002", "RET0003");
});
afterEach(async () => {
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

const importRows = (...serialNumbers: string[]) =>
  service.importSeeds([HEAD, ...serialNumbers.map((one) => `,${one},${SECRET},30,Acme,One`), ""].join("\n"));
const serials = async () => (await service.listSeeds()).map(({ serialNumber }) => serialNumber);
const codeOf = async (work: Promise<unknown>) =>
  await work.then(
    () => "done",
    (error: { code: string }) => error.code,
  );
const SEED = totpSeed({ secret: new TextEncoder().encode("12345678901234567890") });
const code = (back: number) => ({
  code: oracleCode(SEED, Math.floor(Date.now() / 30_000) - back),
  ageMs: 0,
});
const enable = (serialNumber: string, ...back: [number, number]) =>
  service.enableMfaDevice({
    userName: ALICE,
    deviceName: serialNumber,
    serialNumber,
    codes: [code(back[0]), code(back[1])],
  });

it("takes tokens out of use, where nothing finds them, and brings them back as they were", async () => {
  const report = await service.retireSeeds(["RET0001", "RET0003"]);
  expect(report).toMatchObject({ retired: 2, kept: 0 });
  expect(await serials()).toEqual(["RET0002"]);
  expect(await codeOf(enable("RET0001", 3, 2))).toBe("unknown-serial");
  expect((await service.identifyToken([code(1), code(0)])).map((one) => one.serialNumber)).toEqual([
    "RET0002",
  ]);
  expect(await codeOf(service.exportSeeds(["RET0001"], "long enough"))).toBe("unknown-serial");
  expect(await service.retiredSeeds()).toMatchObject([
    { serialNumber: "RET0001", model: "One", retireId: report.retireId },
    { serialNumber: "RET0003" },
  ]);
  expect(await service.restoreSeeds({ retireId: report.retireId })).toEqual({ restored: 2, kept: 0 });
  expect(await serials()).toEqual(["RET0001", "RET0002", "RET0003"]);
  expect(await service.retiredSeeds()).toEqual([]);
  expect(await codeOf(enable("RET0001", 3, 2))).toBe("done");
});

it("leaves a token that somebody has, and says so", async () => {
  await enable("RET0002", 3, 2);
  expect(await service.retireSeeds({})).toMatchObject({ retired: 2, kept: 1 });
  expect(await serials()).toEqual(["RET0002"]);
  expect(await service.restoreSeeds(["RET0001"])).toEqual({ restored: 1, kept: 0 });
  expect(await serials()).toEqual(["RET0001", "RET0002"]);
});

it("keeps a used code used, and what was known of the clock, over both", async () => {
  await enable("RET0002", 3, 2);
  await service.deactivateMfaDevice({ userName: ALICE, serialNumber: "RET0002" });
  await service.retireSeeds(["RET0002"]);
  await service.restoreSeeds(["RET0002"]);
  expect((await service.driftHistory("RET0002")).observations).toHaveLength(1);
  expect(await codeOf(enable("RET0002", 3, 2))).not.toBe("done");
  expect(await codeOf(enable("RET0002", 1, 0))).toBe("done");
});

it("does not bring back what an import has brought meanwhile", async () => {
  await service.retireSeeds(["RET0001"]);
  await importRows("RET0001");
  expect(await service.restoreSeeds(["RET0001"])).toEqual({ restored: 0, kept: 1 });
  expect(await service.retiredSeeds()).toEqual([]);
  expect(await serials()).toEqual(["RET0001", "RET0002", "RET0003"]);
});

it("is not undone with the import that brought the token", async () => {
  const { importId } = await importRows("RET0008", "RET0009");
  await service.retireSeeds(["RET0008"]);
  expect(await service.undoImport(importId)).toMatchObject({ removed: 1 });
  expect((await service.retiredSeeds()).map(({ serialNumber }) => serialNumber)).toEqual(["RET0008"]);
});

it("labels tokens, finds them by it, and refuses what is no label", async () => {
  await service.labelSeed("ret0002", "  Front desk ");
  expect(await service.listSeeds({ text: "front" })).toMatchObject([
    { serialNumber: "RET0002", label: "Front desk" },
  ]);
  await service.labelSeed("RET0002", "Drawer");
  expect(await service.listSeeds({ text: "front" })).toEqual([]);
  expect(await service.listSeeds({ text: "drawer" })).toHaveLength(1);
  await service.labelSeed("RET0002", "");
  expect((await service.listSeeds({ text: "RET0002" }))[0]).not.toHaveProperty("label");
  expect(await codeOf(service.labelSeed("NONE", "x"))).toBe("unknown-serial");
  for (const bad of ["x".repeat(65), "two\nlines", "turn\u202Eed", 5]) {
    expect(await codeOf(service.labelSeed("RET0002", bad as string))).toBe("invalid-request");
  }
});

it("writes each of it down, without a label's words", async () => {
  await service.labelSeed("RET0002", "Front desk");
  const { retireId } = await service.retireSeeds(["RET0001"]);
  await service.restoreSeeds({ retireId });
  const log = await service.auditLog({ limit: 3 });
  expect(log).toMatchObject([
    { action: "restore-seeds", outcome: "done", details: { tokens: 1, kept: 0 } },
    { action: "retire-seeds", outcome: "done", details: { tokens: 1, kept: 0 } },
    { action: "label-seed", outcome: "done", serialNumber: "RET0002" },
  ]);
  expect(log[2]).not.toHaveProperty("userName");
  expect(JSON.stringify(log)).not.toContain("Front");
});

it("keeps labels through a backup", async () => {
  await service.labelSeed("RET0002", "Front desk");
  await service.createVault("correct horse battery");
  const backup = await service.exportBackup("correct horse battery");
  await service.labelSeed("RET0002", "Changed");
  await service.importBackup(backup, "correct horse battery", { allowOlder: true });
  await service.unlock("correct horse battery");
  expect((await service.listSeeds({ text: "RET0002" }))[0]).toMatchObject({ label: "Front desk" });
});
