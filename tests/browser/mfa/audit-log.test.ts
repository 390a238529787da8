import papaparse from "papaparse";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLocalMfaService, type AuditEntry, type LocalMfaService } from "../../../src/mfa/index.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";
import { wholeDatabase } from "../../support/whole-database.ts";

const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const PASSPHRASE = "correct horse battery";
const FILE_NAME = "box-of-june.csv";
const serialNumber = "WORK00000001";
const CSV = `upn,serial number,secret key,time interval,manufacturer,model
,${serialNumber},${SECRET},30,Acme,One
,WORK00000002,JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP,30,Acme,Two
`;
const seed = totpSeed();
/** The step in which a test begins, which is at its first second: the codes stay the same where the test takes longer. */
let step: number;
const code = (offset = 0) => ({ code: oracleCode(seed, step + offset), ageMs: 0 });
const WRONG = { code: "271828", ageMs: 0 };

let databaseName: string;
let clockOffsetMs: number;
let service: LocalMfaService;
beforeEach(async () => {
  databaseName = `audit-${crypto.randomUUID()}`;
  step = Math.floor(Date.now() / 30_000);
  clockOffsetMs = step * 30_000 + 1_000 - Date.now();
  service = await createLocalMfaService({ databaseName, clockOffsetMs });
});
afterEach(async () => {
  await service.close();
  indexedDB.deleteDatabase(databaseName);
});

const enable = (change: Partial<{ userName: string; serialNumber: string }> = {}) =>
  service.enableMfaDevice({
    userName: "ana",
    deviceName: "fob",
    serialNumber,
    codes: [code(-1), code(0)],
    ...change,
  });

/** What was written down, oldest first, without numbers and times. */
async function log(): Promise<Omit<AuditEntry, "id" | "atMs">[]> {
  return (await service.auditLog()).toReversed().map((entry) => {
    const { id: _, atMs: __, ...rest } = entry;
    return rest;
  });
}

const refusal = async (work: Promise<unknown>) => {
  await expect(work).rejects.toHaveProperty("code");
};

