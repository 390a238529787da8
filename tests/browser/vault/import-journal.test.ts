import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConsecutiveCodes } from "../../../src/mfa/contract.ts";
import type { Seed } from "../../../src/otp/index.ts";
import { ImportJournal } from "../../../src/vault/import-journal.ts";
import type { SeedRecord } from "../../../src/vault/records.ts";
import type { SeedImport } from "../../../src/vault/seed-import.ts";
import { writeBlock } from "../../../src/vault/seed-write.ts";
import { MfaBench } from "../../support/mfa-bench.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";
import { wholeDatabase } from "../../support/whole-database.ts";

let bench: MfaBench;
let journal: ImportJournal;
beforeEach(async () => {
  bench = await MfaBench.open({ seeds: [] });
  journal = journalAt();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await bench.close();
});

const journalAt = (laterMs = 0) => new ImportJournal(bench.database, () => bench.nowMs + laterMs);
const whole = () => wholeDatabase(bench.databaseName);
const serials = async () =>
  (await bench.inventory.list({ limit: 10_000 })).map(({ record }) => record.serialNumber);

/** Tokens of a box; a copy each time, for an import wipes the secrets. */
function box(count: number, changes: Partial<Seed> = {}, from = 0): Seed[] {
  return Array.from({ length: count }, (_, index) =>
    totpSeed({ serialNumber: `BOX${String(from + index).padStart(6, "0")}`, ...changes }),
  );
}

/** An import of several blocks that fails after them. */
function failingImport(seeds: readonly Seed[], replace = false): Promise<unknown> {
  return journal.import({ vault: bench.vault, replace, onDuplicates: () => undefined }, async (running) => {
    for (let start = 0; start < seeds.length; start += 10) await running.take(seeds.slice(start, start + 10));
    await running.flush();
    throw new RangeError("the file breaks off");
  });
}

/** An import that was written and is waited for: what it is told by `end` ends it. */
async function pausedImport(
  seeds: readonly Seed[],
  replace = false,
): Promise<{ running: SeedImport; done: Promise<unknown>; end: (error?: Error) => void }> {
  let end: (error?: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = (error) => (error ? reject(error) : resolve());
  });
  return await new Promise((resolve, reject) => {
    const parts = { vault: bench.vault, replace, onDuplicates: () => undefined };
    const done: Promise<unknown> = journal.import(parts, async (running) => {
      await running.take(seeds);
      await running.flush();
      resolve({ running, done, end });
      await ended;
    });
    done.catch(reject);
  });
}

