import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import type { ReadSeedFileOptions } from "../../../../src/seeds/report.ts";
import { onlySkipped, pskcPackage, refusalOf, RFC_KEY } from "../files.ts";
import {
  AES_KEY,
  encryptedData,
  encryptedFile,
  HMAC_URIS,
  MAC_KEY,
  macMethod,
  PRE_SHARED,
  sealed,
  type HmacHash,
  type Recipe,
} from "./encrypted-file.ts";

const SECRET = RFC_KEY.text;
const KEY_24 = Buffer.from(Array.from({ length: 24 }, (_, index) => index));
const KEY_32 = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index));
const WITH_KEY: ReadSeedFileOptions = { key: Uint8Array.from(AES_KEY) };

/** A file of one key, its secret encrypted. */
function fileOf(recipe: Recipe = {}, plain: Buffer | string = SECRET): string {
  return encryptedFile(PRE_SHARED + macMethod(recipe) + pskcPackage({ secret: sealed(plain, recipe) }));
}

async function secretOf(text: string, options: ReadSeedFileOptions = WITH_KEY): Promise<string> {
  const { seeds, skipped } = await readSeedFile(text, options);
  expect(skipped).toEqual([]);
  expect(seeds).toHaveLength(1);
  return Buffer.from(seeds[0]?.secret ?? []).toString();
}

function flipped(key: Buffer): Uint8Array<ArrayBuffer> {
  const other = Uint8Array.from(key);
  other[0] = (other[0] ?? 0) ^ 1;
  return other;
}

describe("PSKC encrypted with a pre-shared key", () => {
  it.each<[string, Buffer]>([
    ["aes128-cbc", AES_KEY],
    ["aes192-cbc", KEY_24],
    ["aes256-cbc", KEY_32],
    ["kw-aes128", AES_KEY],
    ["kw-aes192", KEY_24],
    ["kw-aes256", KEY_32],
    ["http://www.w3.org/2009/xmlenc11#kw-aes-128-pad", AES_KEY],
    ["http://www.w3.org/2009/xmlenc11#kw-aes-192-pad", KEY_24],
    ["http://www.w3.org/2009/xmlenc11#kw-aes-256-pad", KEY_32],
  ])("with %s is read, with a MAC and without", async (cipher, key) => {
    const name = cipher.slice(cipher.indexOf("#") + 1);
    const options = { key: Uint8Array.from(key) };
    // RFC 3394 wraps multiples of eight bytes only.
    const plain = "1234567890123456";
    const macKey = MAC_KEY.subarray(0, 16);
    for (const mac of ["sha256", null] as const) {
      const text = fileOf({ key, cipher: name, mac, macKey }, plain).replaceAll(
        `xmlenc#${name}`,
        cipher.includes("#") ? `xmlenc11#${name}` : `xmlenc#${name}`,
      );
      expect(await secretOf(text, options)).toBe(plain);
      const wrong = await refusalOf(text, { key: flipped(key) });
      expect(wrong.code).toBe("wrong-key");
    }
  });

  it.each(Object.keys(HMAC_URIS) as HmacHash[])(
    "I10 with HMAC-%s is read, and refused when changed",
    async (mac) => {
      const text = fileOf({ mac });
      expect(await secretOf(text)).toBe(SECRET);
      const changed = text.replace(
        /<ValueMAC>(.)/u,
        (_, first: string) => `<ValueMAC>${first === "A" ? "B" : "A"}`,
      );
      expect((await refusalOf(changed, WITH_KEY)).code).toBe("mac-mismatch");
    },
  );

  it.each(["HMAC-SHA-1", "hmac-sha1", "urn:example:hmac-sha1"])("knows the MAC by %s", async (name) => {
    expect(await secretOf(fileOf().replace(HMAC_URIS.sha1, name))).toBe(SECRET);
  });

  it.each([0, 255, 7])("is read whatever fills the padding of XML Encryption: %i", async (filler) => {
    expect(await secretOf(fileOf({ filler }))).toBe(SECRET);
    expect(await secretOf(fileOf({ filler, mac: null }))).toBe(SECRET);
    expect(await secretOf(fileOf({ filler }, "odd length"))).toBe("odd length");
  });

  it("is read without an EncryptionKey, and with line breaks in its base64", async () => {
    const text = encryptedFile(macMethod() + pskcPackage({ secret: sealed(SECRET) }));
    expect(
      await secretOf(text.replace(/<xenc:CipherValue>(.{20})/gu, "<xenc:CipherValue>\n  $1\r\n  ")),
    ).toBe(SECRET);
  });

  it("is read with prefixes of all kinds, and parts in no namespace", async () => {
    const text = fileOf()
      .replaceAll("xenc:", "")
      .replaceAll(/(<\/?)(EncryptionMethod|CipherData)/gu, "$1ds:$2");
    expect(await secretOf(text)).toBe(SECRET);
  });

  it("takes the encryption key for the MAC when there is no MACKey, or it is referred to by the same name", async () => {
    const recipe = { macKey: AES_KEY };
    for (const inside of ["", "<MACKeyReference>Pre-shared-key</MACKeyReference>"]) {
      const method = `<MACMethod Algorithm="${HMAC_URIS.sha1}">${inside}</MACMethod>`;
      const text = encryptedFile(PRE_SHARED + method + pskcPackage({ secret: sealed(SECRET, recipe) }));
      expect(await secretOf(text)).toBe(SECRET);
      expect((await refusalOf(text, { key: flipped(AES_KEY) })).code).toBe("wrong-key");
    }
  });

  it("leaves the caller's key alone, and takes a copy of bytes of another realm", async () => {
    const key = Uint8Array.from(AES_KEY);
    await readSeedFile(fileOf(), { key });
    await refusalOf(fileOf().replace(/<ValueMAC>.*?<\/ValueMAC>/u, ""), { key });
    expect(key).toEqual(Uint8Array.from(AES_KEY));
  });

  it("needs no key for a file whose values are plain", async () => {
    const { seeds } = await readSeedFile(encryptedFile(PRE_SHARED + pskcPackage()));
    expect(seeds).toHaveLength(1);
  });

  it("has encrypted numbers, of digits and big-endian", async () => {
    const data = (number: Buffer | string) => `<Counter>${sealed(number)}</Counter>`;
    for (const number of ["42", Buffer.from([0, 0, 0, 0, 0, 0, 0, 42]), Buffer.from([42])]) {
      const parts = { algorithm: "hotp", secret: sealed(SECRET), data: data(number) };
      const { seeds } = await readSeedFile(
        encryptedFile(PRE_SHARED + macMethod() + pskcPackage(parts)),
        WITH_KEY,
      );
      // One byte of 42 is an asterisk, no digit.
      expect(seeds).toMatchObject([{ counter: 42 }]);
    }
    const bad = { algorithm: "hotp", secret: sealed(SECRET), data: data(Buffer.alloc(9, 1)) };
    const text = encryptedFile(PRE_SHARED + macMethod() + pskcPackage(bad));
    expect(await onlySkipped(text, WITH_KEY)).toMatchObject({ code: "bad-counter" });
  });
});

