import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConsecutiveCodes } from "../../../src/mfa/contract.ts";
import type { Seed } from "../../../src/otp/index.ts";
import { exportBackup } from "../../../src/vault/backup/export-backup.ts";
import { BackupWriter } from "../../../src/vault/backup/file-writer.ts";
import { importBackup } from "../../../src/vault/backup/import-backup.ts";
import { VaultPasskeys } from "../../../src/vault/vault-passkeys.ts";
import { MfaBench } from "../../support/mfa-bench.ts";
import { QuickKdf } from "../../support/quick-kdf.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";
import { syntheticBackup } from "../../support/synthetic-backup.ts";
import { wholeDatabase } from "../../support/whole-database.ts";

const PASSPHRASE = "correct horse battery";
const SERIAL = "TEST00000001";
const COUNTER = "HHH000000001";

const counterSeed = (changes: Partial<Seed> = {}) =>
  totpSeed({ serialNumber: COUNTER, type: "hotp", ...changes });

const kdf = new QuickKdf();
let bench: MfaBench;
const opened: MfaBench[] = [];
beforeEach(async () => {
  bench = await open({ seeds: [totpSeed(), totpSeed({ serialNumber: "FREE00000001" }), counterSeed()] });
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const one of opened.splice(0)) await one.close();
});

async function open(options: Parameters<typeof MfaBench.open>[0]): Promise<MfaBench> {
  const one = await MfaBench.open({ ...options, kdf });
  opened.push(one);
  return one;
}

const partsOf = ({ database, vault, nowMs }: MfaBench) => ({ database, vault, kdf, now: () => nowMs });
const watching = (signal = new AbortController().signal) => ({ signal, onProgress: () => undefined });
const save = (from = bench, passphrase = PASSPHRASE) => exportBackup(partsOf(from), passphrase, watching());
const restore = (file: Blob, into = bench, options = { allowOlder: false }, passphrase = PASSPHRASE) =>
  importBackup(partsOf(into), file, passphrase, options, watching());
const whole = (of = bench) => wholeDatabase(of.databaseName);
const counterPair = (counter: number): ConsecutiveCodes => [
  { code: oracleCode(counterSeed(), counter), ageMs: 1000 },
  { code: oracleCode(counterSeed(), counter + 1), ageMs: 0 },
];
const enrolCounter = (counter: number, on = bench) =>
  on.enable(counterPair(counter), { serialNumber: COUNTER, deviceName: "counter" });

describe("a backup", () => {
  it("S13 brings everything back: seeds byte by byte, devices, marks and failures", async () => {
    await bench.enable();
    await enrolCounter(3);
    bench.passSteps(1);
    await expect(bench.verify({ code: "000000", ageMs: 0 }, SERIAL)).rejects.toThrow();
    const before = await whole();
    const file = await save();
    expect(file.size).toBeGreaterThan(1000);
    await restore(file);
    expect(await bench.vault.state()).toBe("unlocked");
    const { vault: _, inventory: __, imports: ___, importBlocks: ____, seeds, ...rest } = before;
    const after = await whole();
    expect(after).toMatchObject(rest);
    const withoutImport = (seeds as [string, { importId?: string }][]).map(
      ([key, { importId: _____, ...seed }]) => [key, seed],
    );
    expect(after["seeds"]).toEqual(withoutImport);
    bench.vault.lock();
    await bench.vault.unlock(PASSPHRASE);
    await expect(bench.verify(bench.code(), SERIAL)).resolves.toMatchObject({ serialNumber: SERIAL });
  });

  it("S13 takes an open vault's own passphrase and no other", async () => {
    await bench.vault.create(PASSPHRASE);
    await expect(save(bench, "another passphrase")).rejects.toMatchObject({ code: "wrong-passphrase" });
    await restore(await save());
    expect(await bench.vault.state()).toBe("unlocked");
  });

  it("S13 that cannot be read again is not handed out, and says what to do", async () => {
    const finish = BackupWriter.prototype.finish;
    vi.spyOn(BackupWriter.prototype, "finish").mockImplementationOnce(async function (this: BackupWriter) {
      return (await finish.call(this)).slice(0, -1);
    });
    await expect(save()).rejects.toMatchObject({
      name: "BackupError",
      code: "damaged",
      message: expect.stringMatching(/Try again\.$/u) as string,
    });
  });

  it("S13 holds nothing in the clear", async () => {
    const text = await (await save()).text();
    for (const word of [SERIAL, COUNTER, "12345678901234567890"]) expect(text).not.toContain(word);
  });

  it("S13 begins with the journal of no import", async () => {
    await restore(await save());
    expect(await whole()).toMatchObject({ imports: [], importBlocks: [] });
  });
});

