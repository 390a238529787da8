import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Database } from "../../../src/vault/database.ts";
import { openPassphraseSlot, type PassphraseSlot } from "../../../src/vault/header.ts";
import type { SeedRecord } from "../../../src/vault/records.ts";
import { SeedVault } from "../../../src/vault/seed-vault.ts";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import { sealBytes } from "../../../src/vault/sealing.ts";
import { addSeeds } from "../../support/add-seeds.ts";
import { fuzzRuns, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";
import { QuickKdf } from "../../support/quick-kdf.ts";
import { totpSeed } from "../../support/seeds.ts";
import { seededRandom } from "../../support/simulated-clock.ts";

const PASSPHRASE = "correct horse battery";
const SERIALS = ["AAA000001", "AAA000002", "AAA000003"] as const;

let name: string;
let database: Database;
let vault: SeedVault;
const kdf = new QuickKdf();
beforeEach(() => {
  name = `sealed-${crypto.randomUUID()}`;
  database = new Database(name);
  vault = new SeedVault(database, { kdf });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await database.close();
  indexedDB.deleteDatabase(name);
});

const seedOf = (serialNumber: string) =>
  totpSeed({ serialNumber, secret: new TextEncoder().encode(`secret of ${serialNumber}`) });
const addAll = () => addSeeds({ database, vault }, SERIALS.map(seedOf));
async function requireRecord(serialNumber: string): Promise<SeedRecord> {
  const record = await database.read((open) => open.get("seeds", serialNumber));
  if (!record) throw new Error(`${serialNumber} was expected`);
  return record;
}
const put = (record: SeedRecord) =>
  database.write(["seeds"], async (transaction) => void (await transaction.objectStore("seeds").put(record)));
const corrupt = { name: "VaultError", code: "store-corrupt" };

describe("sealed seeds", () => {
  it("S5 swapped or copied between serial numbers are refused, and the others stay usable", async () => {
    await addAll();
    const [first, second, third] = await Promise.all(SERIALS.map(requireRecord));
    if (!first || !second || !third) throw new Error("three records were expected");
    await put({ ...first, sealedSecret: second.sealedSecret });
    await put({ ...second, sealedSecret: first.sealedSecret });
    await put({ ...first, serialNumber: "COPY00001" });
    for (const serialNumber of [first.serialNumber, second.serialNumber, "COPY00001"]) {
      await expect(vault.open(await requireRecord(serialNumber))).rejects.toMatchObject(corrupt);
    }
    await expect(vault.open(await requireRecord(third.serialNumber))).resolves.toEqual(
      seedOf(third.serialNumber),
    );
  });

  it("S5 of another vault are refused, even under the same serial number", async () => {
    await addAll();
    const otherDatabase = new Database(`${name}-other`);
    const { record } = await new SeedVault(otherDatabase, { kdf }).seal(seedOf(SERIALS[0]));
    await put(record);
    await expect(vault.open(await requireRecord(SERIALS[0]))).rejects.toMatchObject(corrupt);
    await expect(vault.open(await requireRecord(SERIALS[1]))).resolves.toEqual(seedOf(SERIALS[1]));
    await otherDatabase.close();
    indexedDB.deleteDatabase(`${name}-other`);
  });

  it("S6 show every change of what their codes are computed by", async () => {
    await addAll();
    const record = await requireRecord(SERIALS[0]);
    const changes: Partial<SeedRecord>[] = [
      { type: "hotp" },
      { algorithm: "SHA512" },
      { digits: 8 },
      { periodSeconds: record.periodSeconds + 1 },
      { t0Seconds: record.t0Seconds + 1 },
    ];
    for (const change of changes) {
      await expect(vault.open({ ...record, ...change })).rejects.toMatchObject(corrupt);
    }
    // Drift and counter change as the token is used.
    await expect(vault.open({ ...record, driftSteps: 5 })).resolves.toMatchObject({ driftSteps: 5 });
  });

  it("S5 of the schema before are opened, and theirs is no way around the new one", async () => {
    const encrypt = vi.spyOn(crypto.subtle, "importKey");
    await vault.seal(seedOf(SERIALS[0]));
    const key = (await encrypt.mock.results.at(-1)?.value) as CryptoKey;
    const header = await database.read((open) => open.get("vault", "header"));
    const context = JSON.stringify(["oath-bridge seed", header?.vaultId, SERIALS[0]]);
    const { record } = await vault.seal(seedOf(SERIALS[0]));
    const sealedSecret = await sealBytes(key, utf8Bytes(`secret of ${SERIALS[0]}`), context);
    await expect(vault.open({ ...record, sealedSecret })).resolves.toEqual(seedOf(SERIALS[0]));
    await expect(vault.open({ ...record, serialNumber: SERIALS[1], sealedSecret })).rejects.toMatchObject(
      corrupt,
    );
    await expect(vault.open({ ...record, digits: 8 })).rejects.toMatchObject(corrupt);
  });

  it("S6 show every one of 10 000 flipped bits and 1 000 cuts or additions", async () => {
    await addAll();
    const record = await requireRecord(SERIALS[0]);
    const random = seededRandom(6);
    const pick = (count: number) => Math.floor(random(0, count));
    let undetected = 0;
    const mustFail = async (sealedSecret: SeedRecord["sealedSecret"]) => {
      const opened = vault.open({ ...record, sealedSecret });
      await opened.then(
        () => (undetected += 1),
        (error: unknown) => expect(error).toMatchObject(corrupt),
      );
    };
    for (let flips = 0; flips < 10_000; flips += 1) {
      const iv = record.sealedSecret.iv.slice();
      const ciphertext = record.sealedSecret.ciphertext.slice();
      const field = pick(iv.length + ciphertext.length) < iv.length ? iv : ciphertext;
      const at = pick(field.length);
      field[at] = (field[at] ?? 0) ^ (1 << pick(8));
      await mustFail({ iv, ciphertext });
    }
    for (let cuts = 0; cuts < 1_000; cuts += 1) {
      const { iv, ciphertext } = record.sealedSecret;
      const field = cuts % 2 ? iv : ciphertext;
      const length = pick(field.length * 2);
      if (length === field.length) continue;
      const changed = new Uint8Array(length);
      changed.set(field.subarray(0, length));
      await mustFail(field === iv ? { iv: changed, ciphertext } : { iv, ciphertext: changed });
    }
    expect(undetected).toBe(0);
    await expect(vault.open(record)).resolves.toEqual(seedOf(SERIALS[0]));
  });

  it("S6 are under a key whose slot shows every flipped bit, too", async () => {
    await vault.create(PASSPHRASE);
    const header = await database.read((open) => open.get("vault", "header"));
    if (header?.slot.kind !== "passphrase") throw new Error("a passphrase slot was expected");
    const { vaultId, slot } = header;
    const { iv, ciphertext } = slot.wrappedKey;
    const fields: [Uint8Array<ArrayBuffer>, (changed: Uint8Array<ArrayBuffer>) => PassphraseSlot][] = [
      [slot.salt, (salt) => ({ ...slot, salt })],
      [iv, (changed) => ({ ...slot, wrappedKey: { iv: changed, ciphertext } })],
      [ciphertext, (changed) => ({ ...slot, wrappedKey: { iv, ciphertext: changed } })],
    ];
    let tried = 0;
    for (const [field, withField] of fields) {
      for (let bit = 0; bit < field.length * 8; bit += 1) {
        const changed = field.slice();
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const opening = openPassphraseSlot(kdf, vaultId, withField(changed), PASSPHRASE);
        await expect(opening).rejects.toMatchObject({ code: "wrong-passphrase" });
        tried += 1;
      }
    }
    expect(tried).toBe((16 + 12 + 48) * 8);
    await expect(openPassphraseSlot(kdf, "another vault", slot, PASSPHRASE)).rejects.toMatchObject({
      code: "wrong-passphrase",
    });
    await expect(openPassphraseSlot(kdf, vaultId, slot, PASSPHRASE)).resolves.toHaveLength(32);
  });

  it("S7 use each nonce once for a key, 96 bits fresh from the generator", FUZZ_TIMEOUT, async () => {
    const fresh = new Set<string>();
    const used = new Map<CryptoKey, Set<string>>();
    let encryptions = 0;
    const getRandomValues = crypto.getRandomValues.bind(crypto);
    vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
      const filled = getRandomValues(array);
      if (filled instanceof Uint8Array && filled.length === 12) fresh.add(filled.join());
      return filled;
    });
    const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, "encrypt").mockImplementation((algorithm, key, data) => {
      const iv = new Uint8Array((algorithm as AesGcmParams).iv as ArrayBuffer).join();
      expect(fresh.has(iv)).toBe(true);
      used.set(key, (used.get(key) ?? new Set()).add(iv));
      encryptions += 1;
      return encrypt(algorithm, key, data);
    });
    const batches = Math.ceil(fuzzRuns(20_000).numRuns / 200);
    for (let batch = 0; batch < batches; batch += 1) {
      await Promise.all(Array.from({ length: 200 }, () => vault.seal(seedOf(SERIALS[0]))));
    }
    await vault.create(PASSPHRASE);
    await vault.changePassphrase(PASSPHRASE, "staple staple staple");
    expect(encryptions).toBe(batches * 200 + 3);
    expect([...used.values()].reduce((total, ivs) => total + ivs.size, 0)).toBe(encryptions);
  });
});

