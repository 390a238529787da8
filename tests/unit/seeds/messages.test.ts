import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSeedFile, type SeedFormat } from "../../../src/seeds/index.ts";
import {
  ENTRA_HEADER,
  entraFile,
  entraRow,
  fixture,
  pskcFile,
  pskcPackage,
  refusalOf,
  RFC_KEY,
  type PskcParts,
} from "./files.ts";

/** A secret that cannot be read, in each encoding: its parts must not come back in any message. */
const SECRET = "KRUGS4ZANFZSA5DIMUQHGZLDOJSXI";
const LEAKS = [SECRET, "JBSWY3DPEHPK3PXP", SECRET.slice(0, 8), SECRET.slice(-8), ...Object.values(RFC_KEY)];

const PSKC_PROBLEMS: readonly PskcParts[] = [
  { secret: `<PlainValue>${SECRET}!</PlainValue>` },
  { secret: "" },
  { algorithm: "ocra" },
  { algorithm: "pin" },
  { parameters: `<Suite>${SECRET}</Suite>` },
  { parameters: `<ResponseFormat Length="${SECRET}"/>` },
  { parameters: `<ResponseFormat Encoding="${SECRET}"/>` },
  { parameters: `<ResponseFormat CheckDigits="${SECRET}"/>` },
  { data: `<TimeInterval><PlainValue>${SECRET}</PlainValue></TimeInterval>` },
  { data: `<TimeDrift><PlainValue>${SECRET}</PlainValue></TimeDrift>` },
  { data: `<Time><PlainValue>${SECRET}</PlainValue></Time>` },
  { algorithm: "hotp", data: `<Counter><PlainValue>${SECRET}</PlainValue></Counter>` },
  { policy: `<Policy><${SECRET}/></Policy>` },
  { policy: `<Policy><StartDate>${SECRET}</StartDate></Policy>` },
];

const ENTRA_PROBLEMS = [
  entraRow("A", `${SECRET}8`),
  entraRow("A", `${SECRET}A`),
  entraRow("A", "ff0189"),
  entraRow("A", SECRET.repeat(40)),
  entraRow(SECRET, "12300001"),
  entraRow(SECRET, ""),
  entraRow("", SECRET),
  entraRow(RFC_KEY.base64, "12300001"),
  entraRow("JBSWY3DPEHPK3PXP", "BAD1"),
  `,${SECRET},12345678,soon,,`,
  entraRow("A", "GE"),
  entraRow("A\u202E", SECRET),
  entraRow("2.5E+12", SECRET),
  entraRow(SECRET.repeat(10), SECRET),
  `,A,${SECRET},soon,,`,
  `A,${SECRET},30,Maker,Model`,
  `Doe, Jane,A,${SECRET},30,Maker,Model`,
  `,"A,${SECRET},30,Maker,Model`,
];