describe("a restore over the vault it is of", () => {
  it("S13 V1 accepts no code that was used since", async () => {
    await bench.enable();
    await enrolCounter(3);
    const file = await save();
    bench.passSteps(1);
    const used = bench.code();
    await bench.verify(used, SERIAL);
    await bench.verify({ code: oracleCode(counterSeed(), 5), ageMs: 0 }, COUNTER);
    await expect(restore(file)).rejects.toMatchObject({ name: "BackupError", code: "older-than-vault" });
    await restore(file, bench, { allowOlder: true });
    await expect(bench.verify(used, SERIAL)).rejects.toMatchObject({ code: "code-already-used" });
    bench.passSteps(4);
    await expect(
      bench.verify({ code: oracleCode(counterSeed(), 5), ageMs: 0 }, COUNTER),
    ).rejects.toMatchObject({ code: "code-already-used" });
    bench.passSteps(8);
    await expect(bench.verify(bench.code(), SERIAL)).resolves.toMatchObject({ serialNumber: SERIAL });
    await expect(
      bench.verify({ code: oracleCode(counterSeed(), 6), ageMs: 0 }, COUNTER),
    ).resolves.toMatchObject({ serialNumber: COUNTER });
  });

  it.each<[string, () => Promise<unknown>]>([
    ["a device assigned", () => bench.enable()],
    ["a token imported", () => bench.addSeeds([totpSeed({ serialNumber: "LATER0000001" })])],
    ["a seed replaced", () => bench.addSeeds([totpSeed({ secret: new Uint8Array(20) })], { replace: true })],
  ])("S13 refuses a backup that is older: %s since", async (_, change) => {
    const file = await save();
    await change();
    const before = await whole();
    await expect(restore(file)).rejects.toMatchObject({ code: "older-than-vault" });
    expect(await whole()).toEqual(before);
    await restore(file, bench, { allowOlder: true });
    expect(await bench.verifier.listMfaDevices("ana")).toEqual([]);
  });

  it("S13 refuses one that is older: a device was removed since", async () => {
    await bench.enable();
    const file = await save();
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: SERIAL });
    await expect(restore(file)).rejects.toMatchObject({ code: "older-than-vault" });
  });

  it("S13 V1 keeps a counter's mark when its seed was written anew since, and no other seed's", async () => {
    await enrolCounter(3);
    const file = await save();
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: COUNTER });
    await bench.addSeeds([counterSeed()], { replace: true });
    await enrolCounter(7);
    await bench.verifier.deactivateMfaDevice({ userName: "ana", serialNumber: COUNTER });
    const other = counterSeed({ secret: new Uint8Array(20).fill(9) });
    await bench.addSeeds([other], { replace: true });
    await bench.database.write(["tokens"], async (transaction) => {
      const token = await transaction.objectStore("tokens").get(COUNTER);
      if (token) await transaction.objectStore("tokens").put({ ...token, lastAcceptedFactor: 900 });
    });
    await restore(file, bench, { allowOlder: true });
    const token = await bench.database.read((database) => database.get("tokens", COUNTER));
    expect(token).toMatchObject({ lastAcceptedFactor: 8, retired: [{ lastAcceptedFactor: 900 }] });
  });

  it("S13 forgets no failures", async () => {
    await bench.enable();
    const file = await save();
    bench.passSteps(1);
    for (let failure = 0; failure < 3; failure += 1) {
      await bench.verify({ code: "000000", ageMs: 0 }, SERIAL).catch(() => undefined);
    }
    await restore(file);
    expect((await bench.store.status(SERIAL)).failures).toBeGreaterThanOrEqual(2);
  });

  it("S13 is refused while an import is under way", async () => {
    const file = await save();
    await bench.database.write(["imports"], (transaction) =>
      transaction
        .objectStore("imports")
        .put({ importId: "x", state: "running", imported: 1, changedAtMs: 0, stamp: "" }, "last"),
    );
    await expect(restore(file)).rejects.toMatchObject({ code: "busy" });
  });
});