describe("encrypted PSKC is refused", () => {
  const good = pskcPackage({ device: "<SerialNo>good</SerialNo>", secret: sealed(SECRET) });
  const plainSecret = pskcPackage();
  const noMac = pskcPackage({ secret: sealed(SECRET, { mac: null }) });
  const start = PRE_SHARED + macMethod();

  it.each<[string, string, string, ReadSeedFileOptions]>([
    ["without a key", start + good, "key-required", {}],
    ["with an empty key", start + good, "key-required", { key: new Uint8Array(0) }],
    ["with a password alone", start + good, "key-required", { password: "qwerty" }],
    ["with another key", start + good, "wrong-key", { key: flipped(AES_KEY) }],
    ["with a key that is too long", start + good, "wrong-key", { key: Uint8Array.from(KEY_32) }],
    ["when one of its secrets has no MAC", start + good + noMac, "mac-missing", WITH_KEY],
    ["when one of its secrets is plain", start + good + plainSecret, "mac-missing", WITH_KEY],
    ["when its secrets are plain and a MAC is declared", macMethod() + plainSecret, "mac-missing", {}],
    [
      "when a number has no MAC",
      start + pskcPackage({ secret: sealed(SECRET), data: `<Time>${sealed("0", { mac: null })}</Time>` }),
      "mac-missing",
      WITH_KEY,
    ],
    ["when MACMethod was taken away", PRE_SHARED + good, "malformed", WITH_KEY],
    [
      "when its MAC is no base64",
      start + good.replace(/<ValueMAC>/u, "<ValueMAC>!"),
      "mac-mismatch",
      WITH_KEY,
    ],
    [
      "when its MAC is empty",
      start + good.replace(/<ValueMAC>.*?</u, "<ValueMAC><"),
      "mac-missing",
      WITH_KEY,
    ],
    [
      "when its MAC is cut",
      start + good.replace(/<ValueMAC>.*?</u, "<ValueMAC>Su+NvtQfmvc=<"),
      "mac-mismatch",
      WITH_KEY,
    ],
    [
      "when a value was exchanged",
      start + good.replace(/CipherValue>[^<]*/u, `CipherValue>${Buffer.alloc(48, 9).toString("base64")}`),
      "mac-mismatch",
      WITH_KEY,
    ],
    [
      "when its MACKey is no base64",
      PRE_SHARED + macMethod().replace("CipherValue>", "CipherValue>!") + good,
      "malformed",
      WITH_KEY,
    ],
    [
      "when its MACKey is damaged",
      PRE_SHARED + macMethod().replace(/CipherValue>[^<]*/u, "CipherValue>AAAA") + good,
      "wrong-key",
      WITH_KEY,
    ],
    ["when its protection stands twice", start + macMethod() + good, "malformed", WITH_KEY],
    ["when its key stands last", good + PRE_SHARED, "malformed", WITH_KEY],
    ["when its MAC stands last", noMac + macMethod(), "malformed", WITH_KEY],
  ])("%s", async (_, inside, code, options) => {
    expect((await refusalOf(encryptedFile(inside), options)).code).toBe(code);
  });

  it("with the length that the key must have", async () => {
    const refusal = await refusalOf(encryptedFile(start + good), { key: Uint8Array.from(KEY_32) });
    expect(refusal.details).toEqual({ keyBytes: 16 });
    expect(refusal.message).toContain("16");
  });

  it.each<[string, string, string | undefined]>([
    [
      "3DES",
      start +
        pskcPackage({ secret: `<EncryptedValue>${encryptedData("AAAA", "tripledes-cbc")}</EncryptedValue>` }),
      "tripledes-cbc",
    ],
    [
      "Camellia",
      start +
        pskcPackage({
          secret: `<EncryptedValue>${encryptedData("AAAA", "http://www.w3.org/2001/04/xmldsig-more#camellia128-cbc")}</EncryptedValue>`,
        }),
      "camellia128-cbc",
    ],
    [
      "key wrap with 3DES",
      start +
        pskcPackage({ secret: `<EncryptedValue>${encryptedData("AAAA", "kw-tripledes")}</EncryptedValue>` }),
      "kw-tripledes",
    ],
    [
      "RSA",
      start +
        pskcPackage({
          secret: `<EncryptedValue>${encryptedData("AAAA", "rsa-oaep-mgf1p")}</EncryptedValue>`,
        }),
      "rsa-oaep-mgf1p",
    ],
    ["no cipher", start + pskcPackage({ secret: "<EncryptedValue/>" }), undefined],
    [
      "a cipher that is no name",
      start + pskcPackage({ secret: `<EncryptedValue>${encryptedData("AAAA", "#a b")}</EncryptedValue>` }),
      undefined,
    ],
    [
      "a MAC key encrypted with 3DES",
      PRE_SHARED + macMethod().replace("aes128-cbc", "tripledes-cbc") + good,
      "tripledes-cbc",
    ],
    ["another MAC", PRE_SHARED + macMethod().replace("#hmac-sha1", "#kmac-128") + good, "kmac-128"],
    ["a MAC without a name", PRE_SHARED + `<MACMethod/>` + good, undefined],
    [
      "a MAC key elsewhere",
      PRE_SHARED +
        `<MACMethod Algorithm="${HMAC_URIS.sha1}"><MACKeyReference>other</MACKeyReference></MACMethod>` +
        good,
      undefined,
    ],
    ["a certificate", "<EncryptionKey><ds:X509Data/></EncryptionKey>" + good, undefined],
    [
      "a key that is encrypted itself",
      "<EncryptionKey><xenc:EncryptedKey/></EncryptionKey>" + good,
      undefined,
    ],
  ])("for %s before it asks for a key, naming it", async (_, inside, algorithm) => {
    const refusal = await refusalOf(encryptedFile(inside));
    expect(refusal.code).toBe("unsupported-encryption");
    expect(refusal.details.algorithm).toBe(algorithm);
    if (algorithm !== undefined) expect(refusal.message).toContain(algorithm);
  });
});

