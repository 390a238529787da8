import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RecordedService } from "../../../workers/recorded-service.ts";
import { MfaBench } from "../../support/mfa-bench.ts";
import { wholeDatabase } from "../../support/whole-database.ts";

const FULL = {
  name: "MfaError",
  code: "store-full",
  message: expect.stringContaining("To free some space, delete files") as string,
};

let bench: MfaBench;
beforeEach(async () => {
  bench = await MfaBench.open();
  await bench.enable();
  bench.passSteps(10);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bench.close();
});

const put = IDBObjectStore.prototype.put;
const noRoom = () => new DOMException("no more", "QuotaExceededError");

/** The disk is full when something is written to `store`: the request fails. */
function fullOnRequest(store: string): void {
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...given) {
    if (this.name === store) throw noRoom();
    return put.apply(this, given);
  });
}

/** The disk is full when what was written to `store` is committed: the requests succeed, the transaction does not. */
function fullOnCommit(store: string): void {
  vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...given) {
    const request = put.apply(this, given);
    if (this.name !== store) return request;
    const { transaction } = this;
    request.addEventListener("success", () => {
      Object.defineProperty(transaction, "error", { value: noRoom(), configurable: true });
      transaction.abort();
    });
    return request;
  });
}

it.each([
  ["request", "attempts", fullOnRequest],
  ["commit", "attempts", fullOnCommit],
] as const)(
  "S8 a sign-in on a full disk (%s) writes nothing, says what to do, and works later",
  async (_, store, fill) => {
    const before = await wholeDatabase(bench.databaseName);
    fill(store);
    await expect(bench.verify(bench.code())).rejects.toMatchObject(FULL);
    await expect(bench.resync(bench.pair(4))).rejects.toMatchObject(FULL);
    expect(await wholeDatabase(bench.databaseName)).toEqual(before);
    vi.restoreAllMocks();
    await expect(bench.verify(bench.code())).resolves.toMatchObject({ userName: "ana" });
  },
);

it.each([
  ["request", fullOnRequest],
  ["commit", fullOnCommit],
] as const)(
  "S8 a code that could not be marked as used (%s) is not accepted, and not spent",
  async (_, fill) => {
    const { attempts: ___, ...before } = await wholeDatabase(bench.databaseName);
    fill("tokens");
    await expect(bench.verify(bench.code())).rejects.toMatchObject(FULL);
    const { attempts, ...after } = await wholeDatabase(bench.databaseName);
    expect(after).toEqual(before);
    // Nothing was evaluated against the user: the attempt was given back.
    expect(attempts?.map((row) => (row as [string, { failures: number }])[1].failures)).toEqual([0, 0]);
    vi.restoreAllMocks();
    await expect(bench.verify(bench.code())).resolves.toMatchObject({ userName: "ana" });
  },
);

it.each([
  ["request", fullOnRequest],
  ["commit", fullOnCommit],
] as const)("S8 an enrolment on a full disk (%s) leaves no half of a device", async (_, fill) => {
  await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: "TEST00000001" });
  const { attempts: ___, ...before } = await wholeDatabase(bench.databaseName);
  fill("tokens");
  await expect(bench.enable()).rejects.toMatchObject(FULL);
  const { attempts: ____, ...after } = await wholeDatabase(bench.databaseName);
  expect(after).toEqual(before);
});

it("S8 who can be signed in is, where there is no room for the audit log only", async () => {
  const { databaseName } = bench;
  const service = new RecordedService();
  const clockOffsetMs = bench.nowMs - Date.now();
  await service.start({ databaseName, policy: {}, clockOffsetMs, lifeLock: `full ${databaseName}` });
  vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
    throw noRoom();
  });
  const request = { userName: "ana", code: bench.code() };
  expect(await service.verifyCode(request)).toMatchObject({ ok: true, value: { userName: "ana" } });
  expect(await service.verifyCode(request)).toMatchObject({
    ok: false,
    error: { code: "code-already-used" },
  });
  expect(await service.auditLog({})).toEqual({ ok: true, value: [] });
  vi.restoreAllMocks();
  expect(await service.verifyCode(request)).toMatchObject({ ok: false });
  expect(await service.auditLog({})).toMatchObject({ ok: true, value: [{ action: "verify-code" }] });
  await service.stop();
});
