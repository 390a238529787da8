import { describe, expect, it } from "vitest";
import type { Seed } from "../../../src/otp/seed.ts";
import { readSeedFile, type SeedFileReport } from "../../../src/seeds/index.ts";
import { fixture, RFC_KEY } from "./files.ts";

const ANOTHER = "another shared secret!!";
const KEY_32 = "12345678901234567890123456789012";
const KEY_64 = "1234567890123456789012345678901234567890123456789012345678901234";

type Told = Partial<Omit<Seed, "secret">> & { readonly key: string };

/** Every dialect: its file, what is read of it, and the rows that are skipped. What is not told is TOTP, SHA-1, 6 digits, 30 s. */
const DIALECTS: readonly {
  readonly file: string;
  readonly format: SeedFileReport["format"];
  readonly seeds: readonly Told[];
  readonly skipped?: readonly (readonly [row: number, serialNumber: string | undefined, code: string])[];
}[] = [
  {
    file: "privacyidea.csv",
    format: "csv-oath",
    seeds: [
      { serialNumber: "NLT00001", key: RFC_KEY.text, digits: 8, periodSeconds: 60 },
      { serialNumber: "NLT00002", key: KEY_32, algorithm: "SHA256" },
      { serialNumber: "NLT00003", key: ANOTHER, type: "hotp" },
      { serialNumber: "NLT00004", key: RFC_KEY.text, type: "hotp", counter: 7 },
    ],
    skipped: [[7, "NLT00005", "unsupported-algorithm"]],
  },
  {
    file: "privacyidea-v2.csv",
    format: "csv-privacyidea",
    seeds: [
      { serialNumber: "NLV00001", key: RFC_KEY.text, periodSeconds: 60 },
      { serialNumber: "NLV00002", key: RFC_KEY.text, type: "hotp", digits: 8, counter: 3 },
    ],
    skipped: [[4, undefined, "missing-serial"]],
  },
  {
    file: "linotp.csv",
    format: "csv-oath",
    seeds: [
      { serialNumber: "LOTP0001", key: RFC_KEY.text, algorithm: "SHA256" },
      { serialNumber: "LOTP0002", key: RFC_KEY.text, type: "hotp" },
      { serialNumber: "LOTP0004", key: KEY_64, algorithm: "SHA512", periodSeconds: 60 },
    ],
    skipped: [[4, "LOTP0003", "unsupported-algorithm"]],
  },
  {
    file: "netiq.csv",
    format: "csv-oath",
    seeds: [
      { serialNumber: "2600000001", key: RFC_KEY.text, periodSeconds: 60 },
      { serialNumber: "2600000002", key: RFC_KEY.text, type: "hotp" },
    ],
  },
  {
    file: "multiotp.csv",
    format: "csv-multiotp",
    seeds: [
      {
        serialNumber: "2600000001",
        key: RFC_KEY.text,
        type: "hotp",
        counter: 12,
        manufacturer: "Nordlicht Tokens",
      },
      {
        serialNumber: "2600000002",
        key: ANOTHER,
        digits: 8,
        periodSeconds: 60,
        manufacturer: "Nordlicht Tokens",
      },
    ],
    skipped: [[3, "2600000003", "unsupported-algorithm"]],
  },
  {
    file: "duo.csv",
    format: "csv-serial-key",
    seeds: [
      { serialNumber: "0012300001", key: RFC_KEY.text, type: "hotp" },
      { serialNumber: "0012300002", key: ANOTHER, type: "hotp", counter: 41 },
    ],
  },
  {
    file: "nexus.txt",
    format: "csv-nexus",
    seeds: [
      { serialNumber: "LAHE00005501", key: RFC_KEY.text, type: "hotp" },
      { serialNumber: "LAHE00005502", key: ANOTHER, type: "hotp", counter: 256 },
    ],
  },
  {
    file: "yubico.csv",
    format: "csv-yubico",
    seeds: [
      { serialNumber: "508326", key: RFC_KEY.text, type: "hotp", manufacturer: "Yubico" },
      { serialNumber: "13820424", key: ANOTHER, type: "hotp", manufacturer: "Yubico" },
    ],
    skipped: [
      [3, undefined, "unsupported-algorithm"],
      [4, undefined, "unsupported-algorithm"],
    ],
  },
  {
    file: "yubico-log.csv",
    format: "csv-yubico-log",
    seeds: [
      { serialNumber: "ubnuhrkbcdef", key: RFC_KEY.text, type: "hotp", manufacturer: "Yubico" },
      { serialNumber: "ubnuhrkbcdef-2", key: ANOTHER, type: "hotp", digits: 8, manufacturer: "Yubico" },
    ],
    skipped: [
      [4, undefined, "unsupported-algorithm"],
      [5, undefined, "unsupported-algorithm"],
      [6, undefined, "missing-serial"],
    ],
  },
  {
    file: "users.oath",
    format: "pam-oath",
    seeds: [
      { serialNumber: "lea", key: RFC_KEY.text, type: "hotp" },
      { serialNumber: "omar", key: RFC_KEY.text, type: "hotp", digits: 8, counter: 5 },
      { serialNumber: "ida", key: RFC_KEY.text },
      { serialNumber: "jon", key: ANOTHER, digits: 8, periodSeconds: 60 },
    ],
    skipped: [[6, "eva", "unsupported-algorithm"]],
  },
  {
    file: "python-pskc.tsv",
    format: "csv-named",
    seeds: [
      {
        serialNumber: "NLP00001",
        key: RFC_KEY.text,
        algorithm: "SHA256",
        digits: 8,
        periodSeconds: 60,
        driftSteps: -2,
        manufacturer: "Nordlicht Tokens",
        model: "DT-20",
      },
      {
        serialNumber: "NLP00002",
        key: ANOTHER,
        type: "hotp",
        counter: 19,
        manufacturer: "Nordlicht Tokens",
        model: "DT-20",
      },
    ],
  },
  {
    file: "named.csv",
    format: "csv-named",
    seeds: [
      { serialNumber: "0099900001", key: RFC_KEY.text, periodSeconds: 60 },
      { serialNumber: "0099900002", key: ANOTHER },
    ],
  },
  {
    file: "safenet.xml",
    format: "safenet-xml",
    seeds: [
      { serialNumber: "NLS00001", key: RFC_KEY.text, type: "hotp", counter: 7, model: "eToken PASS 6" },
      { serialNumber: "NLS00002", key: KEY_32, type: "hotp", algorithm: "SHA256" },
      // 48 digits of hex: 24 bytes, the hash of which is not SHA-192 but SHA-1.
      { serialNumber: "NLS00004", key: `${ANOTHER}\u00aa`, type: "hotp" },
    ],
    skipped: [
      [3, "NLS00003", "missing-secret"],
      [4, undefined, "missing-serial"],
    ],
  },
  {
    file: "deepnet.xml",
    format: "deepnet-xml",
    seeds: [
      {
        serialNumber: "NLD00001",
        key: KEY_32,
        algorithm: "SHA256",
        digits: 8,
        periodSeconds: 60,
        manufacturer: "Nordlicht Tokens",
      },
      { serialNumber: "NLD00002", key: RFC_KEY.text, manufacturer: "Nordlicht Tokens" },
    ],
    skipped: [[3, "NLD00003", "missing-secret"]],
  },
  {
    file: "safeword.dat",
    format: "safeword",
    seeds: [
      { serialNumber: "NLW00001", key: RFC_KEY.text, type: "hotp", model: "eToken-PASS-ES" },
      {
        serialNumber: "NLW00002",
        key: ANOTHER,
        algorithm: "SHA256",
        digits: 8,
        periodSeconds: 60,
        t0Seconds: Date.UTC(2000, 0, 1) / 1000,
        model: "eToken-PASS-TS",
      },
      { serialNumber: "NLW00004", key: RFC_KEY.text, type: "hotp" },
    ],
    skipped: [[15, "NLW00003", "unsupported-algorithm"]],
  },
  {
    file: "otpauth.txt",
    format: "otpauth",
    seeds: [
      {
        serialNumber: "NLU00001",
        key: RFC_KEY.text,
        algorithm: "SHA256",
        digits: 8,
        periodSeconds: 60,
        manufacturer: "Nordlicht Tokens",
      },
      { serialNumber: "NLU00002", key: ANOTHER, type: "hotp", counter: 5 },
    ],
    skipped: [
      [5, undefined, "bad-secret"],
      [6, "NLU00004", "unsupported-algorithm"],
      [7, undefined, "bad-uri"],
    ],
  },
];

