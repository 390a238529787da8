import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Seed } from "../../../src/otp/index.ts";
import { Database } from "../../../src/vault/database.ts";
import { ImportJournal } from "../../../src/vault/import-journal.ts";
import { SeedInventory } from "../../../src/vault/seed-inventory.ts";
import { SeedVault } from "../../../src/vault/seed-vault.ts";
import type { SeedRecord } from "../../../src/vault/records.ts";
import { TokenStore } from "../../../src/vault/token-store.ts";
import { addSeeds } from "../../support/add-seeds.ts";
import { QuickKdf } from "../../support/quick-kdf.ts";
import { totpSeed } from "../../support/seeds.ts";

const PASSPHRASE = "correct horse battery";

let name: string;
let database: Database;
let vault: SeedVault;
beforeEach(() => {
  name = `vault-${crypto.randomUUID()}`;
  database = new Database(name);
  vault = new SeedVault(database, { kdf: new QuickKdf() });
});
afterEach(async () => {
  await database.close();
  indexedDB.deleteDatabase(name);
});

const add = (...[seeds, options]: [readonly Seed[], Parameters<typeof addSeeds>[2]?]) =>
  addSeeds({ database, vault }, seeds, options);

describe("SeedVault", () => {
  it("gives back what it sealed, and nothing of it in the record", async () => {
    const seed = totpSeed({ manufacturer: "Acme", driftSteps: -3 });
    const { record } = await vault.seal(seed);
    expect(await vault.open(record)).toEqual(seed);
    expect(record).not.toHaveProperty("secret");
    expect(record).not.toHaveProperty("serialKey");
    expect(record.sealedSecret.ciphertext).toHaveLength(seed.secret.length + 16);
  });

  it("uses a nonce once", async () => {
    const ivs = await Promise.all(
      Array.from({ length: 500 }, async () => (await vault.seal(totpSeed())).record.sealedSecret.iv.join()),
    );
    expect(new Set(ivs).size).toBe(500);
  });

  it("notices every flipped bit, a cut and a record put in another's place", async () => {
    const { record } = await vault.seal(totpSeed());
    const { iv, ciphertext } = record.sealedSecret;
    const damaged: SeedRecord[] = [{ ...record, serialNumber: "TEST00000002" }];
    for (let bit = 0; bit < ciphertext.length * 8; bit += 1) {
      const changed = ciphertext.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      damaged.push({ ...record, sealedSecret: { iv, ciphertext: changed } });
    }
    for (let length = 0; length < ciphertext.length; length += 1) {
      damaged.push({ ...record, sealedSecret: { iv, ciphertext: ciphertext.slice(0, length) } });
    }
    for (const bad of damaged) {
      await expect(vault.open(bad)).rejects.toMatchObject({ name: "VaultError", code: "store-corrupt" });
    }
    await expect(vault.open(record)).resolves.toMatchObject({ serialNumber: "TEST00000001" });
  });

  it("keeps the seeds when the passphrase is set and changed, and opens for the last one only", async () => {
    const { record } = await vault.seal(totpSeed());
    await vault.create(PASSPHRASE);
    await vault.changePassphrase(PASSPHRASE, "another passphrase");
    const later = new SeedVault(database, { kdf: new QuickKdf() });
    expect(await later.state()).toBe("locked");
    await expect(later.open(record)).rejects.toMatchObject({ code: "vault-locked" });
    await expect(later.unlock(PASSPHRASE)).rejects.toMatchObject({ code: "wrong-passphrase" });
    await later.unlock("another passphrase");
    expect(await later.open(record)).toEqual(totpSeed());
    later.lock();
    await expect(later.open(record)).rejects.toMatchObject({ code: "vault-locked" });
    await expect(vault.changePassphrase("wrong one", "x".repeat(8))).rejects.toMatchObject({
      code: "wrong-passphrase",
    });
  });

  it("makes one header when two tabs start at once", async () => {
    const other = new Database(name);
    const vaults = [vault, new SeedVault(other)] as const;
    const [first, second] = await Promise.all(vaults.map((one) => one.seal(totpSeed())));
    if (!first || !second) throw new Error("two records were expected");
    await expect(vaults[1].open(first.record)).resolves.toEqual(totpSeed());
    await expect(vaults[0].open(second.record)).resolves.toEqual(totpSeed());
    await other.close();
  });

  it("keeps a key nobody can export", async () => {
    await vault.seal(totpSeed());
    const header = await database.read((open) => open.get("vault", "header"));
    if (header?.slot.kind !== "device") throw new Error("a device slot was expected");
    expect(header.slot.wrappingKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", header.slot.wrappingKey)).rejects.toThrow();
  });
});

describe("SeedInventory", () => {
  const seeds = () => [
    totpSeed({ serialNumber: "AAA1", manufacturer: "Acme" }),
    totpSeed({ serialNumber: "AAA2", manufacturer: "Acme", model: "Slim" }),
    totpSeed({ serialNumber: "BBB1" }),
  ];
  let inventory: SeedInventory;
  beforeEach(() => {
    inventory = new SeedInventory(database, vault);
  });
  const serials = async (query: Parameters<SeedInventory["list"]>[0]) =>
    (await inventory.list(query)).map(({ record }) => record.serialNumber);

  it("adds, lists, pages and searches", async () => {
    expect(await add(seeds())).toMatchObject({ added: 3, duplicates: [] });
    expect(await serials({})).toEqual(["AAA1", "AAA2", "BBB1"]);
    expect(await serials({ offset: 1, limit: 1 })).toEqual(["AAA2"]);
    expect(await serials({ text: " slim " })).toEqual(["AAA2"]);
    expect(await serials({ text: "acme" })).toEqual(["AAA1", "AAA2"]);
    expect(await serials({ text: "nothing" })).toEqual([]);
    expect(await serials({ assigned: true })).toEqual([]);
    expect(await serials({ assigned: false, limit: 2 })).toEqual(["AAA1", "AAA2"]);
    const [entry] = await inventory.list({ limit: 1 });
    expect(entry?.record).not.toHaveProperty("sealedSecret");
  });

  it("finds a serial number as people type it, unless that names two", async () => {
    const store = new TokenStore(database, vault);
    await add(
      ["ABC1", "xyz1", "Pair1", "PAIR1", "two2", "Two2"].map((serialNumber) => totpSeed({ serialNumber })),
    );
    const typed = [
      "ABC1",
      "abc 1",
      "ＡＢＣ１",
      "xyz1",
      "XYZ1",
      "Xyz 1",
      "PAIR1",
      "Pair1",
      "pair1",
      "TWO2",
      "none",
    ];
    const found = await Promise.all(typed.map((text) => store.findSerialNumber(text)));
    const pair = ["PAIR1", "Pair1", null];
    expect(found).toEqual(["ABC1", "ABC1", "ABC1", "xyz1", "xyz1", "xyz1", ...pair, null, null]);
  });

  it("wipes the secrets it was given, also when it fails", async () => {
    const given = seeds();
    await add(given);
    expect(given.every(({ secret }) => secret.every((byte) => byte === 0))).toBe(true);
    const again = seeds();
    await expect(add(again, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
    expect(again.every(({ secret }) => secret.every((byte) => byte === 0))).toBe(true);
  });

  const MARK = {
    lastAcceptedFactor: 70,
    driftSteps: 1,
    syncedDriftSteps: 1,
    driftHistory: [{ atMs: 2_100_000, driftSteps: 1 }],
  };
  const mark = (serialNumber: string) =>
    database.write(["tokens"], async (transaction) => {
      await transaction.objectStore("tokens").put({ serialNumber, ...MARK });
    });
  const tokens = () => database.read((open) => open.getAll("tokens"));

  it("replaces a free token on demand; its used time steps stay used, whatever the secret", async () => {
    await add(seeds());
    await mark("AAA1");
    await mark("AAA2");
    const [same, other] = seeds();
    if (!same || !other) throw new Error("three seeds were expected");
    const changed = { ...other, secret: Uint8Array.of(1, 2, 3), driftSteps: 4 };
    expect(await add([same, changed], { replace: true })).toMatchObject({
      added: 0,
      duplicates: [{ outcome: "replaced" }, { outcome: "replaced" }],
    });
    expect(await tokens()).toEqual([
      { serialNumber: "AAA1", ...MARK },
      {
        serialNumber: "AAA2",
        lastAcceptedFactor: 70,
        driftSteps: 4,
        syncedDriftSteps: 4,
        driftHistory: [],
      },
    ]);
  });

  it("counts the used steps in the new period", async () => {
    await add(seeds());
    await mark("AAA1");
    const [same] = seeds();
    if (!same) throw new Error("three seeds were expected");
    // Steps 0 … 70 of 30 s end at 2130 s, in the middle of step 35 of 60 s: that one is used too.
    await add([{ ...same, periodSeconds: 60 }], { replace: true });
    expect(await tokens()).toMatchObject([{ lastAcceptedFactor: 35, driftHistory: [] }]);
    await add([{ ...same, secret: same.secret.slice(), periodSeconds: 60, t0Seconds: 60 }], {
      replace: true,
    });
    expect(await tokens()).toMatchObject([{ lastAcceptedFactor: 34 }]);
  });

  it("begins a counter anew with another secret only", async () => {
    const counter = () => totpSeed({ serialNumber: "HHH1", type: "hotp" });
    await add([counter()]);
    await mark("HHH1");
    await add([counter()], { replace: true });
    expect(await tokens()).toMatchObject([{ lastAcceptedFactor: 70 }]);
    await add([{ ...counter(), secret: Uint8Array.of(9, 9) }], { replace: true });
    expect(await tokens()).toMatchObject([
      { lastAcceptedFactor: -1, retired: [{ type: "hotp", lastAcceptedFactor: 70 }] },
    ]);
    await add([counter()], { replace: true });
    expect(await tokens()).toMatchObject([{ lastAcceptedFactor: 70 }]);
  });

  it("uses no key of a database that was deleted meanwhile", async () => {
    await add(seeds());
    await new Promise((resolve) => {
      indexedDB.deleteDatabase(name).addEventListener("success", resolve);
    });
    expect(await add([totpSeed({ serialNumber: "NEW1" })])).toMatchObject({
      added: 1,
      duplicates: [],
    });
    const later = new SeedVault(new Database(name));
    const [entry] = await database.read((open) => open.getAll("seeds"));
    if (!entry) throw new Error("one seed was expected");
    await expect(later.open(entry)).resolves.toMatchObject({ serialNumber: "NEW1" });
  });

  it("writes all or nothing", async () => {
    const unclonable = { ...totpSeed({ serialNumber: "ZZZ1" }), model: (() => 1) as unknown as string };
    await expect(add([...seeds(), unclonable])).rejects.toMatchObject({
      code: "store-corrupt",
    });
    expect(await serials({})).toEqual([]);
  });
});

describe("Database", () => {
  it("gives way to a newer version in another tab, then says so", async () => {
    await vault.seal(totpSeed());
    const upgraded = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 99);
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("blocked", () => reject(new Error("blocked")));
    });
    await expect(vault.state()).rejects.toMatchObject({ name: "VaultError", code: "outdated" });
    upgraded.close();
  });

  it.each([1, 2])("takes over what version %d wrote", async (version) => {
    await add([totpSeed()]);
    await database.close();
    const records = await asVersion(version, name);
    const later = new Database(name);
    const laterVault = new SeedVault(later);
    const source = await new SeedInventory(later, laterVault).openSource();
    expect(source.length).toBe(records);
    await source.count(0, 1);
    await expect(source.read(0, 1)).resolves.toEqual([totpSeed()]);
    const others = [totpSeed({ serialNumber: "OTHER0001" })];
    const { importId } = await addSeeds({ database: later, vault: laterVault }, others);
    await expect(source.isCurrent()).resolves.toBe(false);
    await expect(new ImportJournal(later, Date.now).undo(importId)).resolves.toMatchObject({ removed: 1 });
    const [first] = await new SeedInventory(later, laterVault).list({});
    expect(first?.record.serialNumber).toBe("TEST00000001");
    const store = new TokenStore(later, laterVault);
    expect(await store.findSerialNumber(" test 0000 0001")).toBe("TEST00000001");
    await later.close();
  });

  it("opens again after the browser closed it", async () => {
    await vault.seal(totpSeed());
    await database.close();
    await expect(vault.state()).resolves.toBe("new");
  });

  it("leaves nothing of a transaction that failed", async () => {
    const { record } = await vault.seal(totpSeed());
    const failing = database.write(["seeds"], async (transaction) => {
      await transaction.objectStore("seeds").put(record);
      throw new RangeError("in the middle");
    });
    await expect(failing).rejects.toThrow("in the middle");
    expect(await database.read((open) => open.getAll("seeds"))).toEqual([]);
  });
});

