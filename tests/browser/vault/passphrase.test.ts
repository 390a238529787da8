import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import { Database } from "../../../src/vault/database.ts";
import type { PassphraseSlot, VaultHeader } from "../../../src/vault/header.ts";
import { createPassphraseKdf, type PassphraseKdf } from "../../../src/vault/passphrase-kdf.ts";
import type { SeedRecord } from "../../../src/vault/records.ts";
import { SeedVault } from "../../../src/vault/seed-vault.ts";
import { QuickKdf } from "../../support/quick-kdf.ts";
import { totpSeed } from "../../support/seeds.ts";

const PASSPHRASE = "correct horse battery";
const NEXT = "staple staple staple";
const WRONG = "wrong wrong wrong";

let name: string;
let database: Database;
beforeEach(() => {
  name = `passphrase-${crypto.randomUUID()}`;
  database = new Database(name);
});
afterEach(async () => {
  await database.close();
  indexedDB.deleteDatabase(name);
});

const readHeader = () => database.read((open) => open.get("vault", "header"));
async function requireSlot(): Promise<PassphraseSlot> {
  const header = await readHeader();
  if (header?.slot.kind !== "passphrase") throw new Error("a passphrase slot was expected");
  expect(header.nextSlot).toBeUndefined();
  return header.slot;
}
async function changeHeader(change: (header: VaultHeader, slot: PassphraseSlot) => VaultHeader) {
  await database.write(["vault"], async (transaction) => {
    const header = await transaction.objectStore("vault").get("header");
    if (header?.slot.kind !== "passphrase") throw new Error("a passphrase slot was expected");
    await transaction.objectStore("vault").put(change(header, header.slot), "header");
  });
}

/** A vault as the version before Argon2id left it: written here by hand, with OWASP's 600 000 rounds. */
async function writeOldVault(passphrase: string): Promise<SeedRecord> {
  const device = new SeedVault(database);
  const { record, vaultId } = await device.seal(totpSeed());
  const header = await readHeader();
  if (header?.slot.kind !== "device") throw new Error("a device slot was expected");
  const { wrappingKey, wrappedKey } = header.slot;
  const context = (kind: string) => utf8Bytes(JSON.stringify(["oath-bridge slot", vaultId, kind]));
  const dataKey = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: wrappedKey.iv, additionalData: context("device") },
    wrappingKey,
    wrappedKey.ciphertext,
  );
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const iterations = 600_000;
  const material = await crypto.subtle.importKey("raw", utf8Bytes(passphrase), "PBKDF2", false, [
    "deriveKey",
  ]);
  const key = await crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  const algorithm = { name: "AES-GCM", iv, additionalData: context("passphrase") };
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, dataKey));
  const slot = {
    kind: "passphrase",
    kdf: "PBKDF2-SHA256",
    iterations,
    salt,
    wrappedKey: { iv, ciphertext },
  } as const;
  await database.write(["vault"], async (transaction) => {
    await transaction.objectStore("vault").put({ vaultId, schemaVersion: 1, slot }, "header");
  });
  return record;
}

const withoutWasm = () =>
  createPassphraseKdf({
    loadArgon2: () => Promise.resolve(() => Promise.reject(new WebAssembly.CompileError("blocked by CSP"))),
  });