describe("an import", () => {
  it("writes block by block, each with another stamp, and can be undone when it is done", async () => {
    const stamps = new Set<string | undefined>();
    const seeds = box(25);
    const imported = await journal.import(
      { vault: bench.vault, replace: false, onDuplicates: () => undefined },
      async (running) => {
        for (let start = 0; start < 25; start += 10) {
          await running.take(seeds.slice(start, start + 10));
          await running.flush();
          stamps.add(await bench.database.read((open) => open.get("inventory", "stamp")));
          expect(await journal.last()).toBeNull();
        }
        return running;
      },
    );
    expect(stamps.size).toBe(3);
    expect(imported.imported).toBe(25);
    expect(seeds.every(({ secret }) => secret.every((byte) => byte === 0))).toBe(true);
    expect(await serials()).toEqual(box(25).map(({ serialNumber }) => serialNumber));
    expect(await journal.last()).toEqual({
      importId: imported.importId,
      state: "done",
      imported: 25,
      changedAtMs: bench.nowMs,
      stamp: [...stamps].at(-1),
    });
  });

  it("leaves exactly what was there when it fails in the middle", async () => {
    await bench.addSeeds(box(5));
    const before = await whole();
    await expect(failingImport(box(38, {}, 3))).rejects.toThrow("the file breaks off");
    const { imports: _, importBlocks: __, ...rest } = before;
    expect(await whole()).toEqual({ ...rest, imports: [], importBlocks: [] });
  });

  it.each<[string, Partial<Seed>]>([
    ["the same secret", {}],
    ["another secret", { secret: Uint8Array.of(1, 2, 3) }],
    ["another period", { periodSeconds: 60 }],
    ["another kind of token", { type: "hotp", counter: 7 }],
  ])("brings back what it replaced with %s, and what was known of its use", async (_, change) => {
    await bench.addSeeds(box(30));
    await useToken("BOX000004", 70);
    await useToken("BOX000012", 71);
    const { imports: __, importBlocks: ___, ...before } = await whole();
    const copies = box(30, change).map((seed) => ({ ...seed, secret: seed.secret.slice() }));
    await expect(failingImport(copies, true)).rejects.toThrow("the file breaks off");
    expect(await whole()).toEqual({ ...before, imports: [], importBlocks: [] });
  });

  it("S8 takes what was written back when the store is full, and says what to do", async () => {
    await bench.addSeeds(box(3));
    const before = await whole();
    const add = IDBObjectStore.prototype.add;
    let room = 15;
    vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (this: IDBObjectStore, ...given) {
      room -= 1;
      if (room < 0) throw new DOMException("no more", "QuotaExceededError");
      return add.apply(this, given);
    });
    await expect(failingImport(box(40, {}, 3))).rejects.toMatchObject({
      code: "store-full",
      message: expect.stringContaining("free some space") as string,
    });
    const { imports: _, importBlocks: __, ...rest } = before;
    expect(await whole()).toMatchObject(rest);
    expect(await serials()).toHaveLength(3);
  });

  it("leaves the one before it undoable when it wrote nothing", async () => {
    const { importId } = await bench.addSeeds(box(3));
    await bench.addSeeds(box(3));
    await expect(failingImport(box(2))).rejects.toThrow("the file breaks off");
    expect(await journal.last()).toMatchObject({ importId, imported: 3 });
  });

  it("finds duplicates among serial numbers far apart in a large inventory", async () => {
    const [first, last] = [totpSeed({ serialNumber: "AAA1" }), totpSeed({ serialNumber: "ZZZ1" })];
    await bench.addSeeds([...box(40), first]);
    expect(await bench.addSeeds([first, last])).toMatchObject({
      added: 1,
      duplicates: [{ serialNumber: "AAA1", outcome: "kept" }],
    });
    const { importId } = await bench.addSeeds(
      [
        { ...first, model: "New" },
        { ...last, model: "New" },
      ],
      {
        replace: true,
      },
    );
    expect(await journal.undo(importId)).toEqual({ removed: 0, restored: 2, kept: [] });
    expect((await bench.inventory.list({ text: "New" })).length).toBe(0);
    expect(await serials()).toHaveLength(42);
  });

  it("overwrites nothing that came up after it had looked", async () => {
    await bench.addSeeds(box(2));
    const before = await whole();
    const { record, vaultId } = await bench.vault.seal(totpSeed({ serialNumber: "BOX000001", model: "New" }));
    const state = { importId: "late", state: "running", imported: 0, changedAtMs: bench.nowMs } as const;
    const nothingKnown = { replacements: [], differing: new Map(), usedBefore: new Set<string>() };
    const block = { number: 0, vaultId, added: [record], ...nothingKnown };
    await expect(writeBlock(bench.database, block, state, false)).rejects.toMatchObject({ code: "busy" });
    const elsewhere = { ...block, vaultId: "another vault" };
    await expect(writeBlock(bench.database, elsewhere, state, false)).rejects.toMatchObject({ code: "busy" });
    expect(await whole()).toEqual(before);
  });

  it("refuses another one meanwhile, and an undo", async () => {
    const { importId } = await bench.addSeeds(box(2));
    const { done, end } = await pausedImport(box(2, {}, 10));
    await expect(bench.addSeeds(box(1, {}, 20))).rejects.toMatchObject({ code: "busy" });
    await expect(journal.undo(importId)).rejects.toMatchObject({ code: "busy" });
    await expect(journal.recover()).resolves.toBeUndefined();
    end();
    await done;
    expect(await serials()).toHaveLength(4);
  });

  it("lets nobody have a token that may yet be taken back", async () => {
    await bench.addSeeds([totpSeed({ serialNumber: "FREE0001" })]);
    const { done, end } = await pausedImport([totpSeed()]);
    await expect(bench.enable()).rejects.toMatchObject({ name: "MfaError", code: "busy" });
    await expect(
      bench.enable(bench.pair(), { serialNumber: "FREE0001", userName: "ben" }),
    ).resolves.toMatchObject({ state: "active" });
    end();
    await done;
    bench.passSteps(3);
    await expect(bench.enable()).resolves.toMatchObject({ state: "active" });
  });

  it("is refused when the seed vanished between the look at it and the assignment", async () => {
    const { importId } = await bench.addSeeds([totpSeed()]);
    const consume = bench.store.consume.bind(bench.store);
    vi.spyOn(bench.store, "consume").mockImplementation(async (request) => {
      await journal.undo(importId);
      return await consume(request);
    });
    await expect(bench.enable()).rejects.toMatchObject({ code: "unknown-serial" });
    expect(await bench.verifier.listMfaDevices("ana")).toEqual([]);
  });

  it("V17 is refused when another seed took the place of the one the codes were compared with", async () => {
    const other = totpSeed({ secret: new Uint8Array(20).fill(9) });
    await bench.addSeeds([totpSeed()]);
    const consume = bench.store.consume.bind(bench.store);
    vi.spyOn(bench.store, "consume").mockImplementationOnce(async (request) => {
      await bench.addSeeds([other], { replace: true });
      return await consume(request);
    });
    await expect(bench.enable()).rejects.toMatchObject({ name: "MfaError", code: "busy" });
    expect(await bench.verifier.listMfaDevices("ana")).toEqual([]);
    // Nothing was counted as a failure, and the new token's own codes enrol it.
    bench.passSteps(1);
    await expect(bench.enable(bench.pair(0, other))).resolves.toMatchObject({ state: "active" });
  });

  it("S8 that is taken back on a full disk waits for room, keeps nobody from looking, and loses nothing", async () => {
    await bench.addSeeds(box(20));
    const before = await bench.database.read((open) => open.getAll("seeds"));
    const put = IDBObjectStore.prototype.put;
    let isFull = false;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...given) {
      if (isFull && this.name === "seeds") throw new DOMException("no more", "QuotaExceededError");
      return put.apply(this, given);
    });
    const parts = { vault: bench.vault, replace: true, onDuplicates: () => undefined };
    const failing = journal.import(parts, async (running) => {
      for (let start = 0; start < 20; start += 5) await running.take(box(5, { model: "New" }, start));
      await running.flush();
      isFull = true;
      throw new RangeError("the file breaks off");
    });
    await expect(failing).rejects.toThrow("the file breaks off");
    await expect(journalAt().recover()).resolves.toBeUndefined();
    expect(await serials()).toHaveLength(20);
    isFull = false;
    await journalAt().recover();
    expect(await bench.database.read((open) => open.getAll("seeds"))).toEqual(before);
  });

  it("S8 is taken back block by block where several at once do not fit", async () => {
    const { importId } = await bench.addSeeds(box(20), { blockSize: 5 });
    const range = IDBKeyRange.bound;
    let isRefused = false;
    vi.spyOn(IDBKeyRange, "bound").mockImplementation((...bounds) => {
      if (!isRefused && bounds[1] === 3) {
        isRefused = true;
        throw new DOMException("no more", "QuotaExceededError");
      }
      return range.apply(IDBKeyRange, bounds);
    });
    expect(await journal.undo(importId)).toEqual({ removed: 20, restored: 0, kept: [] });
    expect(isRefused).toBe(true);
  });

  it("S6 replaces a damaged record as well, and what was used with it stays used", async () => {
    await bench.addSeeds([totpSeed()]);
    await bench.enable();
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: "TEST00000001" });
    await bench.database.write(["seeds"], async (transaction) => {
      const store = transaction.objectStore("seeds");
      const record = await store.get("TEST00000001");
      if (!record) throw new RangeError("the token is missing");
      const ciphertext = record.sealedSecret.ciphertext.map((byte) => byte ^ 1);
      await store.put({ ...record, sealedSecret: { ...record.sealedSecret, ciphertext } });
    });
    await expect(bench.enable()).rejects.toMatchObject({ code: "store-corrupt" });
    expect(await bench.addSeeds([totpSeed()], { replace: true })).toMatchObject({
      duplicates: [{ outcome: "replaced" }],
    });
    await expect(bench.enable()).rejects.toMatchObject({ code: "code-already-used" });
    bench.passSteps(2);
    await expect(bench.enable()).resolves.toMatchObject({ state: "active" });
  });
});

