import { describe, expect, it } from "vitest";
import type { Seed } from "../../../src/otp/seed.ts";
import { exportPskc, readSeedFile } from "../../../src/seeds/index.ts";

/** Written for this test with another program: AES-192-CBC, key 000102…17, filler that is not PKCS#7. */
const AES_192 = `<KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc" xmlns:x="http://www.w3.org/2001/04/xmlenc#">
<KeyPackage><DeviceInfo><SerialNo>NL-192</SerialNo></DeviceInfo><Key Id="1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">
<Data><Secret><EncryptedValue><x:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes192-cbc"/><x:CipherData>
<x:CipherValue>Dw4NDAsKCQgHBgUEAwIBAMiqX3uwHZ3a+OKwwBQa8oYba+9AGgQOa/aPqB/z483z</x:CipherValue></x:CipherData></EncryptedValue></Secret></Data></Key></KeyPackage></KeyContainer>`;

const SEED: Seed = {
  serialNumber: "NL-1",
  type: "totp",
  secret: new TextEncoder().encode("12345678901234567890"),
  algorithm: "SHA1",
  digits: 6,
  periodSeconds: 30,
  t0Seconds: 0,
  counter: 0,
  driftSteps: 0,
};

describe("encrypted PSKC in a browser", () => {
  it("is exported and read back with the password", async () => {
    const file = await exportPskc([SEED], "correct horse");
    const { seeds, skipped } = await readSeedFile(file, { password: "correct horse" });
    expect(skipped).toEqual([]);
    expect(seeds).toEqual([SEED]);
  });

  it("is read with AES-192 and padding as XML Encryption has it, which Chromium's own AES refuses", async () => {
    const key = Uint8Array.from({ length: 24 }, (_, index) => index);
    const { seeds } = await readSeedFile(AES_192, { key });
    expect(seeds).toMatchObject([{ serialNumber: "NL-192", secret: SEED.secret }]);
    await expect(crypto.subtle.importKey("raw", key, "AES-CBC", false, ["decrypt"])).rejects.toThrow();
  });

  it("lets go at once when cancelled while the key is derived", async () => {
    const text = await (await exportPskc([SEED], "correct horse", { iterations: 1 })).text();
    const slow = text.replace(">1<", ">50000000<");
    const controller = new AbortController();
    const options = {
      password: "correct horse",
      maxPbkdf2Iterations: 50_000_000,
      signal: controller.signal,
    };
    setTimeout(() => controller.abort(new Error("enough")), 50);
    await expect(readSeedFile(slow, options)).rejects.toThrow("enough");
  });
});