describe("the key derivation", () => {
  it("S1 is Argon2id at OWASP's floor or above, its parameters stored, with a salt of its own", async () => {
    const salts = new Set<string>();
    const vault = new SeedVault(database);
    await vault.create(PASSPHRASE);
    for (const next of [NEXT, PASSPHRASE]) {
      const slot = await requireSlot();
      if (slot.kdf !== "Argon2id") throw new Error(`Argon2id was expected, not ${slot.kdf}`);
      expect(slot.memoryKiB).toBeGreaterThanOrEqual(slot.passes === 1 ? 46 * 1024 : 19 * 1024);
      expect(slot.passes).toBeGreaterThanOrEqual(1);
      expect(slot.salt.length).toBeGreaterThanOrEqual(16);
      salts.add(slot.salt.join());
      await vault.changePassphrase(next === NEXT ? PASSPHRASE : NEXT, next);
    }
    salts.add((await requireSlot()).salt.join());
    expect(salts.size).toBe(3);
  });

  it("S1 opens a vault of PBKDF2, and keeps it under Argon2id from then on", async () => {
    const record = await writeOldVault(PASSPHRASE);
    await expect(new SeedVault(database).unlock(WRONG)).rejects.toMatchObject({ code: "wrong-passphrase" });
    expect((await requireSlot()).kdf).toBe("PBKDF2-SHA256");
    const upgrading = new SeedVault(database);
    await upgrading.unlock(PASSPHRASE);
    await upgrading.settled();
    expect((await requireSlot()).kdf).toBe("Argon2id");
    const later = new SeedVault(database);
    await later.unlock(PASSPHRASE);
    await expect(later.open(record)).resolves.toEqual(totpSeed());
  });

  it("S1 goes to more rounds of PBKDF2 where WebAssembly is forbidden", async () => {
    const record = await writeOldVault(PASSPHRASE);
    const vault = new SeedVault(database, { kdf: withoutWasm() });
    await vault.unlock(PASSPHRASE);
    await expect(vault.open(record)).resolves.toEqual(totpSeed());
    await vault.settled();
    expect(await requireSlot()).toMatchObject({ kdf: "PBKDF2-SHA256", iterations: 1_200_000 });
    const unchanged = await readHeader();
    await vault.unlock(PASSPHRASE);
    await vault.settled();
    expect(await readHeader()).toEqual(unchanged);
  });

  it("S1 is raised after an unlock where the machine can afford twice as much, and never lowered", async () => {
    const kdf = new QuickKdf();
    const before = new SeedVault(database, { kdf });
    const { record } = await before.seal(totpSeed());
    await before.create(PASSPHRASE);
    const costs = [
      [
        { memoryKiB: 64 * 1024, passes: 1 },
        { memoryKiB: 19 * 1024, passes: 2 },
      ],
      [
        { memoryKiB: 64 * 1024, passes: 3 },
        { memoryKiB: 64 * 1024, passes: 3 },
      ],
      [
        { memoryKiB: 19 * 1024, passes: 2 },
        { memoryKiB: 64 * 1024, passes: 3 },
      ],
    ] as const;
    for (const [chosen, expected] of costs) {
      kdf.chosen = { kdf: "Argon2id", ...chosen };
      const vault = new SeedVault(database, { kdf });
      await vault.unlock(PASSPHRASE);
      await vault.settled();
      expect(await requireSlot()).toMatchObject(expected);
      await expect(vault.open(record)).resolves.toEqual(totpSeed());
    }
    // A passphrase changed right after the unlock waits for it instead of failing.
    kdf.chosen = { kdf: "Argon2id", memoryKiB: 256 * 1024, passes: 3 };
    const vault = new SeedVault(database, { kdf });
    await vault.unlock(PASSPHRASE);
    await vault.changePassphrase(PASSPHRASE, NEXT);
    await new SeedVault(database, { kdf }).unlock(NEXT);
  });

  it("S1 says where Argon2id is needed and forbidden, and does not count it as an attempt", async () => {
    await new SeedVault(database, { kdf: new QuickKdf() }).create(PASSPHRASE);
    const vault = new SeedVault(database, { kdf: withoutWasm() });
    for (let tries = 0; tries < 8; tries += 1) {
      await expect(vault.unlock(PASSPHRASE)).rejects.toMatchObject({ code: "wasm-blocked" });
    }
  });

  it.each<[string, (slot: PassphraseSlot) => object]>([
    ["4 GiB", (slot) => ({ ...slot, kdf: "Argon2id", memoryKiB: 4 * 1024 * 1024, passes: 3 })],
    ["a billion passes", (slot) => ({ ...slot, kdf: "Argon2id", memoryKiB: 65_536, passes: 1e9 })],
    ["one round of PBKDF2", (slot) => ({ ...slot, kdf: "PBKDF2-SHA256", iterations: 1 })],
    ["a billion rounds of PBKDF2", (slot) => ({ ...slot, kdf: "PBKDF2-SHA256", iterations: 1e9 })],
    ["an unknown derivation", (slot) => ({ ...slot, kdf: "MD5" })],
    ["a salt of one byte", (slot) => ({ ...slot, salt: Uint8Array.of(1) })],
    ["a salt of a megabyte", (slot) => ({ ...slot, salt: new Uint8Array(2 ** 20) })],
    ["no salt", (slot) => ({ ...slot, salt: undefined })],
    ["no wrapped key", (slot) => ({ ...slot, wrappedKey: undefined })],
    ["a short nonce", (slot) => ({ ...slot, wrappedKey: { ...slot.wrappedKey, iv: new Uint8Array(8) } })],
    [
      "a wrapped key of a megabyte",
      (slot) => ({ ...slot, wrappedKey: { ...slot.wrappedKey, ciphertext: new Uint8Array(2 ** 20) } }),
    ],
  ])("S2 refuses a header tampered to %s before anything is derived", async (_, tamper) => {
    const kdf = new QuickKdf();
    await new SeedVault(database, { kdf }).create(PASSPHRASE);
    await changeHeader((header, slot) => ({ ...header, slot: tamper(slot) as PassphraseSlot }));
    kdf.derived = 0;
    await expect(new SeedVault(database, { kdf }).unlock(PASSPHRASE)).rejects.toMatchObject({
      code: "store-corrupt",
    });
    expect(kdf.derived).toBe(0);
  });
});

