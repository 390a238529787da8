import { describe, expect, it } from "vitest";
import { pskcFile, pskcPackage, refusalOf } from "../files.ts";

const XENC = `xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"`;
const ENCRYPTED = `<EncryptedValue ${XENC}>
  <xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>
  <xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData>
</EncryptedValue>`;
const MAC = `<MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"/>`;

describe("encrypted PSKC", () => {
  it.each([
    [
      "a pre-shared key",
      `<EncryptionKey><ds:KeyName xmlns:ds="urn:ds">secret name</ds:KeyName></EncryptionKey>`,
    ],
    ["a password", `<EncryptionKey><DerivedKey/></EncryptionKey>`],
    ["a certificate", `<EncryptionKey><X509Data/></EncryptionKey>`],
  ])("is refused as a whole, naming %s, the cipher and the MAC", async (words, declaration) => {
    const refusal = await refusalOf(
      pskcFile(`${declaration}${MAC}${pskcPackage({ secret: ENCRYPTED })}${pskcPackage()}`),
    );
    expect(refusal.code).toBe("unsupported-encryption");
    expect(refusal.message).toContain(`(${words}, aes128-cbc, hmac-sha1)`);
    expect(refusal.message).not.toContain("secret name");
  });

  it.each([
    ["only a MAC is declared", pskcFile(MAC + pskcPackage()), "(hmac-sha1)"],
    ["only one secret is", pskcFile(pskcPackage() + pskcPackage({ secret: ENCRYPTED })), "(aes128-cbc)"],
    ["it is declared last", pskcFile(`${pskcPackage()}<EncryptionKey/>`), "is encrypted, and"],
    [
      "its cipher has no name",
      pskcFile(
        pskcPackage({ secret: "<EncryptedValue><EncryptionMethod Algorithm='#a b'/></EncryptedValue>" }),
      ),
      "is encrypted, and",
    ],
  ])("is refused when %s", async (_, text, words) => {
    const refusal = await refusalOf(text);
    expect(refusal.code).toBe("unsupported-encryption");
    expect(refusal.message).toContain(words);
  });
});
