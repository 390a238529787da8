import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import type { Seed } from "../../../../src/otp/seed.ts";
import { SeedExportError } from "../../../../src/seeds/pskc-export/errors.ts";
import { exportPskc } from "../../../../src/seeds/pskc-export/export-pskc.ts";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { refusalOf, RFC_KEY } from "../files.ts";

const PASSWORD = "correct horse";
const FAST = { iterations: 1 };

const TOTP: Seed = {
  serialNumber: "0045600001",
  type: "totp",
  secret: new TextEncoder().encode(RFC_KEY.text),
  algorithm: "SHA256",
  digits: 8,
  periodSeconds: 60,
  t0Seconds: 0,
  counter: 0,
  driftSteps: -3,
  manufacturer: `Müller & "Söhne" <1>`,
  model: "OTP c²",
  validFromMs: Date.UTC(2026, 0, 1, 12, 30, 15, 250),
  validUntilMs: Date.UTC(2031, 11, 31),
};

const HOTP: Seed = {
  serialNumber: "H-2",
  type: "hotp",
  secret: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
  algorithm: "SHA1",
  digits: 6,
  periodSeconds: 30,
  t0Seconds: 0,
  counter: Number.MAX_SAFE_INTEGER,
  driftSteps: 0,
};

const seeds: fc.Arbitrary<Seed> = fc
  .record({
    serialNumber: fc
      .string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" })
      .map((text) => `S${text}Z`),
    secret: fc.uint8Array({ minLength: 1, maxLength: 256 }).map((bytes) => Uint8Array.from(bytes)),
    algorithm: fc.constantFrom("SHA1" as const, "SHA256" as const, "SHA512" as const),
    digits: fc.constantFrom(6 as const, 7 as const, 8 as const),
    periodSeconds: fc.integer({ min: 1, max: 86_400 }),
    driftSteps: fc.integer({ min: -10_000, max: 10_000 }),
  })
  .map((parts) => ({ ...parts, type: "totp" as const, t0Seconds: 0, counter: 0 }));

describe("exportPskc", () => {
  it("writes what readSeedFile reads back, whole", async () => {
    const file = await exportPskc([TOTP, HOTP], PASSWORD, FAST);
    const { format, seeds: read, skipped } = await readSeedFile(file, { password: PASSWORD });

    expect(format).toBe("pskc");
    expect(skipped).toEqual([]);
    expect(read).toEqual([TOTP, HOTP]);
  });

  test.prop([fc.uniqueArray(seeds, { minLength: 1, maxLength: 5, selector: (seed) => seed.serialNumber })])(
    "writes any seeds so",
    async (some) => {
      const file = await exportPskc(some, PASSWORD, FAST);
      const { seeds: read, skipped } = await readSeedFile(file, { password: PASSWORD });
      expect(skipped).toEqual([]);
      expect(read).toEqual(some);
    },
  );

  it("has nothing secret in the clear, and no two values alike", async () => {
    const twins = [TOTP, { ...TOTP, serialNumber: "other" }];
    const text = await (await exportPskc(twins, PASSWORD, FAST)).text();

    for (const form of Object.values(RFC_KEY)) expect(text).not.toContain(form);
    const values = [...text.matchAll(/CipherValue>([^<]{20,})</gu)].map(([, value]) => value);
    expect(values).toHaveLength(3);
    expect(new Set(values.map((value) => value?.slice(0, 20))).size).toBe(3);
    expect(await (await exportPskc(twins, PASSWORD, FAST)).text()).not.toBe(text);
  });

  it("asks for 1 300 000 rounds unless told otherwise, as many as our own reader takes", async () => {
    const file = await exportPskc([HOTP], PASSWORD);
    expect(await file.text()).toContain(`<IterationCount xmlns="">1300000</IterationCount>`);
    expect((await readSeedFile(file, { password: PASSWORD })).seeds).toHaveLength(1);
  });

  it("is refused by our own reader with another password, or when changed", async () => {
    const text = await (await exportPskc([TOTP], PASSWORD, FAST)).text();
    expect((await refusalOf(text)).code).toBe("key-required");
    // XML Encryption's padding fits any key once in sixteen times: then the MAC is what tells.
    const codes: string[] = [];
    for (let time = 0; time < 12; time += 1) {
      const other = await (await exportPskc([TOTP], PASSWORD, FAST)).text();
      codes.push((await refusalOf(other, { password: "another one" })).code);
    }
    expect(codes).toContain("wrong-key");
    expect(["wrong-key", "mac-mismatch"]).toEqual(expect.arrayContaining(codes));
    const changed = text.replace(
      /(<ValueMAC>)(.)/u,
      (_, tag: string, first: string) => tag + (first === "A" ? "B" : "A"),
    );
    expect((await refusalOf(changed, { password: PASSWORD })).code).toBe("mac-mismatch");
  });

  it.each<[string, readonly Seed[], string, string]>([
    ["no-seeds", [], PASSWORD, "no tokens"],
    ["weak-password", [TOTP], "short", "a short password"],
    ["weak-password", [TOTP], "😀😀😀😀", "four characters, though eight halves"],
    ["unsupported-seed", [{ ...TOTP, t0Seconds: 946_684_800 }], PASSWORD, "a clock of its own"],
    ["unsupported-seed", [{ ...TOTP, serialNumber: "a\u0001" }], PASSWORD, "a control character"],
    ["unsupported-seed", [{ ...TOTP, model: "a\uD800" }], PASSWORD, "half a character"],
  ])("rejects with %s", async (code, some, password) => {
    const failure: unknown = await exportPskc(some, password, FAST).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SeedExportError);
    expect(failure).toMatchObject({ code });
  });

  it.each([0, 1.5, NaN, 2 ** 31])("takes no %d rounds", async (iterations) => {
    await expect(exportPskc([TOTP], PASSWORD, { iterations })).rejects.toThrow(RangeError);
  });

  it("tells its progress, can be cancelled, and leaves the seeds alone", async () => {
    const many = Array.from({ length: 1200 }, (_, index) => ({ ...HOTP, serialNumber: String(index) }));
    const progress: number[] = [];
    await exportPskc(many, PASSWORD, { ...FAST, onProgress: (done) => progress.push(done) });
    expect(progress).toEqual([0, 500, 1000, 1200]);
    expect(HOTP.secret[0]).toBe(1);

    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("enough"));
    const options = { ...FAST, signal: controller.signal, onProgress };
    await expect(exportPskc(many, PASSWORD, options)).rejects.toThrow("enough");
  });
});