describe("wrong passphrases", () => {
  it("S3 cost a wait from the fifth on, which outlives the page and grows", async () => {
    let nowMs = 1_800_000_000_000;
    const kdf = new QuickKdf();
    await new SeedVault(database, { kdf }).create(PASSPHRASE);
    const before = await readHeader();
    /** Each time as after a reload. */
    const unlock = async (passphrase: string) => {
      await database.close();
      await new SeedVault(database, { kdf, now: () => nowMs }).unlock(passphrase);
    };
    for (let tries = 1; tries <= 5; tries += 1) {
      await expect(unlock(WRONG)).rejects.toMatchObject({ code: "wrong-passphrase" });
    }
    for (let tries = 6; tries <= 20; tries += 1) {
      const waitMs = Math.min(3_600_000, 15_000 * 2 ** (tries - 6));
      const derived = kdf.derived;
      const refused = { code: "too-many-attempts" };
      // The right one is not even tried.
      await expect(unlock(PASSPHRASE)).rejects.toMatchObject({ ...refused, retryAfterMs: waitMs });
      nowMs += waitMs - 1;
      await expect(unlock(PASSPHRASE)).rejects.toMatchObject({ ...refused, retryAfterMs: 1 });
      expect(kdf.derived).toBe(derived);
      nowMs += 1;
      await expect(unlock(WRONG)).rejects.toMatchObject({ code: "wrong-passphrase" });
    }
    // A clock set back by years makes nobody wait longer than the wait itself, which runs out.
    nowMs -= 1e11;
    await expect(unlock(PASSPHRASE)).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
    expect(await readHeader()).toEqual(before);
    nowMs += 3_599_999;
    await expect(unlock(PASSPHRASE)).rejects.toMatchObject({ retryAfterMs: 1 });
    nowMs += 1;
    await unlock(PASSPHRASE);
    await expect(unlock(WRONG)).rejects.toMatchObject({ code: "wrong-passphrase" });
    await unlock(PASSPHRASE);
  });

  it("S3 are counted one by one when they come at once, in two tabs, and for a change as well", async () => {
    const kdf = new QuickKdf();
    await new SeedVault(database, { kdf, now: () => 0 }).create(PASSPHRASE);
    const other = new Database(name);
    const vaults = [database, other].map((one) => new SeedVault(one, { kdf, now: () => 1_000 }));
    kdf.derived = 0;
    const tries = Array.from({ length: 10 }, (_, index) => {
      const vault = vaults[index % 2] ?? new SeedVault(database, { kdf });
      return index % 3 ? vault.unlock(WRONG) : vault.changePassphrase(WRONG, NEXT);
    });
    const codes = (await Promise.allSettled(tries)).map((one) =>
      one.status === "rejected" ? (one.reason as { code: string }).code : one.status,
    );
    expect(codes.filter((code) => code === "wrong-passphrase")).toHaveLength(5);
    expect(codes.filter((code) => code === "too-many-attempts")).toHaveLength(5);
    expect(kdf.derived).toBe(5);
    await other.close();
  });

  it("S8 are counted in memory where the disk is full, and the right one opens the vault all the same", async () => {
    const kdf = new QuickKdf();
    await new SeedVault(database, { kdf }).create(PASSPHRASE);
    let nowMs = 1_800_000_000_000;
    let failing = 0;
    const put = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, "put")
      ?.value as IDBObjectStore["put"];
    IDBObjectStore.prototype.put = function () {
      failing += 1;
      throw new DOMException("full", "QuotaExceededError");
    };
    try {
      const vault = new SeedVault(database, { kdf, now: () => nowMs });
      await vault.unlock(PASSPHRASE);
      expect(await vault.state()).toBe("unlocked");
      for (let tries = 1; tries <= 5; tries += 1) {
        await expect(vault.unlock(WRONG)).rejects.toMatchObject({ code: "wrong-passphrase" });
      }
      await expect(vault.unlock(PASSPHRASE)).rejects.toMatchObject({ retryAfterMs: 15_000 });
      nowMs += 15_000;
      await vault.unlock(PASSPHRASE);
      await expect(vault.unlock(WRONG)).rejects.toMatchObject({ code: "wrong-passphrase" });
      expect(failing).toBeGreaterThanOrEqual(8);
    } finally {
      IDBObjectStore.prototype.put = put;
    }
  });

  it("S3 look like a damaged key slot", async () => {
    const kdf = new QuickKdf();
    await new SeedVault(database, { kdf }).create(PASSPHRASE);
    const refusal = async (passphrase: string) => {
      const error = await new SeedVault(database, { kdf }).unlock(passphrase).catch((one: unknown) => one);
      return { ...(error as object), message: (error as Error).message };
    };
    const wrong = await refusal(WRONG);
    const empty = await refusal("");
    await changeHeader((header, slot) => {
      const ciphertext = slot.wrappedKey.ciphertext.slice();
      ciphertext[0] = (ciphertext[0] ?? 0) ^ 1;
      return { ...header, slot: { ...slot, wrappedKey: { ...slot.wrappedKey, ciphertext } } };
    });
    const damaged = await refusal(PASSPHRASE);
    const told = ({ name: _name, ...error }: { name?: string; message: string; cause?: unknown }) => ({
      ...error,
      cause: undefined,
    });
    expect(told(damaged)).toEqual(told(wrong));
    expect(told(empty)).toEqual(told(wrong));
    expect(damaged).toMatchObject({ code: "wrong-passphrase" });
  });
});

