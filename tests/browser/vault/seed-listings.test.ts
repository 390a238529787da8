import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Database } from "../../../src/vault/database.ts";
import type { DeviceRecord, SeedRecord } from "../../../src/vault/records.ts";
import { SeedListings, type ListingQuery } from "../../../src/vault/seed-listings.ts";
import { totpSeed } from "../../support/seeds.ts";

/** More than is looked through at once, and than is read in one request. */
const MANY = 3_000;

let name: string;
let database: Database;
let listings: SeedListings;
beforeEach(() => {
  name = `vault-${crypto.randomUUID()}`;
  database = new Database(name);
  listings = new SeedListings(database, 1_000);
});
afterEach(async () => {
  await database.close();
  indexedDB.deleteDatabase(name);
});

const serial = (number: number) => `LIST${String(number).padStart(8, "0")}`;

function record(serialNumber: string, more: Partial<SeedRecord> = {}): SeedRecord {
  const { secret: _, ...seed } = totpSeed({ serialNumber });
  const sealedSecret = { iv: new Uint8Array(12), ciphertext: new Uint8Array(36) };
  return { ...seed, sealedSecret, ...more };
}

function device(serialNumber: string): DeviceRecord {
  const user = { userKey: "alice", userName: "alice", deviceName: serialNumber, deviceNameKey: serialNumber };
  return { serialNumber, ...user, enabledAtMs: 1 };
}

/** Writes records as an import does: with another stamp. */
async function write(records: readonly SeedRecord[], owned: readonly string[] = []): Promise<void> {
  await database.write(["seeds", "devices", "inventory"], async (transaction) => {
    for (const one of records) void transaction.objectStore("seeds").put(one);
    for (const one of owned) void transaction.objectStore("devices").put(device(one));
    await transaction.objectStore("inventory").put(crypto.randomUUID(), "stamp");
  });
}

async function writeMany(): Promise<void> {
  const models = ["Slim", "Card"];
  await write(
    Array.from({ length: MANY }, (_, at) =>
      record(serial(at), { manufacturer: "Acme", model: models[at % 2] ?? "" }),
    ),
    [serial(7), serial(1_200), serial(2_999), "GONE"],
  );
}

const rows = async (query: ListingQuery) => {
  const page = await listings.page(query);
  return { total: page.total, serials: page.entries.map(({ record: { serialNumber } }) => serialNumber) };
};

describe("SeedListings", () => {
  it("reads any piece of everything, and of what fits", async () => {
    await writeMany();
    expect(await rows({ limit: 2 })).toEqual({ total: MANY, serials: [serial(0), serial(1)] });
    expect(await rows({ offset: 1_024, limit: 3 })).toEqual({
      total: MANY,
      serials: [serial(1_024), serial(1_025), serial(1_026)],
    });
    expect(await rows({ offset: MANY - 1, limit: 5 })).toEqual({ total: MANY, serials: [serial(2_999)] });
    expect(await rows({ offset: MANY, limit: 5 })).toEqual({ total: MANY, serials: [] });
    expect(await rows({ text: "list000029", offset: 98, limit: 5, wait: true })).toEqual({
      total: 100,
      serials: [serial(2_998), serial(2_999)],
    });
    expect(await rows({ text: "1234", wait: true })).toEqual({ total: 1, serials: [serial(1_234)] });
    expect(await rows({ text: "card", offset: 700, limit: 1, wait: true })).toEqual({
      total: MANY / 2,
      serials: [serial(1_401)],
    });
  });

  it("tells assigned and free apart, with and without a text", async () => {
    await writeMany();
    expect(await rows({ assigned: true })).toEqual({
      total: 3,
      serials: [serial(7), serial(1_200), serial(2_999)],
    });
    expect(await rows({ assigned: false, offset: 6, limit: 2 })).toEqual({
      total: MANY - 3,
      serials: [serial(6), serial(8)],
    });
    expect(await rows({ assigned: true, text: "slim" })).toEqual({ total: 1, serials: [serial(1_200)] });
    expect(await rows({ assigned: false, text: "0000000", limit: 3, wait: true })).toEqual({
      total: 9,
      serials: [serial(0), serial(1), serial(2)],
    });
  });

  it("gives what begins with a text at once, and the whole to who waits for it", async () => {
    await writeMany();
    await write([record("ALIST"), record(serial(5), { label: "Reception list" })]);
    const first = await listings.page({ text: "list", limit: 1 });
    expect(first).toMatchObject({ total: MANY, isWhole: false });
    expect(first.entries[0]?.record.serialNumber).toBe(serial(0));
    const told: number[] = [];
    const whole = await listings.page(
      { text: "list", limit: 1, listId: first.listId, wait: true },
      { onProgress: (done) => told.push(done) },
    );
    expect(whole).toMatchObject({ total: MANY + 1, isWhole: true });
    expect(whole.entries[0]?.record.serialNumber).toBe("ALIST");
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(await listings.page({ text: "reception" })).toMatchObject({ total: 1, isWhole: true });
  });

  it("keeps to one moment while it stands, and says when it does not", async () => {
    await writeMany();
    const first = await listings.page({ text: "99", wait: true, limit: 1 });
    const next = await listings.page({ text: "99", offset: 1, limit: 1, listId: first.listId });
    expect(next.listId).toBe(first.listId);
    await write([record("AA99")]);
    const after = await listings.page({ text: "99", wait: true, limit: 1, listId: first.listId });
    expect(after.listId).not.toBe(first.listId);
    expect(after.entries[0]?.record.serialNumber).toBe("AA99");
    expect(after.total).toBe(first.total + 1);
    // A name of another question's list counts for nothing.
    const other = await listings.page({ text: "98", wait: true, limit: 1, listId: after.listId });
    expect(other.listId).not.toBe(after.listId);
  });

  it("stops at once when it is cancelled, and does better the next time", async () => {
    await writeMany();
    const stop = new AbortController();
    const stopped = listings.page(
      { text: "slim", wait: true },
      { signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) },
    );
    await expect(stopped).rejects.toThrow("enough");
    expect(await rows({ text: "slim", limit: 0, wait: true })).toEqual({ total: MANY / 2, serials: [] });
  });

  it("names all that fit", async () => {
    await writeMany();
    expect(await listings.serialNumbers({ text: "00299" })).toHaveLength(11);
    expect((await listings.serialNumbers({})).length).toBe(MANY);
    expect(await listings.serialNumbers({ assigned: true })).toEqual([
      serial(7),
      serial(1_200),
      serial(2_999),
    ]);
  });
});
