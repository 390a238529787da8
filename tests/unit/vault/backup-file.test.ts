import { createDecipheriv, createHash, pbkdf2Sync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { readBackup } from "../../../src/vault/backup/backup-reading.ts";
import { formatItems, parseItems, type BackupItem } from "../../../src/vault/backup/content.ts";
import { BackupWriter } from "../../../src/vault/backup/file-writer.ts";
import { createPassphraseKdf } from "../../../src/vault/passphrase-kdf.ts";
import type { SeedRecord } from "../../../src/vault/records.ts";
import { fuzzRuns, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";
import { QuickKdf } from "../../support/quick-kdf.ts";

const PASSPHRASE = "correct horse battery";
const ABOUT = { vaultId: "2f1c6f0e-0000-4000-8000-000000000001", createdAtMs: 1_767_225_610_000 };
const DATA_KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
const kdf = new QuickKdf();

function seed(serialNumber: string, changes: Partial<SeedRecord> = {}): SeedRecord {
  return {
    serialNumber,
    type: "totp",
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    t0Seconds: 0,
    counter: 0,
    driftSteps: 0,
    sealedSecret: { iv: new Uint8Array(12).fill(3), ciphertext: new Uint8Array(36).fill(5) },
    ...changes,
  };
}

const { counter: _, driftSteps: __, ...facts } = seed("AAA1");
const ITEMS: readonly BackupItem[] = [
  ["stamp", "stamp-1"],
  [
    "token",
    {
      serialNumber: "AAA1",
      lastAcceptedFactor: 7,
      driftSteps: 1,
      syncedDriftSteps: 0,
      lastUsedAtMs: 9,
      driftHistory: [{ atMs: 3, driftSteps: 0 }],
      retired: [{ ...facts, type: "hotp", lastAcceptedFactor: -1, needsResync: true }],
      needsResync: true,
    },
  ],
  [
    "device",
    {
      serialNumber: "AAA1",
      userKey: "ana",
      userName: "Ana",
      deviceName: "fob",
      deviceNameKey: "fob",
      enabledAtMs: 5,
    },
  ],
  [
    "attempts",
    {
      key: "user:ana",
      failures: 2,
      lastFailureAtMs: 8,
      resets: 1,
      outOfSync: false,
      refused: { failures: 2, reusedCodes: 1, lastAtMs: 8 },
    },
  ],
];
const SEEDS: readonly BackupItem[] = [
  ["seed", seed("AAA1", { manufacturer: "Ümläut", model: "\u{1F511}" })],
  ["seed", seed("AAA2", { validFromMs: 1, validUntilMs: 2, type: "hotp", counter: 3 })],
];

async function fileOf(chunks: readonly (readonly BackupItem[])[] = [ITEMS, SEEDS], by: unknown = kdf) {
  const writer = await BackupWriter.create(by as QuickKdf, PASSPHRASE, ABOUT);
  await writer.add(DATA_KEY.slice());
  for (const items of chunks) await writer.add(formatItems(items));
  return new Uint8Array(await (await writer.finish()).arrayBuffer());
}

const read = (bytes: Uint8Array<ArrayBuffer>, passphrase = PASSPHRASE) =>
  readBackup(new Blob([bytes]), kdf, passphrase, new AbortController().signal, () => undefined);

/** The code a file is refused with, or `accepted`. */
const verdict = (bytes: Uint8Array<ArrayBuffer>) =>
  read(bytes).then(
    () => "accepted",
    (error: { code?: string }) => error.code ?? "no code",
  );

const REFUSALS = ["damaged", "not-a-backup", "unsupported-version", "wrong-passphrase"];

describe("a backup file", () => {
  it("S13 has its keys made anew: none leads to another's record", async () => {
    const device = {
      ...(ITEMS[2]?.[1] as object),
      serialNumber: "aaa1",
      userName: "Eve",
      userKey: "ana",
      deviceNameKey: "x",
    };
    const backup = await read(
      await fileOf([[["device", device] as never], [["seed", seed("aaa1", { serialKey: "BBB1" })]]]),
    );
    expect(backup.devices).toMatchObject([{ userName: "Eve", userKey: "eve", deviceNameKey: "fob" }]);
    const [items] = backup.seedChunks.map(parseItems);
    expect(items).toMatchObject([["seed", { serialNumber: "aaa1", serialKey: "AAA1" }]]);
    const loud = { ...(ITEMS[3]?.[1] as object), key: "user:ANA" };
    expect(await verdict(await fileOf([[["attempts", loud] as never]]))).toBe("damaged");
  });

  it("S14 has its data key wiped when the reading of it is cancelled at once", async () => {
    const decrypt = vi.spyOn(crypto.subtle, "decrypt");
    const bytes = await fileOf();
    await expect(
      readBackup(new Blob([bytes]), kdf, PASSPHRASE, AbortSignal.abort(), () => undefined),
    ).rejects.toMatchObject({ name: "AbortError" });
    const opened = await Promise.all(decrypt.mock.results.map(({ value }) => value as Promise<ArrayBuffer>));
    decrypt.mockRestore();
    // The first is the file's key, the second what was in the first chunk.
    expect(opened).toHaveLength(2);
    for (const secret of opened) expect(new Uint8Array(secret)).toEqual(new Uint8Array(32));
  });

  it("S13 comes back as it was written, every field", async () => {
    const backup = await read(await fileOf());
    expect(backup.header).toMatchObject(ABOUT);
    expect(backup.dataKey).toEqual(DATA_KEY);
    expect(backup.stamp).toBe("stamp-1");
    expect([
      ["stamp", backup.stamp],
      ...[...backup.tokens.values()].map((token) => ["token", token]),
      ...backup.devices.map(({ seedRevision, ...device }) => {
        expect(seedRevision).toBe(backup.revisions.get(device.serialNumber));
        return ["device", device];
      }),
      ...[...backup.attempts.values()].map((record) => ["attempts", record]),
    ]).toEqual(ITEMS);
    expect(backup.seedChunks).toEqual([formatItems(SEEDS)]);
  });

  it("S13 opens with nothing but its description and another library", async () => {
    const pbkdf2 = createPassphraseKdf({
      loadArgon2: () => Promise.reject(new WebAssembly.CompileError("forbidden")),
    });
    const forced = {
      choose: () => Promise.resolve({ kdf: "PBKDF2-SHA256", iterations: 600_000 }),
      derive: pbkdf2.derive.bind(pbkdf2),
    };
    const file = Buffer.from(await fileOf([ITEMS, SEEDS], forced));
    const lines = [0, 0, 0].map(() => 0);
    let position = 0;
    for (const line of lines.keys()) lines[line] = position = file.indexOf(10, position) + 1;
    const [first = 0, second = 0, third = 0] = lines;
    const header = JSON.parse(file.subarray(first, second).toString()) as {
      kdf: { iterations: number };
      salt: string;
      wrappedKey: { iv: string; ciphertext: string };
    };
    const digest = createHash("sha256").update(file.subarray(0, second)).digest();
    expect(file.subarray(second, third).toString()).toBe(`${digest.toString("hex")}\n`);
    const open = (key: Buffer, iv: Buffer, sealed: Buffer, aad: Buffer) => {
      const decipher = createDecipheriv("aes-256-gcm", key, iv).setAAD(aad).setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    };
    const salt = Buffer.from(header.salt, "base64");
    const wrapping = pbkdf2Sync(PASSPHRASE, salt, header.kdf.iterations, 32, "sha256");
    const { iv, ciphertext } = header.wrappedKey;
    const context = JSON.stringify(["oath-bridge backup key", ABOUT.vaultId, ABOUT.createdAtMs]);
    const key = open(
      wrapping,
      Buffer.from(iv, "base64"),
      Buffer.from(ciphertext, "base64"),
      Buffer.from(context),
    );
    const chunks: Buffer[] = [];
    for (let at = third; at < file.length;) {
      const length = file.readUInt32BE(at);
      const sealed = file.subarray(at + 4, at + 4 + length);
      at += 4 + length;
      const number = Buffer.alloc(4);
      number.writeUInt32BE(chunks.length);
      const aad = Buffer.concat([digest, number, Buffer.of(at === file.length ? 1 : 0)]);
      chunks.push(open(key, Buffer.concat([Buffer.alloc(8), number]), sealed, aad));
    }
    expect(chunks[0]).toEqual(Buffer.from(DATA_KEY));
    const items = chunks.slice(1).flatMap((chunk) => chunk.toString().trimEnd().split("\n"));
    expect(items.map((line) => (JSON.parse(line) as [string])[0])).toEqual([
      "stamp",
      "token",
      "device",
      "attempts",
      "seed",
      "seed",
    ]);
  });

  it("S13 is refused with any one byte changed", { timeout: 60_000 }, async () => {
    const bytes = await fileOf();
    for (const index of bytes.keys()) {
      const changed = bytes.slice();
      changed[index] = (changed[index] ?? 0) ^ (1 << (index % 8));
      expect(REFUSALS, String(index)).toContain(await verdict(changed));
    }
  });

  it("S13 is refused cut off at any length", { timeout: 60_000 }, async () => {
    const bytes = await fileOf();
    for (const length of bytes.keys()) {
      expect(REFUSALS, String(length)).toContain(await verdict(bytes.slice(0, length)));
    }
  });

  it("S13 is refused with another passphrase, and with an empty one", async () => {
    const bytes = await fileOf();
    await expect(read(bytes, "another passphrase")).rejects.toMatchObject({ code: "wrong-passphrase" });
    await expect(read(bytes, "")).rejects.toMatchObject({ code: "wrong-passphrase" });
  });

  it(
    "S13 of anybody's making ends in a coded refusal, or in records within bounds",
    FUZZ_TIMEOUT,
    async () => {
      const text = new TextDecoder().decode(formatItems([...ITEMS, ...SEEDS]));
      await fc.assert(
        fc.asyncProperty(
          fc.nat(text.length - 1),
          fc.nat(12),
          fc.string({ maxLength: 12 }),
          async (at, cut, put) => {
            const writer = await BackupWriter.create(kdf, PASSPHRASE, ABOUT);
            await writer.add(DATA_KEY.slice());
            await writer.add(new TextEncoder().encode(text.slice(0, at) + put + text.slice(at + cut)));
            const bytes = new Uint8Array(await (await writer.finish()).arrayBuffer());
            expect(["accepted", "damaged"]).toContain(await verdict(bytes));
          },
        ),
        fuzzRuns(500),
      );
    },
  );

  it.each<[string, readonly (readonly BackupItem[])[]]>([
    ["a device without its seed", [ITEMS, []]],
    ["one serial number twice", [ITEMS, [...SEEDS, ...SEEDS]]],
    ["a field nobody knows", [[["token", { ...(ITEMS[1]?.[1] as object), more: 1 } as never]], SEEDS]],
    ["a period of zero", [[["seed", seed("AAA1", { periodSeconds: 0 })]]]],
    [
      "a nonce too short",
      [[["seed", seed("A", { sealedSecret: { iv: new Uint8Array(11), ciphertext: new Uint8Array(36) } })]]],
    ],
    ["a negative counter", [[["seed", seed("A", { counter: -1 })]]]],
    ["a name of ours as a kind", [[["__proto__", {}] as never]]],
  ])("S13 with %s is refused", async (_name, chunks) => {
    expect(await verdict(await fileOf(chunks))).toBe("damaged");
  });
});
