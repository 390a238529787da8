import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import {
  formatBase32,
  formatBase64,
  formatHex,
  parseBase32,
  parseBase64,
  parseHex,
  TextFormError,
} from "../../../src/core/text-forms.ts";

describe("RFC 4648 section 10", () => {
  it.each([
    ["", "", "", ""],
    ["f", "66", "MY", "Zg=="],
    ["fo", "666f", "MZXQ", "Zm8="],
    ["foo", "666f6f", "MZXW6", "Zm9v"],
    ["foob", "666f6f62", "MZXW6YQ", "Zm9vYg=="],
    ["fooba", "666f6f6261", "MZXW6YTB", "Zm9vYmE="],
    ["foobar", "666f6f626172", "MZXW6YTBOI", "Zm9vYmFy"],
  ])("%j", (text, hex, base32, base64) => {
    const bytes = utf8Bytes(text);
    expect(formatHex(bytes)).toBe(hex);
    expect(formatBase32(bytes)).toBe(base32);
    expect(formatBase64(bytes)).toBe(base64);
    expect(parseHex(hex)).toEqual(bytes);
    expect(parseBase32(base32)).toEqual(bytes);
    expect(parseBase64(base64)).toEqual(bytes);
  });
});

it.each([
  ["0x66 6F:6f", parseHex],
  ["mzxw 6===", parseBase32],
  ["MZ-XW-6", parseBase32],
  ["Zm\n9v", parseBase64],
] as const)("reads %j, as files write it", (text, parse) => {
  expect(parse(text)).toEqual(utf8Bytes("foo"));
});

it("drops the spare bits of the last base32 letter", () => {
  // MY is "f"; the two letters hold ten bits, of which the last two are spare.
  for (const text of ["MY", "MZ", "M2", "M3"]) {
    expect(parseBase32(text)).toEqual(utf8Bytes("f"));
  }
  expect(formatHex(parseBase32("2234567abcdef2234567abcdef"))).toHaveLength(32);
});

it.each([
  ["66g6", parseHex, "illegal-character"],
  ["666", parseHex, "impossible-length"],
  ["MZXW8", parseBase32, "illegal-character"],
  ["M", parseBase32, "impossible-length"],
  ["MZ=XW6", parseBase32, "illegal-character"],
  ["Zm9v!", parseBase64, "illegal-character"],
  ["Z", parseBase64, "impossible-length"],
] as const)("refuses %j with a code and without quoting it", (text, parse, code) => {
  const refusal = refusalOf(() => parse(text));
  expect(refusal).toMatchObject({ name: "TextFormError", code });
  // The library's own message quotes its input, which may be a secret.
  expect(refusal.cause).toBeUndefined();
  expect(refusal.message).not.toContain(text);
});

it("reads back whatever it wrote", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (random) => {
      const bytes = Uint8Array.from(random);
      expect(parseHex(formatHex(bytes))).toEqual(bytes);
      expect(parseBase32(formatBase32(bytes))).toEqual(bytes);
      expect(parseBase64(formatBase64(bytes))).toEqual(bytes);
    }),
  );
});

function refusalOf(work: () => unknown): TextFormError {
  try {
    work();
  } catch (error) {
    if (error instanceof TextFormError) return error;
  }
  throw new Error("a TextFormError was expected");
}