// A used counter lies behind the look-ahead window: its codes are simply not recognised.
describe("a counter's used codes", () => {
  const first = totpSeed({ type: "hotp" });
  const second = totpSeed({ type: "hotp", secret: new Uint8Array(20).fill(9) });
  const pairAt = (seed: Seed, counter: number): ConsecutiveCodes => [
    { code: oracleCode(seed, counter), ageMs: 1000 },
    { code: oracleCode(seed, counter + 1), ageMs: 0 },
  ];
  const use = async (seed: Seed, counter: number) => {
    await bench.enable(pairAt(seed, counter));
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: seed.serialNumber });
  };

  it("V1 stay used when its seed comes back after another had its place", async () => {
    await bench.addSeeds([first]);
    await use(first, 4);
    await bench.addSeeds([second], { replace: true });
    await use(second, 0);
    await bench.addSeeds([first], { replace: true });
    await expect(bench.enable(pairAt(first, 4))).rejects.toMatchObject({ code: "code-not-recognised" });
    await bench.addSeeds([second], { replace: true });
    await expect(bench.enable(pairAt(second, 0))).rejects.toMatchObject({ code: "code-not-recognised" });
    bench.passSteps(1);
    await expect(bench.enable(pairAt(second, 2))).resolves.toMatchObject({ state: "active" });
  });

  it("V1 stay used when it was taken out and imported again, and say nothing of another seed", async () => {
    const { importId } = await bench.addSeeds([first]);
    await use(first, 4);
    await journal.undo(importId);
    const other = await bench.addSeeds([second]);
    await use(second, 0);
    await journal.undo(other.importId);
    await bench.addSeeds([first]);
    await expect(bench.enable(pairAt(first, 4))).rejects.toMatchObject({ code: "code-not-recognised" });
    await expect(bench.enable(pairAt(first, 6))).resolves.toMatchObject({ state: "active" });
  });

  it("V1 stay used when the replacement is undone, and those of the replacement when it comes again", async () => {
    await bench.addSeeds([first]);
    await use(first, 4);
    const { importId } = await bench.addSeeds([second], { replace: true });
    await use(second, 0);
    await journal.undo(importId);
    await expect(bench.enable(pairAt(first, 4))).rejects.toMatchObject({ code: "code-not-recognised" });
    await bench.addSeeds([second], { replace: true });
    await expect(bench.enable(pairAt(second, 0))).rejects.toMatchObject({ code: "code-not-recognised" });
  });
});

