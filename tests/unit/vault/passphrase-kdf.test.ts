import { argon2id as nobleArgon2id } from "@noble/hashes/argon2.js";
import { describe, expect, it, vi } from "vitest";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import { formatHex } from "../../../src/core/text-forms.ts";
import { argon2, type Argon2id } from "../../../src/vault/argon2.ts";
import { isStronger, type KdfParameters } from "../../../src/vault/kdf-parameters.ts";
import { createPassphraseKdf } from "../../../src/vault/passphrase-kdf.ts";
import { openBytes, sealBytes } from "../../../src/vault/sealing.ts";

const FLOOR = { memoryKiB: 19 * 1024, passes: 2 };
const salt = new Uint8Array(16).fill(7);
const blocked = () => Promise.reject(new WebAssembly.CompileError("blocked by CSP"));
const offline = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));

describe("argon2", () => {
  it("S1 computes the reference implementation's published vector", async () => {
    const cost = { memoryKiB: 65_536, passes: 2 };
    const derived = await argon2(utf8Bytes("password"), utf8Bytes("somesalt"), cost);
    expect(formatHex(derived).toLowerCase()).toBe(
      "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7",
    );
  });

  it("S1 computes what another library computes", async () => {
    const password = utf8Bytes("correct horse – ü");
    const derived = await argon2(password, salt, { memoryKiB: 256, passes: 3 });
    expect(derived).toEqual(nobleArgon2id(password, salt, { m: 256, t: 3, p: 1, dkLen: 32 }));
  });
});

