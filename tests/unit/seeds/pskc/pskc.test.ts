import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { fixture, onlySkipped, pskcFile, pskcPackage, refusalOf, RFC_KEY } from "../files.ts";

function bulkPackage(id: string, serialNumber: string, month: string): string {
  return pskcPackage({
    algorithm: "urn:ietf:params:xml:ns:keyprov:pskc:hotp",
    device: `<Manufacturer>Acme</Manufacturer><SerialNo>${serialNumber}</SerialNo>`,
    parameters: `<ResponseFormat Length="8" Encoding="DECIMAL"/>`,
    data: "<Counter><PlainValue>0</PlainValue></Counter>",
    policy: `<Policy><StartDate>2006-${month}-01T00:00:00Z</StartDate></Policy>`,
  }).replace('Id="k"', `Id="${id}"`);
}

describe("PSKC", () => {
  it("reads TOTP and HOTP keys with everything a seed holds", async () => {
    const { seeds, skipped } = await readSeedFile(fixture("pskc-plain.xml"));

    expect(skipped).toEqual([]);
    expect(seeds[0]).toEqual({
      serialNumber: "0045600001",
      type: "totp",
      secret: new TextEncoder().encode(RFC_KEY.text),
      algorithm: "SHA1",
      digits: 8,
      periodSeconds: 30,
      t0Seconds: 0,
      counter: 0,
      driftSteps: -4,
      manufacturer: "Nordlicht Tokens",
      model: "DT-20",
      validFromMs: Date.UTC(2026, 0, 1),
      validUntilMs: Date.UTC(2031, 11, 31, 22, 59, 59),
    });
    expect(seeds.map((seed) => [seed.type, seed.algorithm, seed.secret.length])).toEqual([
      ["totp", "SHA1", 20],
      ["totp", "SHA256", 32],
      ["totp", "SHA512", 64],
      ["hotp", "SHA1", 20],
    ]);
    expect(seeds[2]?.periodSeconds).toBe(60);
    expect(seeds[3]).toMatchObject({ counter: 7, digits: 6 });
  });

  it("reads another namespace and prefix, and leaves extensions alone", async () => {
    const { seeds, skipped } = await readSeedFile(fixture("pskc-prefixed-draft.xml"));

    expect(skipped).toEqual([]);
    expect(seeds.map(({ serialNumber, type }) => [serialNumber, type])).toEqual([
      ["NL-0042", "totp"],
      ["bare", "hotp"],
    ]);
    expect(seeds[0]?.secret).toEqual(new TextEncoder().encode(RFC_KEY.text));
  });

  it("reads a file without any namespace, and passes over what is not PSKC's", async () => {
    const foreign = `<x:KeyPackage xmlns:x="urn:example">${pskcPackage()}</x:KeyPackage><Signature/>`;
    const { seeds } = await readSeedFile(`<KeyContainer>${foreign}${pskcPackage()}</KeyContainer>`);
    expect(seeds).toHaveLength(1);
  });

  it("reads an RFC 6030 figure 2: an id, a short secret and nothing else", async () => {
    const { seeds } = await readSeedFile(
      pskcFile(`<KeyPackage><Key Id="12345678" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:hotp">
        <Issuer>Issuer-A</Issuer><Data><Secret><PlainValue>MTIzNA==
        </PlainValue></Secret></Data></Key></KeyPackage>`),
    );
    expect(seeds).toMatchObject([{ serialNumber: "12345678", type: "hotp", counter: 0, digits: 6 }]);
    expect(seeds[0]?.secret).toEqual(new TextEncoder().encode("1234"));
  });

  it("keeps the first of two keys of one device, as in RFC 6030 figure 10", async () => {
    const { seeds, skipped } = await readSeedFile(
      pskcFile(
        [
          bulkPackage("1", "654321", "05"),
          bulkPackage("2", "123456", "05"),
          bulkPackage("3", "9999999", "03"),
          bulkPackage("4", "9999999", "04"),
        ].join(""),
      ),
    );
    expect(seeds.map(({ serialNumber, validFromMs }) => [serialNumber, validFromMs])).toEqual([
      ["654321", Date.UTC(2006, 4, 1)],
      ["123456", Date.UTC(2006, 4, 1)],
      ["9999999", Date.UTC(2006, 2, 1)],
    ]);
    expect(skipped).toMatchObject([{ row: 4, serialNumber: "9999999", code: "duplicate-serial" }]);
    expect(skipped[0]?.message).toContain("row 3");
  });

  it("reads the token and skips the PIN of RFC 6030 figure 5", async () => {
    const { seeds, skipped } = await readSeedFile(
      pskcFile(
        pskcPackage({
          policy: `<Policy><PINPolicy PINKeyId="2" PINUsageMode="Local"/><KeyUsage>OTP</KeyUsage></Policy>`,
        }) + pskcPackage({ algorithm: "urn:ietf:params:xml:ns:keyprov:pskc:pin" }),
      ),
    );
    expect(seeds).toHaveLength(1);
    expect(skipped).toMatchObject([{ row: 2, serialNumber: "NL-1", code: "unsupported-algorithm" }]);
    expect(skipped[0]?.message).toContain("PIN");
  });

  it("counts the keys of a package one by one, and a package without a key as one", async () => {
    const { seeds, skipped } = await readSeedFile(
      pskcFile(
        `<KeyPackage/>${pskcPackage()}${pskcPackage({ device: "" })}<KeyPackage><Key Id="c"/><Key/></KeyPackage>`,
      ),
    );
    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["NL-1", "k"]);
    expect(skipped.map(({ row, code }) => [row, code])).toEqual([
      [1, "missing-secret"],
      [4, "unsupported-algorithm"],
      [5, "missing-serial"],
    ]);
  });

  it.each([
    ["no key package", pskcFile("")],
    ["nothing but an extension", pskcFile("<Extensions/><Signature/>")],
  ])("says when there is %s", async (_, text) => {
    expect((await refusalOf(text)).code).toBe("empty-file");
  });

  it("calls a container that ends early malformed, and keeps none of its keys", async () => {
    const refusal = await refusalOf(pskcFile(pskcPackage()).replace("</KeyContainer>", ""));
    expect(refusal.code).toBe("malformed");
    expect(refusal.message).toMatch(/line \d+, column \d+/u);
  });

  it("never takes a key whose secret is derived elsewhere, as in RFC 6030 figure 4", async () => {
    const row = await onlySkipped(pskcFile(pskcPackage().replace(/<Secret>.*<\/Secret>/u, "")));
    expect(row).toMatchObject({ row: 1, serialNumber: "NL-1", code: "missing-secret" });
  });
});