describe("undo", () => {
  it("takes out what was added, brings back what was replaced, and happens once", async () => {
    await bench.addSeeds(box(15));
    const before = await bench.database.read((open) => open.getAll("seeds"));
    const { importId } = await bench.addSeeds(box(30, { model: "New" }), { replace: true, blockSize: 3 });
    const told: [number, number][] = [];
    const undone = await journal.undo(importId, { onProgress: (...progress) => told.push(progress) });
    expect(undone).toEqual({ removed: 15, restored: 15, kept: [] });
    expect(told).toEqual([
      [12, 30],
      [24, 30],
      [30, 30],
    ]);
    expect(await bench.database.read((open) => open.getAll("seeds"))).toEqual(before);
    expect(await journal.undo(importId)).toBeNull();
    expect(await journal.last()).toBeNull();
    expect(await whole()).toMatchObject({ imports: [], importBlocks: [] });
  });

  it("takes back the last import only", async () => {
    const { importId } = await bench.addSeeds(box(3));
    const later = await bench.addSeeds(box(3, {}, 3));
    expect(await journal.undo(importId)).toBeNull();
    expect(await serials()).toHaveLength(6);
    expect(await journal.undo(later.importId)).toMatchObject({ removed: 3 });
    expect(await journal.undo(importId)).toBeNull();
  });

  it("keeps a token that was assigned since, added or replaced, and names it", async () => {
    await bench.addSeeds([totpSeed()]);
    const { importId } = await bench.addSeeds([totpSeed({ model: "New" }), ...box(12)], { replace: true });
    await bench.enable();
    await bench.enable(bench.pair(), { serialNumber: "BOX000005", userName: "ben" });
    const undone = await journal.undo(importId);
    expect(undone).toMatchObject({ removed: 11, restored: 0 });
    expect(undone?.kept.toSorted()).toEqual(["BOX000005", "TEST00000001"]);
    expect((await bench.inventory.list({})).map(({ record, assigned }) => [record.model, assigned])).toEqual([
      [undefined, true],
      ["New", true],
    ]);
    bench.passSteps(1);
    await expect(bench.verify(bench.code())).resolves.toMatchObject({ serialNumber: "TEST00000001" });
  });

  it("leaves alone what something else changed since", async () => {
    await bench.addSeeds(box(2));
    const { importId } = await bench.addSeeds(box(4, { model: "New" }), { replace: true });
    const change = async (serialNumber: string) => {
      const { record } = await bench.vault.seal(totpSeed({ serialNumber, model: "Restored" }));
      await bench.database.write(["seeds", "inventory"], async (transaction) => {
        await transaction.objectStore("seeds").put(record);
        await transaction.objectStore("inventory").put(crypto.randomUUID(), "stamp");
      });
    };
    await change("BOX000001");
    await change("BOX000003");
    expect(await journal.undo(importId)).toEqual({ removed: 1, restored: 1, kept: [] });
    expect((await bench.inventory.list({})).map(({ record }) => record.model)).toEqual([
      undefined,
      "Restored",
      "Restored",
    ]);
  });

  it("leaves alone what something else changed while the import ran", async () => {
    const { running, done, end } = await pausedImport(box(12));
    const { record } = await bench.vault.seal(totpSeed({ serialNumber: "BOX000003", model: "Restored" }));
    await bench.database.write(["seeds", "inventory"], async (transaction) => {
      await transaction.objectStore("seeds").put(record);
      await transaction.objectStore("inventory").put(crypto.randomUUID(), "stamp");
    });
    await running.take(box(5, {}, 20));
    end();
    await done;
    expect(await journal.undo(running.importId)).toEqual({ removed: 16, restored: 0, kept: [] });
    expect(await serials()).toEqual(["BOX000003"]);
  });

  it("leaves neighbours alone that are not of the import", async () => {
    await bench.addSeeds(box(20).filter((_, index) => index % 3 === 0));
    const before = await serials();
    const { importId } = await bench.addSeeds(box(20));
    expect(await journal.undo(importId)).toMatchObject({ removed: 20 - before.length });
    expect(await serials()).toEqual(before);
  });

  it("keeps a used code used: the token comes back with a later import, and the code does not", async () => {
    const { importId } = await bench.addSeeds([totpSeed()]);
    await bench.enable();
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: "TEST00000001" });
    expect(await journal.undo(importId)).toMatchObject({ removed: 1 });
    await bench.addSeeds([totpSeed()]);
    await expect(bench.enable()).rejects.toMatchObject({ code: "code-already-used" });
  });

  it("goes on where a crash stopped it", async () => {
    await bench.addSeeds(box(5));
    const { importId } = await bench.addSeeds(box(25, { model: "New" }), { replace: true, blockSize: 3 });
    await expect(
      journal.undo(importId, {
        onProgress: () => {
          throw new RangeError("crash");
        },
      }),
    ).rejects.toThrow("crash");
    expect((await serials()).length).toBeGreaterThan(5);
    expect(await journal.last()).toBeNull();
    await journalAt().recover();
    expect((await bench.inventory.list({})).map(({ record }) => record.model)).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
    expect(await whole()).toMatchObject({ imports: [], importBlocks: [] });
  });
});