describe("the audit log", () => {
  it("tells who did what to which token, and what came of it", async () => {
    await service.importSeeds(new File([CSV], FILE_NAME));
    const { importId } = await service.importSeeds(CSV, { onDuplicate: "replace" });
    await service.undoImport(importId);
    await enable();
    await refusal(service.verifyCode({ userName: "ANA", code: code(0) }));
    await service.verifyCode({ userName: "ana", code: code(1), serialNumber: " work00000001 " });
    await service.resyncMfaDevice({ userName: "ana", serialNumber, codes: [code(6), code(7)] });
    await service.exportSeeds([serialNumber, serialNumber], PASSPHRASE);
    await service.deactivateMfaDevice({ userName: "ana", serialNumber });
    const ana = { userName: "ana", serialNumber };
    expect(await log()).toEqual([
      { action: "import-seeds", outcome: "done", details: { imported: 2, skipped: 0, duplicates: 0 } },
      { action: "import-seeds", outcome: "done", details: { imported: 2, skipped: 0, duplicates: 2 } },
      { action: "undo-import", outcome: "done", details: { removed: 0, restored: 2, kept: 0 } },
      { action: "enable-device", outcome: "done", ...ana, details: { driftSteps: 0 } },
      { action: "verify-code", outcome: "code-already-used", ...ana },
      {
        action: "verify-code",
        outcome: "done",
        ...ana,
        details: { driftSteps: expect.any(Number) as number },
      },
      { action: "resync-device", outcome: "done", ...ana, details: { driftSteps: 7 } },
      { action: "export-seeds", outcome: "done", details: { tokens: 1 } },
      { action: "deactivate-device", outcome: "done", ...ana },
    ]);
  });

  it("V21 has a code that was used again", async () => {
    await service.importSeeds(CSV);
    const codes = [code(-1), code(0)] as const;
    await service.enableMfaDevice({ userName: "ana", deviceName: "fob", serialNumber, codes });
    await refusal(service.verifyCode({ userName: "ana", code: codes[1] }));
    expect(await service.auditLog({ limit: 1 })).toMatchObject([
      { action: "verify-code", outcome: "code-already-used", userName: "ana", serialNumber },
    ]);
  });

  it("tells of the vault, and is read while it is open only", async () => {
    await service.createVault(PASSPHRASE);
    await service.lock();
    await expect(service.auditLog()).rejects.toMatchObject({ code: "vault-locked" });
    await expect(service.exportAuditLog()).rejects.toMatchObject({ code: "vault-locked" });
    await refusal(service.importSeeds(CSV));
    await refusal(service.unlock("wrong horse battery"));
    await service.unlock(PASSPHRASE);
    await service.changePassphrase(PASSPHRASE, "staple staple staple");
    expect(await log()).toEqual([
      { action: "create-vault", outcome: "done" },
      { action: "lock", outcome: "done" },
      { action: "import-seeds", outcome: "vault-locked" },
      { action: "unlock", outcome: "wrong-passphrase" },
      { action: "unlock", outcome: "done" },
      { action: "change-passphrase", outcome: "done" },
    ]);
  });

  it("says why codes did not do, and of what is unknown nothing that was typed", async () => {
    await service.importSeeds(CSV);
    await enable({ userName: "ana" });
    await refusal(service.resyncMfaDevice({ userName: "ana", serialNumber, codes: [code(8), code(7)] }));
    await refusal(enable({ userName: "ben" }));
    await refusal(enable({ userName: "ana", serialNumber: SECRET }));
    await refusal(enable({ userName: SECRET, serialNumber: "271828" }));
    await refusal(service.verifyCode({ userName: "my passphrase", code: WRONG }));
    await refusal(service.verifyCode({ userName: "314159", code: WRONG, serialNumber: "WORK00000002" }));
    await refusal(service.verifyCode(null as never));
    expect((await log()).slice(2)).toEqual([
      {
        action: "resync-device",
        outcome: "codes-not-consecutive",
        userName: "ana",
        serialNumber,
        details: { reason: "swapped" },
      },
      {
        action: "enable-device",
        outcome: "device-exists",
        serialNumber,
        details: { taken: "serial-number" },
      },
      { action: "enable-device", outcome: "unknown-serial", userName: "ana" },
      { action: "enable-device", outcome: "unknown-serial" },
      { action: "verify-code", outcome: "invalid-user-name" },
      { action: "verify-code", outcome: "unknown-serial", serialNumber: "WORK00000002" },
      { action: "verify-code", outcome: "invalid-request" },
    ]);
  });

  it("holds no secret, no code, no passphrase and no file name", async () => {
    const typed = [code(-1), code(0), code(1), code(6), code(7)];
    await service.importSeeds(new File([CSV], FILE_NAME));
    await enable();
    for (const one of typed) await service.verifyCode({ userName: "ana", code: one }).catch(() => undefined);
    await service.verifyCode({ userName: "ana", code: WRONG }).catch(() => undefined);
    await service.exportSeeds([serialNumber], "export password");
    await service.createVault(PASSPHRASE);
    await service.lock();
    await refusal(service.unlock("wrong horse battery"));
    const { audit = [] } = await wholeDatabase(databaseName);
    expect(audit.length).toBeGreaterThan(8);
    const text = JSON.stringify(audit, (key, value: unknown) => (key === "atMs" ? 0 : value));
    for (const secret of [...typed, WRONG].map((one) => one.code)) expect(text).not.toContain(secret);
    for (const secret of [SECRET, PASSPHRASE, "wrong horse", "export password", FILE_NAME, "fob"]) {
      expect(text).not.toContain(secret);
    }
  });

  it("gives pages, one token's entries, and one user's", async () => {
    await service.importSeeds(CSV);
    await enable();
    for (let count = 0; count < 4; count += 1) {
      await service.verifyCode({ userName: "ana", code: WRONG }).catch(() => undefined);
    }
    const all = await service.auditLog();
    expect(all.map(({ id }) => id)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(all.every(({ atMs }) => Math.abs(atMs - Date.now()) < 3_600_000)).toBe(true);
    const first = await service.auditLog({ limit: 4 });
    expect([...first, ...(await service.auditLog({ beforeId: first.at(-1)?.id ?? 0 }))]).toEqual(all);
    expect(await service.auditLog({ userName: "Ana", limit: 2 })).toEqual(all.slice(0, 2));
    expect(await service.auditLog({ serialNumber })).toEqual(all.slice(0, 5));
    expect(await service.auditLog({ serialNumber: "none" })).toEqual([]);
    for (const limit of [0, 1_001, 1.5]) {
      await expect(service.auditLog({ limit })).rejects.toMatchObject({ code: "invalid-request" });
    }
    await expect(service.auditLog({ userName: 5 } as never)).rejects.toMatchObject({
      code: "invalid-request",
    });
    await expect(service.auditLog(null as never)).rejects.toMatchObject({ code: "invalid-request" });
  });

  it("outlives its worker, and is exported whole", async () => {
    await service.importSeeds(CSV);
    await enable();
    await service.close();
    service = await createLocalMfaService({ databaseName });
    const blob = await service.exportAuditLog();
    expect(blob.type).toBe("text/csv;charset=utf-8");
    const { data } = papaparse.parse<string[]>(await blob.text(), { skipEmptyLines: true });
    expect(data.map(([id, , ...rest]) => [id, ...rest])).toEqual([
      ["id", "action", "outcome", "user", "serial", "details"],
      ["1", "import-seeds", "done", "", "", "imported=2; skipped=0; duplicates=0"],
      ["2", "enable-device", "done", "ana", serialNumber, "driftSteps=0"],
    ]);
  });
});
