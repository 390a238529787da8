import { describe, expect, it } from "vitest";
import { readSeedFile, type SeedFormat } from "../../../src/seeds/index.ts";
import { onlySkipped, refusalOf, RFC_KEY } from "./files.ts";

const URI = `otpauth://totp/A?secret=${RFC_KEY.base32}`;
const SAFEWORD = "# ===== SafeWord Authenticator Records $Version: 100$ =====";

async function codesOf(file: string, format: SeedFormat) {
  const { skipped } = await readSeedFile(file, { format });
  return skipped.map(({ code }) => code);
}

describe("rows of serial number and key alone", () => {
  const key = "12345678901234567890123456789012";
  const text = `S0000001,${Buffer.from(key).toString("hex")}\n`;

  it("are Duo's, with SHA-1, unless privacyIDEA's are asked for, where the key's length tells the hash", async () => {
    const duo = await readSeedFile(text);
    expect([duo.format, duo.seeds[0]?.algorithm]).toEqual(["csv-serial-key", "SHA1"]);
    const oath = await readSeedFile(text, { format: "csv-oath" });
    expect([oath.format, oath.seeds[0]?.algorithm]).toEqual(["csv-oath", "SHA256"]);
  });
});

describe("otpauth URIs", () => {
  it.each([
    ["bad-uri", "otpauth://totp/A"],
    ["bad-uri", "https://example.org/?secret=A"],
    ["bad-uri", `otpauth://totp/%E0%A4%A?secret=${RFC_KEY.base32}`],
    ["bad-uri", `${URI}&x=${"y".repeat(9000)}`],
    ["bad-uri", "otpauth-migration://offline?data=AAAA"],
    ["bad-secret", "otpauth://totp/A?issuer=B"],
    ["bad-secret", "otpauth://totp/A?secret=GEZDGNBV0"],
    ["bad-interval", `${URI}&period=0`],
    ["bad-interval", `${URI}&period=99999999999`],
    ["bad-counter", `otpauth://hotp/A?secret=${RFC_KEY.base32}`],
    ["bad-counter", `otpauth://hotp/A?secret=${RFC_KEY.base32}&counter=-1`],
    ["unsupported-digits", `${URI}&digits=9`],
    ["unsupported-digits", `${URI}&digits=six`],
    ["unsupported-algorithm", `${URI}&algorithm=SHA224`],
    ["unsupported-algorithm", `${URI}&algorithm=MD5`],
    ["bad-serial", `otpauth://totp/A%0AB?secret=${RFC_KEY.base32}`],
    ["missing-serial", `otpauth://totp/%20?secret=${RFC_KEY.base32}`],
  ])("skips for %s: %s", async (code, line) => {
    const { seeds, skipped } = await readSeedFile(`${URI}\n${line}\n`, { format: "otpauth" });
    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["A"]);
    expect(skipped.map((row) => [row.row, row.code])).toEqual([[2, code]]);
  });

  it("takes the issuer from the label or the parameter, and blanks, case and padding as they come", async () => {
    const lines = [
      `otpauth://totp/Maker:A?secret=${RFC_KEY.base32}`,
      `otpauth://totp/Maker%3A%20B?secret=${RFC_KEY.base32.toLowerCase()}`,
      `OTPAUTH://TOTP/C?secret=MFXG65DIMVZCA43IMFZGKZBAONSWG4TFOQ%3D%3D%3D%3D%3D%3D&issuer=Maker`,
      `  otpauth://totp/Maker:D?issuer=Other&secret=${RFC_KEY.base32}  `,
    ];
    const { seeds } = await readSeedFile(lines.join("\n"));
    expect(seeds.map(({ serialNumber, manufacturer }) => [serialNumber, manufacturer])).toEqual([
      ["A", "Maker"],
      ["B", "Maker"],
      ["C", "Maker"],
      ["D", "Other"],
    ]);
  });

  it("keeps the first of two with one name, and refuses short secrets when told to", async () => {
    expect(await onlySkipped(`${URI}\n${URI}&period=60\n`)).toMatchObject({
      row: 2,
      code: "duplicate-serial",
    });
    const short = await onlySkipped("otpauth://totp/A?secret=GEZDGNBV\n", { leastSecretBytes: 10 });
    expect(short).toMatchObject({ serialNumber: "A", code: "bad-secret" });
  });

  it("says when there is none", async () => {
    expect((await refusalOf("# nothing\n", { format: "otpauth" })).code).toBe("empty-file");
  });
});

