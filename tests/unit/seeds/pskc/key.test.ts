import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { onlySkipped, pskcFile, pskcPackage, RFC_KEY, type PskcParts } from "../files.ts";

async function seedOf(parts: PskcParts) {
  const { seeds, skipped } = await readSeedFile(pskcFile(pskcPackage(parts)));
  expect(skipped).toEqual([]);
  return seeds[0];
}

function plain(name: string, value: string): string {
  return `<${name}><PlainValue>${value}</PlainValue></${name}>`;
}

describe("a PSKC key", () => {
  it.each([
    ["urn:ietf:params:xml:ns:keyprov:pskc:totp", "totp"],
    ["urn:ietf:params:xml:ns:keyprov:pskc:hotp", "hotp"],
    ["urn:ietf:params:xml:ns:keyprov:pskc#totp", "totp"],
    ["http://www.ietf.org/keyprov/pskc#hotp", "hotp"],
    ["HOTP", "hotp"],
    [" Totp ", "totp"],
  ])("of algorithm %s is %s", async (algorithm, type) => {
    expect(await seedOf({ algorithm })).toMatchObject({ type });
  });

  it.each([
    ["", "SHA1"],
    ["<Suite/>", "SHA1"],
    ["<Suite>HMAC-SHA1</Suite>", "SHA1"],
    ["<Suite> HMAC-SHA256 </Suite>", "SHA256"],
    ["<Suite>sha256</Suite>", "SHA256"],
    ["<Suite>HmacSHA512</Suite>", "SHA512"],
    ["<Suite>SHA-512</Suite>", "SHA512"],
    ["<Suite>http://www.w3.org/2001/04/xmldsig-more#hmac-sha256</Suite>", "SHA256"],
    [`<Suite hashalgo="sha256"/>`, "SHA256"],
  ])("with %j hashes with %s", async (parameters, algorithm) => {
    expect(await seedOf({ parameters })).toMatchObject({ algorithm });
  });

  it.each([
    [``, 6],
    [`<ResponseFormat/>`, 6],
    [`<ResponseFormat Length="6" CheckDigits="false"/>`, 6],
    [`<ResponseFormat Length="7" Encoding="decimal"/>`, 7],
    [`<ResponseFormat Length="8" Encoding="DECIMAL" CheckDigits="0"/>`, 8],
  ])("with %j shows %i digits", async (parameters, digits) => {
    expect(await seedOf({ parameters })).toMatchObject({ digits });
  });

  it("reads numbers with blanks around them", async () => {
    const data = `${plain("TimeInterval", " 60\n")}${plain("TimeDrift", "+3")}${plain("Time", " 0 ")}`;
    expect(await seedOf({ data })).toMatchObject({ periodSeconds: 60, driftSteps: 3, t0Seconds: 0 });
    expect(await seedOf({ algorithm: "hotp", data: plain("Counter", " 9007199254740991 ") })).toMatchObject({
      counter: Number.MAX_SAFE_INTEGER,
      periodSeconds: 30,
      driftSteps: 0,
    });
  });

  it.each([
    ["MA==", 0],
    ["MTIz", 123],
    ["KzE=", 1],
    ["AAAAAAAAAAc=", 7],
    ["AAAAHg==", 30],
    ["Hg==", 30],
    [" AB\n4= ", 30],
  ])("reads the number %j, digits or big-endian in base64, as %i", async (text, counter) => {
    expect(await seedOf({ algorithm: "hotp", data: plain("Counter", text) })).toMatchObject({ counter });
  });

  it("ignores the other kind's numbers", async () => {
    expect(await seedOf({ data: plain("Counter", "x") })).toMatchObject({ counter: 0 });
    expect(await seedOf({ algorithm: "hotp", data: plain("Time", "5") })).toMatchObject({ type: "hotp" });
  });

  it.each<[string, PskcParts]>([
    ["missing-secret", { secret: "" }],
    ["missing-secret", { secret: "<PlainValue> \n </PlainValue>" }],
    ["bad-secret", { secret: `<PlainValue>${RFC_KEY.base64}!</PlainValue>` }],
    ["bad-secret", { secret: `<PlainValue>${"A".repeat(344)}</PlainValue>` }],
    ["bad-serial", { device: `<SerialNo>1.23E+11</SerialNo>` }],
    ["bad-serial", { device: `<SerialNo>${"9".repeat(257)}</SerialNo>` }],
    ["unsupported-algorithm", { algorithm: "" }],
    ["unsupported-algorithm", { algorithm: "urn:ietf:params:xml:ns:keyprov:pskc:ocra" }],
    ["unsupported-algorithm", { algorithm: "urn:example:securid" }],
    ["unsupported-algorithm", { parameters: "<Suite>HMAC-SHA384</Suite>" }],
    ["unsupported-algorithm", { parameters: "<Suite>constructor</Suite>" }],
    ["unsupported-algorithm", { data: plain("Time", "946684800") }],
    ["unsupported-algorithm", { data: plain("Time", "2006-01-01") }],
    ["unsupported-digits", { parameters: `<ResponseFormat Length="5"/>` }],
    ["unsupported-digits", { parameters: `<ResponseFormat Length="10"/>` }],
    ["unsupported-encoding", { parameters: `<ResponseFormat Encoding="HEXADECIMAL"/>` }],
    ["unsupported-encoding", { parameters: `<ResponseFormat CheckDigits="true"/>` }],
    ["unsupported-encoding", { parameters: `<ResponseFormat CheckDigit="1"/>` }],
    ["bad-counter", { algorithm: "hotp", data: plain("Counter", "-1") }],
    ["bad-counter", { algorithm: "hotp", data: plain("Counter", "soon") }],
    ["bad-counter", { algorithm: "hotp", data: plain("Counter", "LTE=") }],
    ["bad-counter", { algorithm: "hotp", data: plain("Counter", "AQAAAAAAAAAA=") }],
    ["bad-counter", { algorithm: "hotp", data: plain("Counter", "9007199254740992") }],
    ["bad-interval", { data: plain("TimeInterval", "0") }],
    ["bad-interval", { data: plain("TimeInterval", "half a minute") }],
    ["bad-drift", { data: plain("TimeDrift", "1.5") }],
    ["bad-drift", { data: plain("TimeDrift", "2147483648") }],
    ["bad-drift", { data: plain("TimeDrift", "//8=") }],
  ])("is skipped for %s: %j", async (code, parts) => {
    const good = pskcPackage({ device: "<SerialNo>good</SerialNo>" });
    const { seeds, skipped } = await readSeedFile(pskcFile(good + pskcPackage(parts)));

    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["good"]);
    expect(skipped.map((row) => [row.row, row.code])).toEqual([[2, code]]);
  });

  it("with four bytes, as in figure 2 of RFC 6030, is read unless more are asked for", async () => {
    const text = pskcFile(pskcPackage({ secret: "<PlainValue>MTIzNA==</PlainValue>" }));
    expect((await readSeedFile(text)).seeds[0]?.secret).toHaveLength(4);
    expect(await onlySkipped(text, { leastSecretBytes: 10 })).toMatchObject({
      serialNumber: "NL-1",
      code: "bad-secret",
    });
  });

  it("without a secret is not named when its id may be one", async () => {
    const text = pskcPackage({ device: "", secret: "" }).replace('Id="k"', `Id="${RFC_KEY.base64}"`);
    const row = await onlySkipped(pskcFile(text));
    expect(row).toMatchObject({ row: 1, code: "missing-secret" });
    expect(JSON.stringify(row)).not.toContain(RFC_KEY.base64);
  });

  it("without a serial number or id is skipped", async () => {
    const row = await onlySkipped(pskcFile(pskcPackage({ device: "" }).replace('Id="k"', "")));
    expect(row).toMatchObject({ row: 1, code: "missing-serial" });
    expect(row).not.toHaveProperty("serialNumber");
  });
});
