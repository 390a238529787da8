import { describe, expect, it } from "vitest";
import { pskcPackage, refusalOf, RFC_KEY } from "../files.ts";
import {
  AES_KEY,
  derivedKey,
  encryptedData,
  encryptedFile,
  HMAC_URIS,
  MAC_KEY,
  macMethod,
  PRE_SHARED,
  sealed,
} from "./encrypted-file.ts";

const PASSWORD = "the very secret password";
const SECRET = RFC_KEY.text;
const good = pskcPackage({ secret: sealed(SECRET) });
const start = PRE_SHARED + macMethod();
const WITH_KEY = { key: Uint8Array.from(AES_KEY) };
const value = (cipher: string) =>
  pskcPackage({ secret: `<EncryptedValue>${encryptedData(SECRET, cipher)}</EncryptedValue>` });

/** In what a message could leak: keys, password and secret in the forms they have in files. */
const LEAKS = [
  PASSWORD,
  AES_KEY.toString("hex"),
  AES_KEY.toString("base64"),
  MAC_KEY.toString("hex"),
  MAC_KEY.toString("base64"),
  ...Object.values(RFC_KEY),
];

describe("what is told of an encrypted file", () => {
  it.each<[string, string, object]>([
    ["key-required", start + good, {}],
    ["key-required", derivedKey() + good, {}],
    ["wrong-key", start + good, { key: new Uint8Array(16) }],
    ["wrong-key", start + good, { key: new Uint8Array(24) }],
    ["wrong-key", derivedKey() + macMethod() + good, { password: PASSWORD }],
    ["mac-mismatch", start + good.replace("<ValueMAC>", "<ValueMAC>AAAA"), WITH_KEY],
    ["mac-missing", start + pskcPackage(), WITH_KEY],
    ["malformed", PRE_SHARED + good, WITH_KEY],
    ["malformed", PRE_SHARED + PRE_SHARED + good, WITH_KEY],
    ["malformed", derivedKey({ keyLength: SECRET }) + good, { password: PASSWORD }],
    ["malformed", derivedKey({ iterations: RFC_KEY.base64 }) + good, { password: PASSWORD }],
    ["malformed", derivedKey({ salt: `${RFC_KEY.base64}!` }) + good, { password: PASSWORD }],
    ["too-many-iterations", derivedKey({ iterations: 999_999_999 }) + good, { password: PASSWORD }],
    ["unsupported-encryption", PRE_SHARED + value("tripledes-cbc"), WITH_KEY],
    ["unsupported-encryption", PRE_SHARED + value(`x#${RFC_KEY.hex}`), WITH_KEY],
    ["unsupported-encryption", PRE_SHARED + value(RFC_KEY.base32), WITH_KEY],
    ["unsupported-encryption", "<EncryptionKey><ds:X509Data/></EncryptionKey>" + good, {}],
    ["unsupported-encryption", "<EncryptionKey><xenc:EncryptedKey/></EncryptionKey>" + good, {}],
    ["unsupported-encryption", start.replace(HMAC_URIS.sha1, "") + good, WITH_KEY],
    [
      "unsupported-encryption",
      derivedKey({ prf: `<PRF>${RFC_KEY.text}</PRF>` }) + good,
      { password: PASSWORD },
    ],
  ])("is kind and keeps every secret: %s", async (code, inside, options) => {
    const refusal = await refusalOf(encryptedFile(inside), options);

    expect(refusal.code).toBe(code);
    const told = `${refusal.message} ${JSON.stringify(refusal.details)}`.toLowerCase();
    for (const leak of LEAKS) expect(told).not.toContain(leak.toLowerCase());
    // Two sentences: what is wrong, and what to do.
    expect(refusal.message.split(/[.!?] (?=\p{Lu})/u)).toHaveLength(2);
    expect(refusal.message).toMatch(/^\p{Lu}.*\.$/u);
  });
});