describe("createPassphraseKdf", () => {
  it("S1 chooses Argon2id, and PBKDF2 at twice OWASP's rounds where WebAssembly is forbidden", async () => {
    let nowMs = 0;
    const loadArgon2 = () =>
      Promise.resolve<Argon2id>(() => {
        nowMs += 128;
        return Promise.resolve(new Uint8Array(32));
      });
    await expect(createPassphraseKdf({ loadArgon2, nowMs: () => nowMs }).choose()).resolves.toEqual({
      kdf: "Argon2id",
      memoryKiB: 64 * 1024,
      passes: 3,
    });
    const load = () => Promise.resolve<Argon2id>(blocked);
    await expect(createPassphraseKdf({ loadArgon2: load }).choose()).resolves.toEqual({
      kdf: "PBKDF2-SHA256",
      iterations: 1_200_000,
    });
  });

  it("S1 takes neither a lost connection nor a lack of memory for forbidden WebAssembly", async () => {
    const kdf = createPassphraseKdf({ loadArgon2: offline });
    await expect(kdf.choose()).rejects.toMatchObject({ code: "not-loaded" });
    const derived = kdf.derive("correct horse", salt, { kdf: "Argon2id", ...FLOOR });
    await expect(derived).rejects.toMatchObject({ code: "not-loaded" });
    await expect(kdf.reconsider({ kdf: "PBKDF2-SHA256", iterations: 1_200_000 })).rejects.toMatchObject({
      code: "not-loaded",
    });
    const full: Argon2id = () => Promise.reject(new RangeError("could not allocate memory"));
    const poor = createPassphraseKdf({ loadArgon2: () => Promise.resolve(full) });
    await expect(poor.choose()).rejects.toMatchObject({ code: "wasm-blocked" });
  });

  it("S1 reconsiders what a busy machine chose, once it is quick, and measures no slow one again", async () => {
    let msPerMiB = 20;
    let nowMs = 0;
    let runs = 0;
    const loadArgon2 = () =>
      Promise.resolve<Argon2id>((_password, _salt, { memoryKiB, passes }) => {
        runs += 1;
        nowMs += (memoryKiB / 1024) * passes * msPerMiB;
        return Promise.resolve(new Uint8Array(32));
      });
    const kdf = createPassphraseKdf({ loadArgon2, nowMs: () => nowMs });
    const weak: KdfParameters = { kdf: "Argon2id", ...FLOOR };
    expect(await kdf.choose()).toEqual(weak);
    await kdf.derive("correct horse", salt, weak);
    runs = 0;
    expect(await kdf.reconsider(weak)).toBeNull();
    expect(runs).toBe(0);
    msPerMiB = 4;
    await kdf.derive("correct horse", salt, weak);
    expect(await kdf.reconsider(weak)).toEqual({ kdf: "Argon2id", memoryKiB: 64 * 1024, passes: 3 });
    runs = 0;
    expect(await kdf.reconsider({ kdf: "Argon2id", memoryKiB: 64 * 1024, passes: 3 })).toBeNull();
    expect(runs).toBe(0);
    // The quick moment is over when it is measured: nothing is lowered.
    msPerMiB = 20;
    expect(await kdf.reconsider(weak)).toBeNull();
  });

  it.each<KdfParameters>([
    { kdf: "Argon2id", ...FLOOR },
    { kdf: "PBKDF2-SHA256", iterations: 600_000 },
  ])("S1 derives one key for the passphrase however its letters are composed ($kdf)", async (parameters) => {
    const kdf = createPassphraseKdf();
    const sealed = await sealBytes(await kdf.derive("Zürich zwei", salt, parameters), salt, "test");
    const same = await kdf.derive("Zu\u0308rich zwei", salt, parameters);
    await expect(openBytes(same, sealed, "test")).resolves.toEqual(salt);
    const other = await kdf.derive("Zürich drei", salt, parameters);
    await expect(openBytes(other, sealed, "test")).rejects.toMatchObject({ code: "store-corrupt" });
  });

  it.each<KdfParameters>([
    { kdf: "Argon2id", memoryKiB: 19 * 1024 - 1, passes: 2 },
    { kdf: "Argon2id", memoryKiB: 46 * 1024 - 1, passes: 1 },
    { kdf: "Argon2id", memoryKiB: 4 * 1024 * 1024, passes: 3 },
    { kdf: "Argon2id", memoryKiB: 65_536, passes: 0 },
    { kdf: "Argon2id", memoryKiB: 65_536, passes: 1e9 },
    { kdf: "Argon2id", memoryKiB: 65_536.5, passes: 3 },
    { kdf: "Argon2id", memoryKiB: "65536" as never, passes: 3 },
    { kdf: "Argon2id", memoryKiB: Number.NaN, passes: 3 },
    { kdf: "PBKDF2-SHA256", iterations: 1 },
    { kdf: "PBKDF2-SHA256", iterations: 599_999 },
    { kdf: "PBKDF2-SHA256", iterations: 1e9 },
    { kdf: "PBKDF2-SHA256", iterations: undefined as never },
    { kdf: "none" as never, iterations: 1_200_000 },
  ])("S2 refuses %o from storage and computes nothing", async (parameters) => {
    const loadArgon2 = vi.fn(blocked);
    const derive = vi.spyOn(crypto.subtle, "deriveKey");
    const kdf = createPassphraseKdf({ loadArgon2 });
    await expect(kdf.derive("correct horse", salt, parameters)).rejects.toMatchObject({
      name: "VaultError",
      code: "store-corrupt",
    });
    expect(loadArgon2).not.toHaveBeenCalled();
    expect(derive).not.toHaveBeenCalled();
    derive.mockRestore();
  });

  it("S1 says where Argon2id cannot run", async () => {
    const kdf = createPassphraseKdf({ loadArgon2: () => Promise.resolve<Argon2id>(blocked) });
    await expect(kdf.derive("correct horse", salt, { kdf: "Argon2id", ...FLOOR })).rejects.toMatchObject({
      code: "wasm-blocked",
    });
  });

  it("S14 wipes the passphrase's bytes and what was derived", async () => {
    const seen: Uint8Array[] = [];
    const spying: Argon2id = (password) => {
      expect(password.some((byte) => byte !== 0)).toBe(true);
      const derived = new Uint8Array(32).fill(9);
      seen.push(password, derived);
      return Promise.resolve(derived);
    };
    const kdf = createPassphraseKdf({ loadArgon2: () => Promise.resolve(spying) });
    const key = await kdf.derive("correct horse", salt, { kdf: "Argon2id", ...FLOOR });
    expect(key.extractable).toBe(false);
    expect(seen).toHaveLength(2);
    expect(seen.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});

describe("isStronger", () => {
  const old: KdfParameters = { kdf: "PBKDF2-SHA256", iterations: 600_000 };
  const argon: KdfParameters = { kdf: "Argon2id", ...FLOOR };
  it.each<[KdfParameters, KdfParameters, boolean]>([
    [argon, old, true],
    [{ ...old, iterations: 1_200_000 }, old, true],
    [old, old, false],
    [old, argon, false],
    [{ ...argon, passes: 3 }, argon, false],
    [{ ...argon, passes: 4 }, argon, true],
    [argon, { ...argon, passes: 9 }, false],
    [{ ...argon, passes: 9 }, { ...argon, memoryKiB: 46 * 1024, passes: 1 }, false],
  ])("S1 compares %o with the stored %o", (chosen, stored, expected) => {
    expect(isStronger(chosen, stored)).toBe(expected);
  });
});
