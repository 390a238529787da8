import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { MOST_AUDIT_ENTRIES, type AuditEntry } from "../../../src/vault/audit-entry.ts";
import { AuditLog } from "../../../src/vault/audit-log.ts";
import { Database } from "../../../src/vault/database.ts";

let name: string;
let database: Database;
let log: AuditLog;
beforeEach(() => {
  name = `audit-${crypto.randomUUID()}`;
  database = new Database(name);
  log = new AuditLog(database);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
  indexedDB.deleteDatabase(name);
});

const entry = (atMs: number): Omit<AuditEntry, "id"> => ({ atMs, action: "unlock", outcome: "done" });

it("keeps the newest ten thousand", async () => {
  await database.write(["audit"], async (transaction) => {
    const store = transaction.objectStore("audit");
    for (let atMs = 1; atMs < MOST_AUDIT_ENTRIES; atMs += 1) void store.add(entry(atMs) as AuditEntry);
    await store.count();
  });
  await log.append(entry(MOST_AUDIT_ENTRIES));
  expect(await log.all()).toHaveLength(MOST_AUDIT_ENTRIES);
  for (let more = 1; more <= 3; more += 1) await log.append(entry(MOST_AUDIT_ENTRIES + more));
  const all = await log.all();
  expect(all).toHaveLength(MOST_AUDIT_ENTRIES);
  expect([all[0]?.atMs, all.at(-1)?.atMs]).toEqual([4, MOST_AUDIT_ENTRIES + 3]);
  // Read block by block, nothing is left out and nothing comes twice.
  const read: number[] = [];
  for (let beforeId: number | undefined; ; beforeId = read.at(-1)) {
    const block = await log.list({ limit: 999, ...(beforeId !== undefined && { beforeId }) });
    if (block.length === 0) break;
    read.push(...block.map(({ id }) => id));
  }
  expect(read).toEqual(all.map(({ id }) => id).toReversed());
});

it("looks through all of it for one user's entries", async () => {
  await log.append({ ...entry(1), userName: "Ana" });
  for (let atMs = 2; atMs < 700; atMs += 1) await log.append(entry(atMs));
  expect(await log.list({ userName: "ana" })).toMatchObject([{ id: 1, userName: "Ana" }]);
});

it("takes entries from two tabs at once, each under its own number", async () => {
  const other = new Database(name);
  const logs = [log, new AuditLog(other)];
  await Promise.all(Array.from({ length: 40 }, (_, index) => (logs[index % 2] ?? log).append(entry(index))));
  expect((await log.all()).map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  await other.close();
});