/** Makes the database what an earlier version would have left: fewer stores, and seeds of no import. Answers with its seeds. */
async function asVersion(version: number, databaseName: string): Promise<number> {
  const open = (wanted: number | undefined, upgrade: (database: IDBDatabase) => void) =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(databaseName, wanted);
      request.addEventListener("upgradeneeded", () => upgrade(request.result));
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error ?? new Error("not opened")));
    });
  const settle = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener("success", () => resolve(request.result));
      request.addEventListener("error", () => reject(request.error ?? new Error("request failed")));
    });
  const current = await open(undefined, () => undefined);
  const reading = current.transaction(["vault", "seeds"]);
  const header = await settle(reading.objectStore("vault").get("header"));
  const seeds = await settle(reading.objectStore("seeds").getAll());
  current.close();
  await settle(indexedDB.deleteDatabase(databaseName));
  const old = await open(version, (upgraded) => {
    upgraded.createObjectStore("vault").put(header, "header");
    const store = upgraded.createObjectStore("seeds", { keyPath: "serialNumber" });
    store.createIndex("serialKey", "serialKey");
    for (const { importId: _, ...seed } of seeds) store.put({ ...seed, serialKey: seed.serialNumber });
    upgraded.createObjectStore("tokens", { keyPath: "serialNumber" });
    upgraded.createObjectStore("devices", { keyPath: "serialNumber" }).createIndex("userKey", "userKey");
    upgraded.createObjectStore("attempts", { keyPath: "key" });
    if (version >= 2) upgraded.createObjectStore("inventory").put("first stamp", "stamp");
  });
  old.close();
  return seeds.length;
}
