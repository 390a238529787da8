import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { pskcPackage, refusalOf, RFC_KEY } from "../files.ts";
import { AES_KEY, derivedKey, encryptedData, encryptedFile, PRE_SHARED } from "./encrypted-file.ts";

const SHA1 = "http://www.w3.org/2000/09/xmldsig#hmac-sha1";

function file(
  declaration: string,
  values: { readonly macKey: string; readonly secret: string; readonly mac: string },
) {
  return encryptedFile(
    `${declaration}<MACMethod Algorithm="${SHA1}"><MACKey>${encryptedData(values.macKey)}</MACKey></MACMethod>${pskcPackage(
      {
        device: "<Manufacturer>TokenVendorAcme</Manufacturer><SerialNo>987654321</SerialNo>",
        algorithm: "urn:ietf:params:xml:ns:keyprov:pskc:hotp",
        parameters: `<ResponseFormat Length="8" Encoding="DECIMAL"/>`,
        secret: `<EncryptedValue>${encryptedData(values.secret)}</EncryptedValue><ValueMAC>${values.mac}</ValueMAC>`,
        data: "<Counter><PlainValue>0</PlainValue></Counter>",
      },
    )}`,
  );
}

/** The values of the RFC's figures. */
const FIGURE_6 = file(PRE_SHARED, {
  macKey: "ESIzRFVmd4iZABEiM0RVZgKn6WjLaTC1sbeBMSvIhRejN9vJa2BOlSaMrR7I5wSX",
  secret: "AAECAwQFBgcICQoLDA0OD+cIHItlB3Wra1DUpxVvOx2lef1VmNPCMl8jwZqIUqGv",
  mac: "Su+NvtQfmvfJzF6bmQiJqoLRExc=",
});
const FIGURE_7 = file(derivedKey(), {
  macKey: "2GTTnLwM3I4e5IO5FkufoOEiOhNj91fhKRQBtBJYluUDsPOLTfUvoU2dStyOwYZx",
  secret: "oTvo+S22nsmS2Z/RtcoF8Hfh+jzMe0RkiafpoDpnoZTjPYZu6V+A4aEn032yCr4f",
  mac: "LP6xMvjtypbfT9PdkJhBZ+D6O4w=",
});

describe("the encrypted figures of RFC 6030", () => {
  it.each([
    ["6, with a pre-shared key", FIGURE_6, { key: Uint8Array.from(AES_KEY) }],
    ["7, with a password", FIGURE_7, { password: "qwerty" }],
  ])("%s", async (_, text, options) => {
    const { seeds, skipped } = await readSeedFile(text, options);

    expect(skipped).toEqual([]);
    expect(seeds).toMatchObject([{ serialNumber: "987654321", type: "hotp", digits: 8, counter: 0 }]);
    expect(seeds[0]?.secret).toEqual(new TextEncoder().encode(RFC_KEY.text));
    expect(seeds[0]?.manufacturer).toBe("TokenVendorAcme");
  });

  it("8, with a certificate, is named as what it is", async () => {
    const text = encryptedFile(
      `<EncryptionKey><ds:X509Data/></EncryptionKey>${pskcPackage({
        secret: `<EncryptedValue>${encryptedData("AAAA", "rsa_1_5")}</EncryptedValue>`,
      })}`,
    );
    const refusal = await refusalOf(text, { key: Uint8Array.from(AES_KEY) });
    expect(refusal).toMatchObject({ code: "unsupported-encryption", details: { algorithm: "rsa_1_5" } });
    expect(refusal.message).toContain("rsa_1_5");
  });

  it.each([
    [FIGURE_6, "key"],
    [FIGURE_7, "password"],
  ])("say what they need", async (text, needs) => {
    expect(await refusalOf(text)).toMatchObject({ code: "key-required", details: { needs } });
  });
});
