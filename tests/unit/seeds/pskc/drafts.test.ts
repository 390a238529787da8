import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { refusalOf, RFC_KEY } from "../files.ts";
import { AES_KEY, encrypt, encryptedData, XENC } from "./encrypted-file.ts";

const WITH_KEY = { key: Uint8Array.from(AES_KEY) };

function digest(bytes: Buffer | string): string {
  return createHmac("sha1", AES_KEY).update(bytes).digest("base64");
}

/** The shape of draft-hoyer-keyprov-portable-symmetric-key-container, made up for this test. */
function draft(head: string, secret: string): string {
  return `<KeyContainer Version="1" xmlns="urn:ietf:params:xml:ns:keyprov:container:1.0" xmlns:xenc="${XENC}">${head}
    <Device>
      <DeviceId><Manufacturer>Nordlicht</Manufacturer><SerialNo>NL-9</SerialNo><Expiry>2030-01-01T00:00:00Z</Expiry></DeviceId>
      <Key KeyId="k9" KeyAlgorithm="http://www.ietf.org/keyprov/pskc#hotp">
        <Issuer>Issuer</Issuer>
        <Usage OTP="true" CR="false"><ResponseFormat Length="8" Format="DECIMAL"/></Usage>
        <Data Name="COUNTER"><Value>12</Value></Data>
        <Data Name="SECRET">${secret}</Data>
        <Data Name="COLOUR"><Value>blue</Value></Data>
      </Key>
    </Device></KeyContainer>`;
}

const EXPECTED = {
  serialNumber: "NL-9",
  type: "hotp",
  digits: 8,
  counter: 12,
  manufacturer: "Nordlicht",
  validUntilMs: Date.UTC(2030, 0, 1),
  secret: new TextEncoder().encode(RFC_KEY.text),
};

describe("drafts of PSKC", () => {
  it("are read plain, in the shape they had before RFC 6030", async () => {
    const { seeds, skipped } = await readSeedFile(draft("", `<Value>${RFC_KEY.base64}</Value>`));
    expect(skipped).toEqual([]);
    expect(seeds).toMatchObject([EXPECTED]);
  });

  it("are read in the shape of the first draft, a SecretContainer", async () => {
    const text = `<SecretContainer version="1.0" xmlns="http://www.openauthentication.org/OATH/2006/10/PSKC">
      <Device><DeviceId><SerialNo>7</SerialNo></DeviceId>
      <Secret SecretId="s" SecretAlgorithm="HOTP"><Usage otp="true"><ResponseFormat format="DECIMAL" length="6"/></Usage>
      <Data Name="SECRET"><Value>${RFC_KEY.base64}</Value></Data><Data Name="COUNTER"><Value>AAAAAAAAAAA=</Value></Data></Secret></Device>
      </SecretContainer>`;
    const { seeds, skipped } = await readSeedFile(text);
    expect(skipped).toEqual([]);
    expect(seeds).toMatchObject([{ serialNumber: "7", type: "hotp", digits: 6, counter: 0 }]);
  });

  it.each([
    ["over the encrypted value", (value: Buffer) => digest(value)],
    ["over the plain one", () => digest(RFC_KEY.text)],
  ])("are read encrypted, with a digest %s", async (_, digestOf) => {
    const value = encrypt(Buffer.from(RFC_KEY.text));
    const secret = `<EncryptedValue>${encryptedData(value)}</EncryptedValue><ValueDigest>${digestOf(value)}</ValueDigest>`;
    const head = `<DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"/>`;
    const { seeds } = await readSeedFile(draft(head, secret), WITH_KEY);
    expect(seeds).toMatchObject([EXPECTED]);
  });

  it("are read with algorithm and IV named once, and the bare value encrypted", async () => {
    const value = encrypt(Buffer.from(RFC_KEY.text));
    const [iv, body] = [value.subarray(0, 16), value.subarray(16)];
    const head = `<EncryptionMethod Algorithm="${XENC}aes128-cbc"><IV>${iv.toString("base64")}</IV></EncryptionMethod>
      <MACAlgorithm>HMAC-SHA-1</MACAlgorithm>`;
    const secret = `<Value>${body.toString("base64")}</Value><ValueMAC>${digest(body)}</ValueMAC>`;
    const { seeds } = await readSeedFile(draft(head, secret), WITH_KEY);
    expect(seeds).toMatchObject([EXPECTED]);
  });

  it("are read with a password, named as PBE-AES128-CBC", async () => {
    const { pbkdf2Sync } = await import("node:crypto");
    const salt = Buffer.from("a draft's salt");
    const key = pbkdf2Sync("open sesame", salt, 249, 16, "sha1");
    const value = encrypt(Buffer.from(RFC_KEY.text), { key });
    const mac = createHmac("sha1", key).update(value).digest("base64");
    const head = `<EncryptionMethod Algorithm="PBE-AES128-CBC"><PBESalt>${salt.toString("base64")}</PBESalt>
      <PBEIterationCount>249</PBEIterationCount></EncryptionMethod><DigestMethod Algorithm="HMAC-SHA1"/>`;
    const secret = `<Value>${value.toString("base64")}</Value><ValueMAC>${mac}</ValueMAC>`;
    const { seeds } = await readSeedFile(draft(head, secret), { password: "open sesame" });
    expect(seeds).toMatchObject([EXPECTED]);
  });

  it("name the encryption that cannot be read", async () => {
    const head = `<EncryptionMethod Algorithm="PBE-3DES112-CBC"><PBESalt>AAAA</PBESalt></EncryptionMethod><DigestMethod Algorithm="HMAC-SHA1"/>`;
    const refusal = await refusalOf(draft(head, "<Value>AAAA</Value><ValueDigest>AAAA</ValueDigest>"));
    expect(refusal).toMatchObject({
      code: "unsupported-encryption",
      details: { algorithm: "pbe-3des112-cbc" },
    });
  });

  it("are refused when a digest over the plain value does not match", async () => {
    const value = encrypt(Buffer.from(RFC_KEY.text));
    const secret = `<EncryptedValue>${encryptedData(value)}</EncryptedValue><ValueDigest>${digest("other")}</ValueDigest>`;
    const head = `<DigestMethod Algorithm="HMAC-SHA1"/>`;
    expect((await refusalOf(draft(head, secret), WITH_KEY)).code).toBe("wrong-key");
  });

  it("obey what Usage does not allow", async () => {
    const text = draft("", `<Value>${RFC_KEY.base64}</Value>`).replace(`OTP="true" CR="false"`, `CR="true"`);
    expect((await readSeedFile(text)).skipped).toMatchObject([
      { serialNumber: "NL-9", code: "unsupported-policy" },
    ]);
  });
});