describe("a restore while a code is judged", () => {
  const restoreBeforeConsume = (file: Blob, of = bench) => {
    const consume = of.store.consume.bind(of.store);
    vi.spyOn(of.store, "consume").mockImplementationOnce(async (request) => {
      await restore(file, of, { allowOlder: true });
      return await consume(request);
    });
  };

  it("V1 S13 keeps the code from counting for the seed that comes, at sign-in and at a resync", async () => {
    const other = totpSeed({ secret: new Uint8Array(20).fill(9) });
    const elsewhere = await open({ seeds: [other] });
    await elsewhere.enable(elsewhere.pair(0, other));
    const file = await save(elsewhere);
    await bench.enable();
    const own = await save();
    bench.passSteps(20);
    restoreBeforeConsume(file);
    await expect(bench.verify(bench.code(), SERIAL)).rejects.toMatchObject({
      name: "MfaError",
      code: "busy",
    });
    await restore(own, bench, { allowOlder: true });
    bench.passSteps(20);
    restoreBeforeConsume(file);
    await expect(bench.resync(bench.pair())).rejects.toMatchObject({ name: "MfaError", code: "busy" });
    expect((await bench.store.status(SERIAL)).token).not.toHaveProperty("lastUsedAtMs", bench.nowMs);
  });

  it("V1 S13 keeps an enrolment from using what may be used elsewhere", async () => {
    const consume = bench.store.consume.bind(bench.store);
    vi.spyOn(bench.store, "consume").mockImplementationOnce(async (request) => {
      await bench.database.write(["vault"], async (transaction) => {
        const vault = transaction.objectStore("vault");
        const header = await vault.get("header");
        if (header) await vault.put({ ...header, restoredAtMs: bench.nowMs }, "header");
      });
      return await consume(request);
    });
    await expect(bench.enable()).rejects.toMatchObject({ code: "code-already-used" });
    expect(await bench.verifier.listMfaDevices("ana")).toEqual([]);
  });

  it("V1 S13 accepts no code of a counter that has to be resynchronized", async () => {
    await enrolCounter(3);
    const elsewhere = await open({ seeds: [] });
    await restore(await save(), elsewhere);
    const scope = { userKey: "ana", serialNumbers: [COUNTER] };
    const reserved = await elsewhere.store.reserveAttempt(scope, elsewhere.nowMs, () => 0);
    const found = await elsewhere.store.findSeed(COUNTER);
    if (!found || !("reservation" in reserved)) throw new Error("it is there");
    const { reservation } = reserved;
    const { nowMs } = elsewhere;
    const code = { serialNumber: COUNTER, userKey: "ana", revision: found.revision, movingFactor: 9 };
    const consumption = elsewhere.store.consume({
      ...code,
      driftSteps: 0,
      synced: false,
      nowMs,
      reservation,
    });
    expect(await consumption).toEqual({ outcome: "needs-resync" });
  });
});