describe("keys", () => {
  it("S14 cannot be exported, and their bytes are wiped once imported", async () => {
    const { importKey, deriveKey, generateKey, decrypt } = crypto.subtle;
    const keys: CryptoKey[] = [];
    const bytes: Uint8Array[] = [];
    const call = <P extends unknown[], R>(method: (...parts: P) => Promise<R>, parts: P) =>
      method.apply(crypto.subtle, parts);
    vi.spyOn(crypto.subtle, "importKey").mockImplementation(async (...parts: unknown[]) => {
      bytes.push(parts[1] as Uint8Array);
      const key = await call(importKey as (...all: unknown[]) => Promise<CryptoKey>, parts);
      keys.push(key);
      return key;
    });
    for (const [method, original] of [
      ["deriveKey", deriveKey] as const,
      ["generateKey", generateKey] as const,
    ]) {
      vi.spyOn(crypto.subtle, method).mockImplementation(async (...parts: unknown[]) => {
        const key = await call(original as (...all: unknown[]) => Promise<CryptoKey>, parts);
        keys.push(key);
        return key as never;
      });
    }
    vi.spyOn(crypto.subtle, "decrypt").mockImplementation(async (...parts) => {
      const plain = await call(decrypt, parts);
      bytes.push(new Uint8Array(plain));
      return plain;
    });
    const real = new SeedVault(database);
    await real.seal(seedOf(SERIALS[0]));
    await real.create(PASSPHRASE);
    real.lock();
    await real.unlock(PASSPHRASE);
    await real.settled();
    expect(keys.length).toBeGreaterThanOrEqual(6);
    expect(keys.filter(({ extractable }) => extractable)).toEqual([]);
    for (const key of keys) await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
    expect(bytes.length).toBeGreaterThanOrEqual(6);
    expect(bytes.filter((held) => held.some((byte) => byte !== 0))).toEqual([]);
    const header = await database.read((open) => open.get("vault", "header"));
    // Nothing of the demo's own key is left beside the passphrase.
    expect(header?.slot).not.toHaveProperty("wrappingKey");
  });
});
