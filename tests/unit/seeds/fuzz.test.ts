import { readdirSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatBase32, formatBase64, formatHex } from "../../../src/core/text-forms.ts";
import {
  readSeedFile,
  SeedFileError,
  type ReadSeedFileOptions,
  type SeedFileReport,
} from "../../../src/seeds/index.ts";
import { fuzzRuns, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";
import { entraFile, entraRow, fixture, pskcFile, pskcPackage, RFC_KEY } from "./files.ts";

const RUNS = fuzzRuns(400);
const FILES = readdirSync(new URL("../../fixtures/seeds/", import.meta.url)).map(fixture);
/** Pieces that mean something to one of the formats. */
const PIECES = [
  "\0",
  "\uFEFF",
  '"',
  ",",
  ";",
  "\n",
  "<",
  ">",
  "&",
  "]]>",
  "<!--",
  "<?",
  "<!DOCTYPE a>",
  "0",
  "-1",
  "=",
  "ü",
  "1E+9",
  "#",
  "|",
  ":",
  "\t",
  "\r",
  "totp",
  "HOTP/T30 ",
  "otpauth://",
  "%",
  "&period=",
  "sccMode=T;",
  RFC_KEY.hex,
  RFC_KEY.base32,
];

/** What a caller may say of a file; mostly nothing, and often the wrong thing. */
const OPTIONS: readonly ReadSeedFileOptions[] = [
  {},
  {},
  {},
  { secretEncoding: "base64", acceptShortSerials: true },
  { columns: { serialNumber: 0, secret: 1 } },
  { columns: { serialNumber: "serial number", secret: "secret key", type: "model" } },
  { format: "csv-oath", defaults: { type: "totp" } },
  { format: "otpauth", leastSecretBytes: 16 },
  { format: "pskc", key: new Uint8Array(16), password: "qwerty", maxPbkdf2Iterations: 10 },
  { format: "safeword", maxTokens: 2 },
];

async function outcomeOf(
  file: Uint8Array | string,
  options: ReadSeedFileOptions,
): Promise<SeedFileReport | SeedFileError> {
  try {
    return await readSeedFile(file, options);
  } catch (error) {
    if (error instanceof SeedFileError) return error;
    throw error;
  }
}

/** The secrets of the fixtures, in every form. */
const SECRETS = [RFC_KEY.text, "another shared secret!!"].flatMap((text) => {
  const bytes = Buffer.from(text);
  return [text, formatHex(bytes), formatBase32(bytes), formatBase64(bytes).replace(/=+$/u, "")];
});

function expectNoSecret(text: string): void {
  const lowerCase = text.toLowerCase();
  // One check for all: there are thousands of messages.
  expect(SECRETS.filter((secret) => lowerCase.includes(secret.toLowerCase()))).toEqual([]);
}

function judge(outcome: SeedFileReport | SeedFileError): void {
  if (outcome instanceof SeedFileError) {
    expect(outcome.message).not.toBe("");
    expectNoSecret(outcome.message + JSON.stringify(outcome.details));
    return;
  }
  for (const { serialNumber, message } of outcome.skipped) expectNoSecret(`${serialNumber ?? ""} ${message}`);
  const serials = outcome.seeds.map(({ serialNumber }) => serialNumber);
  expect(new Set(serials).size).toBe(serials.length);
  for (const seed of outcome.seeds) {
    expect(seed.serialNumber.length).toBeGreaterThan(0);
    expect(seed.serialNumber.length).toBeLessThanOrEqual(256);
    expect(seed.secret.length).toBeGreaterThan(0);
    expect(seed.secret.length).toBeLessThanOrEqual(256);
    expect(seed.periodSeconds).toBeGreaterThanOrEqual(1);
    expect(Number.isSafeInteger(seed.counter) && seed.counter >= 0).toBe(true);
    expect(Number.isSafeInteger(seed.driftSteps)).toBe(true);
    expect([6, 7, 8]).toContain(seed.digits);
  }
}

describe("whatever the bytes, reading ends in a report or a SeedFileError", FUZZ_TIMEOUT, () => {
  it("random bytes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom(...OPTIONS),
        async (bytes, options) => judge(await outcomeOf(bytes, options)),
      ),
      RUNS,
    );
  });

  it("files with bytes changed, cut and repeated", async () => {
    const edit = fc.record({ at: fc.nat(), take: fc.nat({ max: 40 }), put: fc.uint8Array({ maxLength: 4 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FILES),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(...OPTIONS),
        async (file, edits, options) => {
          let bytes = [...file];
          for (const { at, take, put } of edits) {
            const start = at % (bytes.length + 1);
            bytes = [...bytes.slice(0, start), ...put, ...bytes.slice(start + take)];
          }
          judge(await outcomeOf(Uint8Array.from(bytes), options));
        },
      ),
      RUNS,
    );
  });

  it("files with pieces of markup put in", async () => {
    const edit = fc.record({ at: fc.nat(), take: fc.nat({ max: 8 }), put: fc.constantFrom(...PIECES) });
    const texts = FILES.map((file) => new TextDecoder().decode(file));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...OPTIONS),
        async (file, edits, options) => {
          let text = file;
          for (const { at, take, put } of edits) {
            const start = at % (text.length + 1);
            text = text.slice(0, start) + put + text.slice(start + take);
          }
          judge(await outcomeOf(text, options));
        },
      ),
      RUNS,
    );
  });

  it("a bad row costs no good one", async () => {
    const junk = fc.string({
      maxLength: 60,
      unit: fc.constantFrom("A", "2", "8", " ", ",", ";", '"', "ü", "=", "\t"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(junk, { maxLength: 4 }), async (rows) => {
        const { seeds } = await readSeedFile(entraFile(entraRow("first"), ...rows, entraRow("last")));
        const serials = seeds.map(({ serialNumber }) => serialNumber);
        expect(serials).toContain("first");
        expect(serials).toContain("last");
      }),
      RUNS,
    );
  });

  it("a bad key costs no good one", async () => {
    const junk = fc
      .string({ maxLength: 40, unit: "grapheme-ascii" })
      .map((text) => text.replace(/[<&>"]|\]\]>/gu, ""));
    await fc.assert(
      fc.asyncProperty(
        fc.record({ algorithm: junk, secret: junk, device: junk, data: junk }),
        async (parts) => {
          const good = pskcPackage({ device: "<SerialNo>good</SerialNo>" });
          const { seeds } = await readSeedFile(pskcFile(`${good}${pskcPackage(parts)}`));
          expect(seeds[0]?.serialNumber).toBe("good");
        },
      ),
      RUNS,
    );
  });
});
