import { describe, expect, it } from "vitest";
import { isTokenType, parseAlgorithm, parseDigits, parseTokenType } from "../../../src/seeds/token-kind.ts";

describe("the names of kinds of tokens", () => {
  it.each([
    ["totp", "totp"],
    [" TOTP ", "totp"],
    ["OATH-TOTP", "totp"],
    ["urn:ietf:params:xml:ns:keyprov:pskc:totp", "totp"],
    ["http://www.ietf.org/keyprov/pskc#hotp", "hotp"],
    ["time based", "totp"],
    ["Event", "hotp"],
    ["hmac", "hotp"],
    ["", null],
  ])("%s is %s", (text, type) => {
    expect(parseTokenType(text)).toBe(type);
  });

  it.each(["ocra", "constructor", "MD5"])("%s is none that is served", (text) => {
    expect(() => parseTokenType(text)).toThrow(expect.objectContaining({ code: "unsupported-algorithm" }));
  });

  it("knows other tokens when it sees them", () => {
    expect(["ocra", "mOTP", "yubikey", "totp"].every(isTokenType)).toBe(true);
    expect(["", "6", "constructor", "sha1"].some(isTokenType)).toBe(false);
  });
});

describe("the names of hashes", () => {
  it.each([
    ["sha1", "SHA1"],
    ["SHA-1", "SHA1"],
    ["HmacSHA256", "SHA256"],
    ["hmac-sha512", "SHA512"],
    ["sha", "SHA1"],
    ["–", null],
    ["-", null],
    [" ", null],
  ])("%s is %s", (text, algorithm) => {
    expect(parseAlgorithm(text)).toBe(algorithm);
  });

  it.each(["sha224", "SHA-384", "md5", "hmac", "__proto__"])("%s is none that is served", (text) => {
    expect(() => parseAlgorithm(text)).toThrow(expect.objectContaining({ code: "unsupported-algorithm" }));
  });
});

it("reads 6, 7 and 8 digits, and nothing else", () => {
  expect(["6", " 7 ", "8", ""].map(parseDigits)).toEqual([6, 7, 8, null]);
  for (const text of ["5", "9", "06", "six", "6.0"]) {
    expect(() => parseDigits(text)).toThrow(expect.objectContaining({ code: "unsupported-digits" }));
  }
});