const FILES: readonly [what: string, file: string | Uint8Array | Blob][] = [
  ["nothing", ""],
  ["UTF-16 of prose", Uint8Array.of(0xff, 0xfe, 0x41, 0x00)],
  ["UTF-32", Uint8Array.of(0xff, 0xfe, 0, 0)],
  ["damaged UTF-16", Uint8Array.of(0xff, 0xfe, 0x41, 0x00, 0x00, 0xd8)],
  ["Latin-1", Uint8Array.of(0x41, 0xe4)],
  ["a workbook", Uint8Array.of(0x50, 0x4b, 0x03, 0x04)],
  ["a picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47)],
  ["controls", `${SECRET}\0`],
  ["prose", SECRET],
  ["other XML", `<${SECRET}>${SECRET}</${SECRET}>`],
  ["half a header", `serial number,${SECRET}`],
  ["a name twice", `${ENTRA_HEADER},model`],
  ["no rows", ENTRA_HEADER],
  ["an open tag", `<KeyContainer><${SECRET}>${SECRET}`],
  ["text after the end", `<KeyContainer/>${SECRET}`],
  ["an entity", `<KeyContainer>&${SECRET};</KeyContainer>`],
  ["a document type", `<!DOCTYPE ${SECRET}><KeyContainer/>`],
  ["an instruction", `<?${SECRET} x?><KeyContainer/>`],
  ["an inclusion", `<KeyContainer xmlns:i="http://www.w3.org/2001/XInclude"><i:include/></KeyContainer>`],
  ["depth", `<KeyContainer>${"<a>".repeat(40)}`],
  ["no packages", pskcFile("")],
  ["encryption", pskcFile(`<EncryptionKey><KeyName>${SECRET}</KeyName></EncryptionKey>`)],
  ["an encrypted secret", pskcFile(pskcPackage({ secret: `<EncryptedValue>${SECRET}</EncryptedValue>` }))],
  ["an ambiguous secret", "S0000001,2234567abcdef2234567abcdef223456,totp"],
  ["two forms", `S0000001,${RFC_KEY.hex},totp\nS0000002,${RFC_KEY.base32},totp`],
  ["another table", `Model,Vendor,${SECRET}\nA,B,${SECRET}`],
  ["an encrypted Deepnet file", `<data><header><encrypt>AES256</encrypt></header></data>`],
  ["a Deepnet file without tokens", "<data/>"],
  ["a SafeNet file without tokens", "<Tokens/>"],
  ["a SafeWord file without records", "# SafeWord Authenticator Records"],
  ["size", { size: 200_000_001, slice: () => new Blob([`<${SECRET}>`]) } as unknown as Blob],
  ["blanks", `<Tokens>${" ".repeat(1_100_000)}`],
  ["a large comment", `<!-- ${SECRET.repeat(70_000)}`],
  ["blank lines", `${ENTRA_HEADER}${"\n".repeat(2_500_001)}`],
];

function judge(message: string): void {
  for (const leak of LEAKS) expect(message).not.toContain(leak);
  // Two sentences: what is wrong, and what to do.
  expect(message).toMatch(/^\p{Lu}.*\.$/u);
  expect(message.split(/[.!?] (?=\p{Lu})/u)).toHaveLength(2);
  expect(message).not.toMatch(/please|oops|invalid|undefined|null|NaN/iu);
}

/** Rows and lines of other formats, with a secret where it must not be told. */
const OTHER_PROBLEMS: readonly [format: SeedFormat, text: string][] = [
  ["csv-oath", `S0000001,${RFC_KEY.hex},totp\nS0000002,${SECRET}!,totp`],
  ["csv-oath", `S0000001,${RFC_KEY.hex},totp\nS0000002,${RFC_KEY.hex},${SECRET}`],
  ["csv-oath", `S0000001,${RFC_KEY.hex},totp\nS0000002,${RFC_KEY.hex},hotp,${SECRET}`],
  ["csv-oath", `S0000001,${RFC_KEY.hex},totp\nS0000002,${RFC_KEY.hex},hotp,6,${SECRET}`],
  ["csv-oath", `S0000001,${RFC_KEY.hex},totp\nS0000002,${RFC_KEY.hex},totp,6,30,${SECRET}`],
  ["csv-oath", `S0000001,${RFC_KEY.hex},totp\n${RFC_KEY.hex},S0000002,totp`],
  ["csv-named", `serial,key,drift\nA,${RFC_KEY.hex},${SECRET}`],
  ["csv-nexus", `A:${RFC_KEY.base64}:AA==\nB:${RFC_KEY.base64}:${SECRET}!`],
  ["csv-yubico", `1,,0,${RFC_KEY.hex}\n2,,${SECRET},${RFC_KEY.hex}`],
  ["pam-oath", `HOTP/${SECRET} lea - ${RFC_KEY.hex}`],
  ["pam-oath", `HOTP lea - ${SECRET}`],
  ["pam-oath", `HOTP ${RFC_KEY.hex} - ${SECRET}`],
  ["otpauth", `otpauth://totp/A?secret=${SECRET}8`],
  ["otpauth", `otpauth://totp/A?secret=${SECRET}&digits=${SECRET}`],
  ["otpauth", `otpauth://totp/${RFC_KEY.base32}?secret=${SECRET}&algorithm=${SECRET}`],
  ["otpauth", `otpauth://${SECRET}`],
  ["safeword", `# SafeWord Authenticator Records\nsccTokenData: sccKey=${SECRET};sccMode=${SECRET}`],
  ["safenet-xml", `<Tokens><Token serial="A"><${SECRET}/></Token></Tokens>`],
  [
    "deepnet-xml",
    `<data><header><encode>${SECRET}</encode></header><tokens><token><serial>A</serial></token></tokens></data>`,
  ],
];

describe("what is told of a bad file", () => {
  it.each(FILES)("I9 is kind and keeps the secret: %s", async (_, file) => {
    const refusal = await refusalOf(file);
    expect(refusal.name).toBe("SeedFileError");
    judge(refusal.message);
    for (const leak of LEAKS) expect(JSON.stringify(refusal.details)).not.toContain(leak);
  });

  it.each(ENTRA_PROBLEMS)("I9 is kind and keeps the secret: %s", async (row) => {
    const { skipped } = await readSeedFile(entraFile(row), { leastSecretBytes: 10 });
    expect(skipped).toHaveLength(1);
    for (const { message, serialNumber } of skipped) {
      judge(message);
      for (const leak of LEAKS) expect(serialNumber ?? "").not.toContain(leak);
    }
  });

  it.each(PSKC_PROBLEMS)("is kind and keeps the secret: %j", async (parts) => {
    const { skipped } = await readSeedFile(pskcFile(pskcPackage(parts)));
    expect(skipped).toHaveLength(1);
    for (const { message } of skipped) judge(message);
  });

  it.each(OTHER_PROBLEMS)("is kind and keeps the secret in %s: %s", async (format, text) => {
    const { skipped } = await readSeedFile(text, { format });
    expect(skipped).toHaveLength(1);
    for (const { message, serialNumber } of skipped) {
      judge(message);
      for (const leak of LEAKS) expect(serialNumber ?? "").not.toContain(leak);
    }
  });

  it("is kind in every row that is skipped of our own files, and of how their secrets are written", async () => {
    const reports = await Promise.all(
      readdirSync(new URL("../../fixtures/seeds/", import.meta.url)).map((name) =>
        readSeedFile(fixture(name)),
      ),
    );
    const messages = reports.flatMap(({ skipped }) => skipped.map(({ message }) => message));
    expect(messages.length).toBeGreaterThan(15);
    for (const message of messages) judge(message);
    for (const { secretEncoding } of reports) {
      if (secretEncoding) expect(secretEncoding.message).toMatch(/^The secret keys were read as .*\.$/u);
    }
  });
});
