import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Database } from "../../../src/vault/database.ts";
import { VaultError } from "../../../src/vault/errors.ts";
import { wholeDatabase } from "../../support/whole-database.ts";

const VERSION = 5;

let name: string;
let database: Database;
beforeEach(() => {
  name = `schema-${crypto.randomUUID()}`;
  database = new Database(name);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
  indexedDB.deleteDatabase(name);
});

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("request failed")));
  });
}

/** What each version had: its stores are what was released then, and stay as they are here. */
const RECORDS = {
  vault: [["header", { schema: 1, vaultId: "fixture" }]],
  seeds: [
    [null, { serialNumber: "A1", serialKey: "A1", type: "totp", digits: 6 }],
    [null, { serialNumber: "b2", serialKey: "B2", type: "hotp", digits: 8 }],
  ],
  tokens: [[null, { serialNumber: "A1", lastAcceptedFactor: 70, driftSteps: 1, syncedDriftSteps: 1 }]],
  devices: [[null, { serialNumber: "A1", userKey: "ana", userName: "Ana", deviceName: "fob" }]],
  attempts: [[null, { key: "user:ana", failures: 3, lastFailureAtMs: 5, resets: 1, outOfSync: false }]],
} as const;

/** A database as version 1, 2, 3 or 4 of this code left it, made without this code. */
async function makeOld(version: number): Promise<void> {
  const request = indexedDB.open(name, version);
  request.addEventListener("upgradeneeded", () => {
    const { result: old } = request;
    old.createObjectStore("vault");
    old.createObjectStore("seeds", { keyPath: "serialNumber" }).createIndex("serialKey", "serialKey");
    old.createObjectStore("tokens", { keyPath: "serialNumber" });
    old.createObjectStore("devices", { keyPath: "serialNumber" }).createIndex("userKey", "userKey");
    old.createObjectStore("attempts", { keyPath: "key" });
    if (version >= 2) old.createObjectStore("inventory");
    if (version >= 3) {
      old.createObjectStore("imports");
      old.createObjectStore("importBlocks");
    }
    if (version >= 4) old.createObjectStore("audit", { keyPath: "id", autoIncrement: true });
  });
  const old = await settled(request);
  const stores = [...old.objectStoreNames];
  const transaction = old.transaction(stores, "readwrite");
  for (const [store, records] of Object.entries(RECORDS)) {
    for (const [key, value] of records) {
      transaction.objectStore(store).put(value, ...(key === null ? [] : [key]));
    }
  }
  if (version >= 3) transaction.objectStore("imports").put({ importId: "i", state: "done" }, "last");
  await new Promise((resolve) => transaction.addEventListener("complete", resolve));
  old.close();
}

const shape = (open: IDBDatabase) => ({ version: open.version, stores: [...open.objectStoreNames] });
const open = (with_ = database) => with_.read((found) => Promise.resolve(shape(found as never)));

describe("S10 the database of an older version", () => {
  it.each([1, 2, 3, 4])(
    "S10 %i is opened with everything that was in it, once and again",
    async (version) => {
      await makeOld(version);
      const before = await wholeDatabase(name);
      for (let time = 0; time < 2; time += 1) {
        expect(await open()).toEqual({
          version: VERSION,
          stores: [
            "attempts",
            "audit",
            "devices",
            "importBlocks",
            "imports",
            "inventory",
            "retired",
            "seeds",
            "tokens",
            "vault",
          ],
        });
        await database.close();
        expect(await wholeDatabase(name)).toEqual({
          audit: [],
          imports: [],
          importBlocks: [],
          retired: [],
          ...before,
        });
      }
      expect(await database.read((found) => found.getAllKeysFromIndex("seeds", "serialKey", "B2"))).toEqual([
        "b2",
      ]);
      expect(await database.read((found) => found.getAllKeysFromIndex("devices", "userKey", "ana"))).toEqual([
        "A1",
      ]);
    },
  );

  it("S10 becomes what a new database is", async () => {
    await makeOld(1);
    const upgraded = await open();
    const other = new Database(`${name}-new`);
    expect(await open(other)).toEqual(upgraded);
    await other.close();
    indexedDB.deleteDatabase(`${name}-new`);
  });

  it("S10 loses nothing where the worker that upgrades it ends in the middle, twenty times", async () => {
    await makeOld(3);
    const before = await wholeDatabase(name);
    for (let time = 0; time < 20; time += 1) {
      const worker = new Worker(new URL("./upgrading.worker.ts", import.meta.url), { type: "module" });
      const upgrading = new Promise((resolve) => worker.addEventListener("message", resolve, { once: true }));
      worker.postMessage(name, []);
      await upgrading;
      worker.terminate();
    }
    expect(await wholeDatabase(name)).toEqual(before);
    expect(await open()).toMatchObject({ version: VERSION });
    await database.close();
    expect(await wholeDatabase(name)).toEqual({ ...before, audit: [], retired: [] });
  });

  it("S10 loses nothing where the upgrade is aborted, and is upgraded by the next try", async () => {
    await makeOld(2);
    const before = await wholeDatabase(name);
    const create = IDBDatabase.prototype.createObjectStore;
    vi.spyOn(IDBDatabase.prototype, "createObjectStore").mockImplementationOnce(function (
      this: IDBDatabase,
      ...given
    ) {
      const store = create.apply(this, given);
      queueMicrotask(() => store.transaction.abort());
      return store;
    });
    expect(await open()).toMatchObject({ version: VERSION });
    await database.close();
    expect(await wholeDatabase(name)).toEqual({
      ...before,
      audit: [],
      imports: [],
      importBlocks: [],
      retired: [],
    });
  });
});