/** A database whose page dies at the `dyingAt`-th operation: before it, or after it was done and before anybody learns of it. */
class DyingDatabase extends Database {
  operations = 0;
  dyingAt = Number.POSITIVE_INFINITY;
  isDoneBeforeDying = false;

  override read: Database["read"] = async (work) => await this.#mortal(() => super.read(work));
  override write: Database["write"] = async (stores, work) =>
    await this.#mortal(() => super.write(stores, work));

  async #mortal<T>(operate: () => Promise<T>): Promise<T> {
    this.operations += 1;
    const result = this.operations < this.dyingAt || this.#isLastBreath() ? await operate() : undefined;
    if (this.operations >= this.dyingAt) throw new Error("the page died");
    return result as T;
  }

  #isLastBreath(): boolean {
    return this.operations === this.dyingAt && this.isDoneBeforeDying;
  }
}

describe("a passphrase change cut short", () => {
  /** How many operations a change takes when nothing goes wrong. */
  async function countOperations(kdf: PassphraseKdf): Promise<number> {
    const counting = new DyingDatabase(name);
    const vault = new SeedVault(counting, { kdf });
    await vault.create(PASSPHRASE);
    counting.operations = 0;
    await vault.changePassphrase(PASSPHRASE, NEXT);
    await vault.changePassphrase(NEXT, PASSPHRASE);
    await counting.close();
    return counting.operations / 2;
  }

  const opens = async (kdf: PassphraseKdf, passphrase: string, record: SeedRecord) => {
    const vault = new SeedVault(database, { kdf });
    const isOpen = await vault.unlock(passphrase).then(
      () => true,
      (error: unknown) => {
        expect(error).toMatchObject({ code: "wrong-passphrase" });
        return false;
      },
    );
    if (isOpen) expect(await vault.open(record)).toEqual(totpSeed());
    return isOpen;
  };

  it("S4 leaves a vault that opens with the old or the new passphrase, wherever the page dies", async () => {
    const kdf = new QuickKdf();
    const operations = await countOperations(kdf);
    expect(operations).toBeGreaterThanOrEqual(6);
    const ends = { old: 0, both: 0, next: 0 };
    const { record } = await unlocked(kdf).then((vault) => vault.seal(totpSeed()));
    for (let dyingAt = 1; dyingAt <= operations; dyingAt += 1) {
      for (const isDoneBeforeDying of [false, true]) {
        const dying = new DyingDatabase(name);
        Object.assign(dying, { dyingAt, isDoneBeforeDying });
        const changing = new SeedVault(dying, { kdf }).changePassphrase(PASSPHRASE, NEXT);
        await expect(changing).rejects.toThrow("the page died");
        await dying.close();
        const slots = await readHeader();
        // Whichever is used first is the vault's from then on.
        const first = (dyingAt + Number(isDoneBeforeDying)) % 2 ? PASSPHRASE : NEXT;
        const second = first === PASSPHRASE ? NEXT : PASSPHRASE;
        const isFirst = await opens(kdf, first, record);
        const isSecond = await opens(kdf, second, record);
        expect([isFirst, isSecond].filter(Boolean)).toHaveLength(1);
        if (slots?.nextSlot) expect(isFirst).toBe(true);
        const current = isFirst ? first : second;
        ends[slots?.nextSlot ? "both" : current === NEXT ? "next" : "old"] += 1;
        await requireSlot();
        const vault = new SeedVault(database, { kdf });
        await vault.unlock(current);
        if (current === NEXT) await vault.changePassphrase(NEXT, PASSPHRASE);
      }
    }
    expect(ends.old).toBeGreaterThan(0);
    expect(ends.both).toBeGreaterThan(0);
    expect(ends.next).toBeGreaterThan(0);
  });

  async function unlocked(kdf: PassphraseKdf): Promise<SeedVault> {
    const vault = new SeedVault(database, { kdf });
    await vault.unlock(PASSPHRASE);
    return vault;
  }

  it("S4 keeps the old slot when the new one does not open from the database", async () => {
    const kdf = new QuickKdf();
    const vault = new SeedVault(database, { kdf });
    await vault.create(PASSPHRASE);
    const before = await readHeader();
    const derive = kdf.derive.bind(kdf);
    let derivations = 0;
    // The third derivation is the proof: after the old one's and the new one's.
    kdf.derive = (passphrase, salt, parameters) =>
      derive((derivations += 1) === 3 ? WRONG : passphrase, salt, parameters);
    await expect(vault.changePassphrase(PASSPHRASE, NEXT)).rejects.toMatchObject({ name: "VaultError" });
    expect(derivations).toBe(3);
    expect(await readHeader()).toEqual(before);
  });

  it("S4 lets one of two tabs win", async () => {
    const kdf = new QuickKdf();
    await new SeedVault(database, { kdf }).create(PASSPHRASE);
    const other = new Database(name);
    const changes = [
      new SeedVault(database, { kdf }).changePassphrase(PASSPHRASE, NEXT),
      new SeedVault(other, { kdf }).changePassphrase(PASSPHRASE, "third third third"),
    ];
    const ended = await Promise.allSettled(changes);
    const won = ended.findIndex(({ status }) => status === "fulfilled");
    expect(ended[1 - won]).toMatchObject({ status: "rejected", reason: { code: "busy" } });
    const [right, wrong] = won === 0 ? [NEXT, "third third third"] : ["third third third", NEXT];
    await expect(new SeedVault(database, { kdf }).unlock(wrong)).rejects.toMatchObject({
      code: "wrong-passphrase",
    });
    await new SeedVault(database, { kdf }).unlock(right);
    await other.close();
  });

  it("S14 wipes the data key also where the change fails", async () => {
    const kdf = new QuickKdf();
    const vault = new SeedVault(database, { kdf });
    await vault.create(PASSPHRASE);
    const held: Uint8Array[] = [];
    const decrypt = crypto.subtle.decrypt.bind(crypto.subtle);
    const spy = async (...parts: Parameters<SubtleCrypto["decrypt"]>) => {
      const plain = await decrypt(...parts);
      held.push(new Uint8Array(plain));
      return plain;
    };
    Object.defineProperty(crypto.subtle, "decrypt", { configurable: true, value: spy });
    try {
      await vault.unlock(PASSPHRASE);
      await vault.changePassphrase(PASSPHRASE, NEXT);
      kdf.choose = () => Promise.reject(new Error("in the middle"));
      await expect(vault.changePassphrase(NEXT, PASSPHRASE)).rejects.toThrow("in the middle");
    } finally {
      Reflect.deleteProperty(crypto.subtle, "decrypt");
    }
    expect(held).toHaveLength(4);
    expect(held.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});