describe("a restore elsewhere", () => {
  it("S13 V1 accepts no code that could be shown until then, the next ones, and a counter after a resync", async () => {
    await bench.enable();
    await enrolCounter(3);
    const file = await save();
    const elsewhere = await open({ seeds: [totpSeed({ serialNumber: "SAMPLE000001" })] });
    elsewhere.passSteps(100);
    await restore(file, elsewhere);
    expect((await elsewhere.inventory.list({})).map(({ record }) => record.serialNumber)).toEqual([
      "FREE00000001",
      COUNTER,
      SERIAL,
    ]);
    // Also a token that nobody had when the backup was made.
    await expect(
      elsewhere.enable(elsewhere.pair(0, totpSeed({ serialNumber: "FREE00000001" })), {
        serialNumber: "FREE00000001",
        deviceName: "third",
        userName: "ben",
      }),
    ).rejects.toMatchObject({ code: "code-already-used" });
    await expect(elsewhere.verify(elsewhere.code(1), SERIAL)).rejects.toMatchObject({
      code: "code-already-used",
    });
    const counterCode = { code: oracleCode(counterSeed(), 5), ageMs: 0 };
    await expect(elsewhere.verify(counterCode, COUNTER)).rejects.toMatchObject({ code: "out-of-sync" });
    elsewhere.passSteps(4);
    await expect(elsewhere.verify(elsewhere.code(), SERIAL)).resolves.toMatchObject({ serialNumber: SERIAL });
    elsewhere.passSteps(4);
    await elsewhere.resync(counterPair(9), COUNTER);
    const next = { code: oracleCode(counterSeed(), 11), ageMs: 0 };
    await expect(elsewhere.verify(next, COUNTER)).resolves.toMatchObject({ serialNumber: COUNTER });
  });

  it("S13 opens a vault whose passphrase nobody knows any more", async () => {
    const file = await save();
    const elsewhere = await open({ seeds: [] });
    await elsewhere.vault.create("forgotten forever");
    elsewhere.vault.lock();
    await restore(file, elsewhere);
    expect(await elsewhere.vault.state()).toBe("unlocked");
  });
});

describe("a backup that names this vault and has another key", () => {
  const header = () => bench.database.read((database) => database.get("vault", "header"));
  const addPasskey = async () => {
    await bench.vault.create(PASSPHRASE);
    const prfOutput = new Uint8Array(32).fill(7);
    await new VaultPasskeys(bench.database, bench.vault).add(
      { credentialId: "mine", salt: new Uint8Array(32), name: "mine", addedAtMs: 1, prfOutput },
      PASSPHRASE,
    );
  };

  it("S13 is a strange one: passkeys of this vault's key do not open it", async () => {
    await addPasskey();
    const vaultId = (await header())?.vaultId ?? "";
    const file = await syntheticBackup(kdf, PASSPHRASE, { vaultId, count: 1 });
    await restore(file, bench, { allowOlder: false });
    const restored = await header();
    expect(restored).toMatchObject({ vaultId, restoredAtMs: bench.nowMs });
    expect(restored).not.toHaveProperty("passkeys");
  });

  it("S13 is a strange one also where there is no seed to tell by", async () => {
    bench = await open({ seeds: [] });
    await addPasskey();
    const vaultId = (await header())?.vaultId ?? "";
    await restore(await syntheticBackup(kdf, PASSPHRASE, { vaultId }));
    expect(await header()).not.toHaveProperty("passkeys");
  });

  it("S13 is none when a seed here is damaged: the others tell", async () => {
    await addPasskey();
    const file = await save();
    await bench.database.write(["seeds"], async (transaction) => {
      const seeds = transaction.objectStore("seeds");
      const [first] = await seeds.getAll(null, 1);
      if (!first) throw new Error("there are seeds");
      const ciphertext = new Uint8Array(first.sealedSecret.ciphertext.length);
      await seeds.put({ ...first, sealedSecret: { ...first.sealedSecret, ciphertext } });
    });
    await restore(file);
    expect(await header()).toHaveProperty("passkeys.0.name", "mine");
  });
});