describe("encrypted PSKC without a MAC", () => {
  const recipe = { mac: null };
  const good = (serial: string) =>
    pskcPackage({ device: `<SerialNo>${serial}</SerialNo>`, secret: sealed(SECRET, recipe) });
  const damaged = (serial: string) =>
    good(serial).replace(/CipherValue>[^<]*/u, `CipherValue>${Buffer.alloc(20, 9).toString("base64")}`);

  it("costs only the key that is damaged", async () => {
    const text = encryptedFile(PRE_SHARED + good("a") + damaged("b") + good("c"));
    const { seeds, skipped } = await readSeedFile(text, WITH_KEY);
    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["a", "c"]);
    expect(skipped).toMatchObject([{ row: 2, serialNumber: "b", code: "encrypted-value" }]);
  });

  it("is taken for opened with a wrong key when as many values fail as fit", async () => {
    const text = encryptedFile(PRE_SHARED + good("a") + damaged("b"));
    expect((await refusalOf(text, WITH_KEY)).code).toBe("wrong-key");
  });

  it("hardly ever opens with a wrong key", async () => {
    const text = fileOf(recipe);
    let opened = 0;
    for (let index = 0; index < 1000; index += 1) {
      const key = Uint8Array.from(AES_KEY);
      new DataView(key.buffer).setUint32(0, index);
      const outcome = await readSeedFile(text, { key }).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toMatchObject({ code: "wrong-key" });
      else opened += 1;
    }
    // By the count of the padding alone, one in 16 would.
    expect(opened).toBeLessThan(30);
  });
});