describe("where there are no locks", () => {
  beforeEach(() => {
    vi.spyOn(navigator, "locks", "get").mockReturnValue(undefined as unknown as LockManager);
  });

  it("imports, undoes, and refuses a second import at the same time", async () => {
    const { importId } = await bench.addSeeds(box(2));
    const { done, end } = await pausedImport(box(2, {}, 10));
    await expect(bench.addSeeds(box(1, {}, 20))).rejects.toMatchObject({ code: "busy" });
    end(new RangeError("enough"));
    await expect(done).rejects.toThrow("enough");
    expect(await serials()).toHaveLength(2);
    // The second one had begun, so that the first can be undone no more.
    expect(await journal.undo(importId)).toBeNull();
    const again = await bench.addSeeds(box(2, {}, 10));
    expect(await journal.undo(again.importId)).toMatchObject({ removed: 2 });
  });

  it("does so too where they exist and may not be used", async () => {
    vi.restoreAllMocks();
    vi.spyOn(LockManager.prototype, "request").mockRejectedValue(new DOMException("", "SecurityError"));
    const { importId } = await bench.addSeeds(box(2));
    expect(await journal.undo(importId)).toMatchObject({ removed: 2 });
  });

  it("takes an import for dead that was silent for a minute, and then does not let it go on", async () => {
    await leftover(box(3));
    await journalAt(59_000).recover();
    expect(await serials()).toHaveLength(3);
    await expect(bench.addSeeds(box(1, {}, 20))).rejects.toMatchObject({ code: "busy" });
    await journalAt(61_000).recover();
    expect(await serials()).toEqual([]);
  });

  it("ends an import whose journal somebody else took back", async () => {
    const importing = journal.import(
      { vault: bench.vault, replace: false, onDuplicates: () => undefined },
      async (running) => {
        await running.take(box(3));
        await running.flush();
        await bench.database.write(["imports"], async (transaction) => {
          await transaction.objectStore("imports").delete("last");
        });
        await running.take(box(3, {}, 3));
      },
    );
    await expect(importing).rejects.toMatchObject({ code: "busy" });
    expect(await serials()).toHaveLength(3);
  });

  /** What another tab left behind: an import that is running, for all one can see. */
  async function leftover(seeds: readonly Seed[]): Promise<void> {
    await bench.addSeeds(seeds);
    await bench.database.write(["imports"], async (transaction) => {
      const imports = transaction.objectStore("imports");
      const last = await imports.get("last");
      if (!last) throw new Error("an import was expected");
      await imports.put({ ...last, state: "running" }, "last");
    });
  }
});

async function useToken(serialNumber: string, lastAcceptedFactor: number): Promise<void> {
  await bench.database.write(["tokens"], async (transaction) => {
    await transaction.objectStore("tokens").put({
      serialNumber,
      lastAcceptedFactor,
      driftSteps: 1,
      syncedDriftSteps: 1,
      lastUsedAtMs: 5,
      driftHistory: [{ atMs: 2_100_000, driftSteps: 1 }],
    });
  });
}

it("keeps no secret in the journal that is not sealed", async () => {
  await bench.addSeeds(box(3));
  await bench.addSeeds(box(3, { model: "New" }), { replace: true });
  const { importBlocks } = await whole();
  const replaced = (importBlocks as [number, { replaced: { before: SeedRecord }[] }][]).flatMap(
    ([, block]) => block.replaced,
  );
  expect(replaced).toHaveLength(3);
  for (const { before } of replaced) {
    expect(before).not.toHaveProperty("secret");
    expect(before.sealedSecret.ciphertext).not.toEqual(totpSeed().secret);
  }
});
