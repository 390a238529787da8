import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { pskcPackage, refusalOf, RFC_KEY } from "../files.ts";
import {
  derivedKey,
  encryptedFile,
  macMethod,
  pbkdf2,
  sealed,
  type DerivedParts,
  type Recipe,
} from "./encrypted-file.ts";

const PASSWORD = { password: "qwerty" };

function fileOf(parts: DerivedParts = {}, recipe: Recipe = { key: pbkdf2("qwerty") }): string {
  return encryptedFile(
    derivedKey(parts) + macMethod(recipe) + pskcPackage({ secret: sealed(RFC_KEY.text, recipe) }),
  );
}

function prf(name: string): string {
  return `<PRF Algorithm="${name}"/>`;
}

describe("PSKC encrypted with a password", () => {
  it.each([
    ["", "sha1"],
    ["<PRF/>", "sha1"],
    [prf("http://www.w3.org/2000/09/xmldsig#hmac-sha1"), "sha1"],
    [prf("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"), "sha256"],
    [prf("http://www.w3.org/2001/04/xmldsig-more#hmac-sha384"), "sha384"],
    [prf("HMAC-SHA-512"), "sha512"],
    ["<PRF>http://www.w3.org/2001/04/xmldsig-more#hmac-sha256</PRF>", "sha256"],
  ])("with the PRF %j is read", async (element, hash) => {
    const text = fileOf({ prf: element }, { key: pbkdf2("qwerty", hash) });
    const { seeds } = await readSeedFile(text, PASSWORD);
    expect(seeds[0]?.secret).toEqual(new TextEncoder().encode(RFC_KEY.text));
  });

  it.each([
    [24, "aes192-cbc"],
    [32, "aes256-cbc"],
  ])("with a key of %i bytes is read", async (keyLength, cipher) => {
    const text = fileOf({ keyLength }, { key: pbkdf2("qwerty", "sha1", keyLength), cipher });
    expect((await readSeedFile(text, PASSWORD)).seeds).toHaveLength(1);
  });

  it("is read with all of its parts in XML Encryption's namespace, and a newer name", async () => {
    const text = fileOf({ algorithm: "http://www.w3.org/2009/xmlenc11#pbkdf2" })
      .replaceAll("pkcs5:PBKDF2-params", "xenc11:PBKDF2-params")
      .replaceAll(/(<\/?)(Salt|Specified|IterationCount|KeyLength|PRF)/gu, "$1xenc11:$2");
    expect((await readSeedFile(text, PASSWORD)).seeds).toHaveLength(1);
  });

  it("takes the password as UTF-8", async () => {
    const text = fileOf({}, { key: pbkdf2("Schlüssel €") });
    expect((await readSeedFile(text, { password: "Schlüssel €" })).seeds).toHaveLength(1);
  });

  it.each<[string, string, string, object]>([
    ["without a password", fileOf(), "key-required", {}],
    ["with an empty one", fileOf(), "key-required", { password: "" }],
    ["with a key alone", fileOf(), "key-required", { key: new Uint8Array(16) }],
    ["with another one", fileOf(), "wrong-key", { password: "Qwerty" }],
    [
      "for another derivation",
      fileOf({ algorithm: "http://www.w3.org/2009/xmlenc11#ConcatKDF" }),
      "unsupported-encryption",
      PASSWORD,
    ],
    ["for another PRF", fileOf({ prf: prf("urn:example#hmac-sha224") }), "unsupported-encryption", PASSWORD],
    [
      "for a salt elsewhere",
      fileOf().replace(/<Salt>.*<\/Salt>/u, "<Salt><OtherSource/></Salt>"),
      "unsupported-encryption",
      PASSWORD,
    ],
    [
      "for no parameters",
      encryptedFile(
        `<EncryptionKey><xenc11:DerivedKey/></EncryptionKey>${pskcPackage({ secret: sealed("x", { mac: null }) })}`,
      ),
      "unsupported-encryption",
      PASSWORD,
    ],
    ["for an empty salt", fileOf({ salt: "" }), "malformed", PASSWORD],
    ["for a salt that is not base64", fileOf({ salt: "!" }), "malformed", PASSWORD],
    ["for a huge salt", fileOf({ salt: "AAAA".repeat(400) }), "malformed", PASSWORD],
    ["for no rounds", fileOf({ iterations: 0 }), "malformed", PASSWORD],
    ["for rounds in words", fileOf({ iterations: "many" }), "malformed", PASSWORD],
    ["for a key of 20 bytes", fileOf({ keyLength: 20 }), "malformed", PASSWORD],
    ["for a key of another length than the cipher's", fileOf({ keyLength: 32 }), "malformed", PASSWORD],
    ["for a thousand million rounds", fileOf({ iterations: 1_000_000_000 }), "too-many-iterations", PASSWORD],
    [
      "for a thousand million rounds, even before it asks for the password",
      fileOf({ iterations: 1_000_000_000 }),
      "too-many-iterations",
      {},
    ],
    [
      "for more rounds than the caller allows",
      fileOf(),
      "too-many-iterations",
      { ...PASSWORD, maxPbkdf2Iterations: 999 },
    ],
  ])("I10 is refused %s", async (_, text, code, options) => {
    expect((await refusalOf(text, options)).code).toBe(code);
  });

  it("I10 tells how many rounds a file asks for, and takes as many as are allowed", async () => {
    const refusal = await refusalOf(fileOf({ iterations: 2_000_000_000 }), PASSWORD);
    expect(refusal.details).toEqual({ iterations: 2_000_000_000 });
    expect((await readSeedFile(fileOf(), { ...PASSWORD, maxPbkdf2Iterations: 1000 })).seeds).toHaveLength(1);
  });

  it("can be cancelled while the key is derived", async () => {
    const controller = new AbortController();
    const options = { ...PASSWORD, signal: controller.signal };
    const reading = readSeedFile(fileOf({ iterations: 5_000_000 }), options);
    const progress = new Promise((resolve) => setTimeout(resolve, 20));
    await progress;
    controller.abort(new Error("cancelled"));
    // Had it run to its end, the wrong number of rounds would have made it wrong-key.
    await expect(reading).rejects.toThrow("cancelled");
  });

  it("names the secure page it needs where the browser has no WebCrypto", async () => {
    const { subtle } = globalThis.crypto;
    Object.defineProperty(globalThis.crypto, "subtle", { value: undefined, configurable: true });
    try {
      expect(await refusalOf(fileOf(), PASSWORD)).toMatchObject({ code: "unsupported-encryption" });
    } finally {
      Object.defineProperty(globalThis.crypto, "subtle", { value: subtle, configurable: true });
    }
  });
});