describe("pam_oath's users file", () => {
  it.each([
    ["unsupported-algorithm", `HOTP/T30/6/1 lea - ${RFC_KEY.hex}`],
    ["unsupported-digits", `HOTP/E/9 lea - ${RFC_KEY.hex}`],
    ["bad-interval", `HOTP/T0 lea - ${RFC_KEY.hex}`],
    ["bad-counter", `HOTP lea - ${RFC_KEY.hex} many`],
    ["bad-secret", "HOTP lea - 313"],
    ["missing-secret", "HOTP lea -"],
    ["missing-serial", "HOTP"],
    ["missing-serial", `HOTP ${"x".repeat(9000)}`],
  ])("skips for %s: %s", async (code, line) => {
    expect(await codesOf(`${line}\n`, "pam-oath")).toEqual([code]);
  });

  it("says when there is no line", async () => {
    expect((await refusalOf("# HOTP\n", { format: "pam-oath" })).code).toBe("empty-file");
  });
});

describe("SafeWord", () => {
  it.each([
    ["missing-serial", `sccTokenData: sccKey=${RFC_KEY.hex};sccMode=E;`],
    ["missing-secret", "sccAuthenticatorId: A\nsccTokenData: sccMode=E;"],
    ["bad-secret", "sccAuthenticatorId: A\nsccTokenData: sccKey=xyz;sccMode=E;"],
    ["unsupported-algorithm", `sccAuthenticatorId: A\nsccTokenData: sccKey=${RFC_KEY.hex};`],
    ["unsupported-algorithm", "sccAuthenticatorId: A"],
    [
      "unsupported-algorithm",
      `sccAuthenticatorId: A\nsccTokenData: sccKey=${RFC_KEY.hex};sccMode=T;crypto=HmacMD5`,
    ],
    ["unsupported-digits", `sccAuthenticatorId: A\nsccTokenData: sccKey=${RFC_KEY.hex};sccMode=E;sccPwLen=4`],
    ["bad-interval", `sccAuthenticatorId: A\nsccTokenData: sccKey=${RFC_KEY.hex};sccMode=T;sccTick=x`],
  ])("skips for %s: %s", async (code, record) => {
    expect(await codesOf(`${SAFEWORD}\n${record}\n`, "safeword")).toEqual([code]);
  });

  it("says when there is no record, and takes records that are separated by several blank lines", async () => {
    expect((await refusalOf(`${SAFEWORD}\n\nobjectclass: x\n`)).code).toBe("empty-file");
    const record = (name: string) =>
      `sccAuthenticatorId: ${name}\nsccTokenData: sccKey=${RFC_KEY.hex};sccMode=E;\n`;
    const { seeds } = await readSeedFile(`${SAFEWORD}\n${record("A")}\n\n\n${record("B")}`);
    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["A", "B"]);
  });
});

describe("SafeNet and Deepnet XML", () => {
  const token = (name: string, more = "") =>
    `<token><serial>${name}</serial><seed>${RFC_KEY.hex}</seed>${more}</token>`;
  const deepnet = (header: string, tokens = token("A")) =>
    `<data><header>${header}</header><tokens>${tokens}</tokens></data>`;

  it("refuses an encrypted file, naming how", async () => {
    const refusal = await refusalOf(deepnet("<encrypt>AES256</encrypt>"));
    expect(refusal).toMatchObject({ code: "unsupported-encryption", details: { algorithm: "AES256" } });
  });

  it.each([
    ["unsupported-encoding", deepnet("<encode>UU</encode>")],
    ["unsupported-algorithm", deepnet("<crypto>HmacMD5</crypto>")],
    ["unsupported-digits", deepnet("<digits>4</digits>")],
    ["bad-interval", deepnet("<timeWindow>0</timeWindow>")],
    ["bad-secret", deepnet("<encode>BASE32</encode>")],
  ])("skips for %s: %s", async (code, file) => {
    expect((await onlySkipped(file)).code).toBe(code);
  });

  it("reads seeds in the header's encoding", async () => {
    const seed = (text: string) => `<token><serial>A</serial><seed>${text}</seed></token>`;
    for (const [encode, text] of [
      ["BASE64", RFC_KEY.base64],
      ["base32", RFC_KEY.base32],
      ["Hex", RFC_KEY.hex],
    ] as const) {
      const { seeds } = await readSeedFile(deepnet(`<encode>${encode}</encode>`, seed(text)));
      expect(new TextDecoder().decode(seeds[0]?.secret)).toBe(RFC_KEY.text);
    }
  });

  it("reads thousands of tokens of one element", async () => {
    const tokens = Array.from({ length: 20_000 }, (_, index) => `\n    ${token(`S${index}`)}`).join("");
    expect((await readSeedFile(deepnet("", tokens))).seeds).toHaveLength(20_000);
  });

  it.each([
    ["deepnet-xml", "<data/>", "empty-file"],
    ["safenet-xml", "<Tokens/>", "empty-file"],
    ["deepnet-xml", "<Tokens/>", "unknown-format"],
    ["safenet-xml", "<data/>", "unknown-format"],
    ["safenet-xml", "<!DOCTYPE Tokens><Tokens/>", "doctype-refused"],
    ["deepnet-xml", "<data><tokens>", "malformed"],
  ] as const)("%s of %s is refused as %s", async (format, file, code) => {
    expect((await refusalOf(file, { format })).code).toBe(code);
  });

  it.each([
    ["bad-counter", `<Seed>${RFC_KEY.hex}</Seed><MovingFactor>x</MovingFactor>`],
    ["bad-secret", "<Seed>abc</Seed>"],
  ])("skips for %s: %s", async (code, inside) => {
    const file = `<Tokens><Token serial="A"><Applications><Application>${inside}</Application></Applications></Token></Tokens>`;
    expect((await onlySkipped(file)).code).toBe(code);
  });
});