describe("S9 a newer version in another tab", () => {
  it("S9 opens at once, for the old tab gives way, which then says to reload, each time anew", async () => {
    await open();
    const request = indexedDB.open(name, VERSION + 1);
    const blocked = vi.fn<() => void>();
    request.addEventListener("blocked", blocked);
    const newer = await settled(request);
    expect(blocked).not.toHaveBeenCalled();
    const opened = vi.spyOn(indexedDB, "open");
    for (const call of [
      () => open(),
      () => open(),
      () => database.write(["audit"], () => Promise.resolve()),
    ]) {
      await expect(call()).rejects.toMatchObject({
        name: "VaultError",
        code: "outdated",
        message: expect.stringContaining("Reload this tab") as string,
      });
    }
    // No call tries for ever.
    expect(opened).toHaveBeenCalledTimes(3);
    newer.close();
  });

  it("S9 waits for nobody: where an older tab stays open, the call says so, and a later one works", async () => {
    const old = await settled(indexedDB.open(name, 1));
    await expect(open()).rejects.toMatchObject({
      code: "busy",
      message: expect.stringContaining("Close or reload it") as string,
    });
    old.close();
    await expect.poll(() => open().catch(() => null)).not.toBeNull();
  });
});

describe("S11 a store that fails", () => {
  /** As Chromium puts it when its files are locked or damaged; it cannot be provoked. */
  function failOpening(times: number) {
    let left = times;
    return vi.spyOn(IDBFactory.prototype, "open").mockImplementation(function (this: IDBFactory, ...given) {
      if (left === 0) return realOpen.apply(this, given);
      left -= 1;
      // A real request that fails, for what is not one of the browser's own `idb` does not know.
      const request = realOpen.call(this, name, 1);
      const error = new DOMException(
        "Internal error opening backing store for indexedDB.open.",
        "UnknownError",
      );
      Object.defineProperty(request, "error", { value: error });
      return request;
    });
  }
  const realOpen = IDBFactory.prototype.open;
  const deletions = () => vi.spyOn(IDBFactory.prototype, "deleteDatabase");

  beforeEach(async () => {
    // Version 1 of what is at version 4 by then: the request fails.
    await open();
    await database.close();
  });

  it("S11 is tried again up to three times, for one call and all that wait with it", async () => {
    const opening = failOpening(3);
    const deleting = deletions();
    const found = await Promise.all([open(), open()]);
    expect(found.map(({ version }) => version)).toEqual([VERSION, VERSION]);
    expect(opening).toHaveBeenCalledTimes(4);
    expect(deleting).not.toHaveBeenCalled();
  });

  it("S11 is given up with a clear error after that, nothing is deleted, and a later call may find it well", async () => {
    const opening = failOpening(4);
    const deleting = deletions();
    const error = await open().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VaultError);
    expect(error).toMatchObject({
      code: "store-corrupt",
      message: expect.stringMatching(/Nothing was deleted.*restart the browser/u) as string,
    });
    expect(opening).toHaveBeenCalledTimes(4);
    expect(deleting).not.toHaveBeenCalled();
    expect(await open()).toMatchObject({ version: VERSION });
  });

  it("S11 a connection that was closed behind our back is opened anew, for reads and for writes", async () => {
    await database.write(["inventory"], async (transaction) => {
      await transaction.objectStore("inventory").put("first", "stamp");
    });
    const closed = vi.fn<() => void>();
    database.onClosed(closed);
    const drop = () =>
      database.read((found) => {
        found.close();
        return Promise.resolve();
      });
    await drop();
    expect(await database.read((found) => found.get("inventory", "stamp"))).toBe("first");
    await drop();
    await database.write(["inventory"], async (transaction) => {
      await transaction.objectStore("inventory").put("second", "stamp");
    });
    expect(await database.read((found) => found.get("inventory", "stamp"))).toBe("second");
    // Whoever keeps something that was read through it is told each time.
    expect(closed).toHaveBeenCalledTimes(2);
  });

  it("S11 a database deleted from another tab is made anew by the next call", async () => {
    await database.write(["inventory"], async (transaction) => {
      await transaction.objectStore("inventory").put("first", "stamp");
    });
    await settled(indexedDB.deleteDatabase(name));
    expect(await database.read((found) => found.count("inventory"))).toBe(0);
  });
});