/** A seed with what a test leaves untold. */
function told({ key, ...parts }: Told): unknown {
  return {
    type: "totp",
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    t0Seconds: 0,
    counter: 0,
    driftSteps: 0,
    ...parts,
    secret: Uint8Array.from(key, (character) => character.charCodeAt(0)),
  };
}

describe("every dialect", () => {
  it.each(DIALECTS)("$file is read as $format", async ({ file, format, seeds, skipped = [] }) => {
    const report = await readSeedFile(fixture(file));

    expect(report.format).toBe(format);
    expect(report.seeds).toEqual(seeds.map(told));
    expect(report.skipped.map(({ row, serialNumber, code }) => [row, serialNumber, code])).toEqual(skipped);
  });

  it.each(DIALECTS)("$file is read the same when its format is told", async ({ file, format }) => {
    expect(await readSeedFile(fixture(file), { format })).toEqual(await readSeedFile(fixture(file)));
  });

  it.each(DIALECTS)("$file is read the same with other line ends, a mark and as UTF-16", async ({ file }) => {
    const expected = await readSeedFile(fixture(file));
    const text = new TextDecoder().decode(fixture(file)).replaceAll("\r\n", "\n");
    const ends = ["\n", "\r\n", "\r"].map((end) => text.replaceAll("\n", end));
    for (const written of [...ends, `\uFEFF${text}`, `${text}\n\n`]) {
      expect(await readSeedFile(written)).toEqual(expected);
    }
    const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
    expect(await readSeedFile(Uint8Array.from(utf16))).toEqual(expected);
    expect(await readSeedFile(Uint8Array.from(utf16.swap16()))).toEqual(expected);
  });

  it.each(DIALECTS.filter(({ file }) => /csv$|tsv$/u.test(file)))(
    "$file is read the same by any delimiter, and with quotation marks",
    async ({ file }) => {
      const expected = await readSeedFile(fixture(file));
      const text = new TextDecoder().decode(fixture(file));
      const delimiter = [",", ";", "\t"].find((candidate) => text.includes(candidate)) ?? ",";
      for (const other of [",", ";", "\t", "|"]) {
        expect(await readSeedFile(text.replaceAll(delimiter, other))).toEqual(expected);
      }
      const quoted = text.replaceAll(/[^\r\n]+/gu, (line) =>
        line.startsWith("#")
          ? line
          : line
              .split(delimiter)
              .map((cell) => `"${cell.trim()}"`)
              .join(delimiter),
      );
      expect(await readSeedFile(quoted)).toEqual(expected);
    },
  );
});