describe("rows out of the shape of their dialect", () => {
  const good = `S0000001,${RFC_KEY.hex},totp,6,30\n`;

  it.each([
    ["csv-oath", good, "S0000002", "too-few-columns"],
    ["csv-oath", good, `S0000002,${RFC_KEY.hex},totp,6,30,sha1,,x`, "too-many-columns"],
    ["csv-oath", good, `S0000002,"${RFC_KEY.hex},totp,6,30`, "too-few-columns"],
    ["csv-oath", good, `S0000002,${RFC_KEY.hex},totp,6,0`, "bad-interval"],
    ["csv-oath", good, `S0000002,${RFC_KEY.hex},hotp,6,-1`, "bad-counter"],
    ["csv-oath", good, `S0000002,${RFC_KEY.hex},totp,5`, "unsupported-digits"],
    ["csv-oath", good, `S0000002,${RFC_KEY.hex}${RFC_KEY.hex.slice(0, 16)},totp`, "unsupported-algorithm"],
    ["csv-oath", good, good.trim(), "duplicate-serial"],
    ["csv-serial-key", `A,${RFC_KEY.hex}\n`, "B", "too-few-columns"],
    ["csv-serial-key", `A,${RFC_KEY.hex}\n`, `B,${RFC_KEY.hex},1,2`, "too-many-columns"],
    ["csv-multiotp", `A;M;TOTP;${RFC_KEY.hex};6;30\n`, "B;M;TOTP", "too-few-columns"],
    ["csv-multiotp", `A;M;TOTP;${RFC_KEY.hex};6;30\n`, `B;M;TOTP;${RFC_KEY.hex};6;30;9`, "too-many-columns"],
    ["csv-nexus", `A:${RFC_KEY.base64}:AA==\n`, "B", "too-few-columns"],
    ["csv-nexus", `A:${RFC_KEY.base64}:AA==\n`, `B:${RFC_KEY.base64}:AA==:x`, "too-many-columns"],
    ["csv-nexus", `A:${RFC_KEY.base64}:AA==\n`, `B:${RFC_KEY.base64}:A!`, "bad-counter"],
    ["csv-nexus", `A:${RFC_KEY.base64}:AA==\n`, `B:${RFC_KEY.base64}:////////////`, "bad-counter"],
    ["csv-yubico", `1,,0,${RFC_KEY.hex},,,\n`, "2,,0", "too-few-columns"],
    ["csv-yubico-log", `OATH-HOTP,d,1,cb,,${RFC_KEY.hex}\n`, "OATH-HOTP,d,1", "too-few-columns"],
    [
      "csv-yubico-log",
      `OATH-HOTP,d,1,cb,,${RFC_KEY.hex}\n`,
      `OATH-HOTP,d,1,cd,,${RFC_KEY.hex},,,0,0,0,4`,
      "unsupported-digits",
    ],
    ["csv-named", `serial,key,drift\nA,${RFC_KEY.hex},0\n`, `B,${RFC_KEY.hex},x`, "bad-drift"],
  ] as const)("%s after %s skips %s for %s", async (format, first, row, code) => {
    const { seeds, skipped, ...report } = await readSeedFile(`${first}${row}\n`);
    expect(report.format).toBe(format);
    expect(seeds).toHaveLength(1);
    expect(skipped.map((entry) => entry.code)).toEqual([code]);
  });

  it.each([
    "csv-oath",
    "csv-privacyidea",
    "csv-nexus",
    "csv-yubico",
    "csv-yubico-log",
    "csv-named",
    "csv-entra",
    "csv-columns",
  ] as const)("%s asked for, and nothing of it found", async (format) => {
    const refusal = await refusalOf("Dear customer,\nyour tokens were sent today.\n", { format });
    expect(refusal).toMatchObject({ name: "SeedFileError", code: "malformed", details: {} });
  });

  it("tells the columns of a table that lacks one, so that they can be named", async () => {
    const file = "Serial Number;model;Geheim\nA1;One;GEZDGNBVGY3TQOJQ\nA2;One;GEZDGNBVGY3TQOJQ\n";
    expect(await refusalOf(file, {})).toMatchObject({
      code: "malformed",
      details: { needs: "columns", columnCount: 3, columnNames: ["Serial Number", "model", "Geheim"] },
    });
  });
});