describe("a bad backup", () => {
  const refused = async (file: Blob, expected: object, passphrase = PASSPHRASE) => {
    const before = await whole();
    await expect(restore(file, bench, { allowOlder: true }, passphrase)).rejects.toMatchObject(expected);
    expect(await whole()).toEqual(before);
  };

  it("S13 with another passphrase is refused, and changes nothing", async () => {
    await refused(await save(), { name: "VaultError", code: "wrong-passphrase" }, "another passphrase");
  });

  it("S13 that is none is refused", async () => {
    await refused(new Blob(["hello"]), { code: "not-a-backup" });
    await refused(new Blob([]), { code: "not-a-backup" });
  });

  it("S13 cut off anywhere, or added to, is refused", async () => {
    const bytes = new Uint8Array(await (await save()).arrayBuffer());
    for (const length of [bytes.length - 1, bytes.length - 17, bytes.length - 300, 400, 100]) {
      await refused(new Blob([bytes.slice(0, length)]), { name: "BackupError", code: "damaged" });
    }
    await refused(new Blob([bytes, new Uint8Array(40)]), { name: "BackupError", code: "damaged" });
  });

  it("S13 changed in any one bit is refused", async () => {
    const bytes = new Uint8Array(await (await save()).arrayBuffer());
    const before = await whole();
    for (let index = 0; index < bytes.length; index += 41) {
      const changed = bytes.slice();
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
      await expect(restore(new Blob([changed]), bench, { allowOlder: true })).rejects.toMatchObject({
        name: expect.stringMatching(/^(?:Backup|Vault)Error$/u) as string,
      });
    }
    expect(await whole()).toEqual(before);
  });
});

describe("a lock while a restore runs", () => {
  it.each([1, 2])("S13 S16 holds: pressed in half %s of it, the vault ends locked", async (half) => {
    const file = await save();
    let isPressed = false;
    const onProgress = (done: number, total: number) => {
      if (isPressed || done === total || done <= ((half - 1) * total) / 2) return;
      isPressed = true;
      bench.vault.lock();
    };
    const { signal } = new AbortController();
    await importBackup(partsOf(bench), file, PASSPHRASE, { allowOlder: false }, { signal, onProgress });
    expect(isPressed).toBe(true);
    expect(await bench.vault.state()).toBe("locked");
    await bench.vault.unlock(PASSPHRASE);
  });

  it("S13 S16 other tabs are told as soon as it is written", async () => {
    const file = await save();
    const onWritten = vi.fn(() => bench.vault.lock());
    await importBackup(partsOf(bench), file, PASSPHRASE, { allowOlder: false }, { ...watching(), onWritten });
    expect(onWritten).toHaveBeenCalledTimes(1);
    expect(await bench.vault.state()).toBe("locked");
  });
});

describe("a restore cut short", () => {
  it("S13 leaves what was there when it is cancelled", async () => {
    const file = await save();
    const before = await whole();
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const options = { allowOlder: false };
    await expect(
      importBackup(partsOf(bench), file, PASSPHRASE, options, { signal: controller.signal, onProgress }),
    ).rejects.toMatchObject({ name: "AbortError" });
    expect(await whole()).toEqual(before);
  });

  it("S13 S8 leaves what was there when the store is full in the middle", async () => {
    await bench.enable();
    const file = await save();
    const before = await whole();
    const put = IDBObjectStore.prototype.put;
    let room = 3;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...given) {
      room -= 1;
      if (room < 0) throw new DOMException("no more", "QuotaExceededError");
      return put.apply(this, given);
    });
    await expect(restore(file)).rejects.toMatchObject({ code: "store-full" });
    vi.restoreAllMocks();
    expect(await whole()).toEqual(before);
  });
});
