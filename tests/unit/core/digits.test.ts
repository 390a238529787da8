import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isCode, normaliseCode } from "../../../src/core/digits.ts";

describe("normaliseCode", () => {
  it.each([
    ["123456", "123456"],
    [" 123 456 ", "123456"],
    ["123-456", "123456"],
    ["12\u00a034\u200956", "123456"],
    ["123\u2011456\u2013", "123456"],
    ["\u200e123456\ufeff", "123456"],
    ["１２３４５６", "123456"],
    ["٠١٢٣٤٥", "012345"],
    ["۶۷۸۹۰۱", "678901"],
    ["१२३४५६", "123456"],
    ["\u{1d7ce}\u{1d7d7}\u{1d7d8}\u{1d7e1}\u{1d7f6}\u{1d7ff}", "090909"],
    ["12a456", "12a456"],
    ["１２ｘ", "12ｘ"],
    ["²³", "²³"],
    ["", ""],
  ])("%j becomes %j", (text, expected) => {
    expect(normaliseCode(text)).toBe(expected);
  });

  it("V7 maps every decimal digit of Unicode to the value the standard gives it", () => {
    let digits = 0;
    for (let codePoint = 0; codePoint <= 0x1ffff; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      if (!/\p{Nd}/u.test(character)) continue;
      // A digit's numeric value by collation: equal to its ASCII digit at base strength.
      const ascii = normaliseCode(character);
      expect(character.localeCompare(ascii, "en", { numeric: true, sensitivity: "base" })).toBe(0);
      digits += 1;
    }
    expect(digits).toBeGreaterThanOrEqual(600);
  });

  it("V7 never throws, and leaves only six ASCII digits as a code, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 12 }), (text) => {
        const normal = normaliseCode(text);
        expect(isCode(normal, 6)).toBe(/^[0-9]{6}$/u.test(normal));
        expect(normaliseCode(normal)).toBe(normal);
      }),
      { numRuns: 20_000 },
    );
  });
});

it.each([
  ["123456", 6, true],
  ["012345", 6, true],
  ["12345", 6, false],
  ["1234567", 6, false],
  ["12345a", 6, false],
  ["１２３４５６", 6, false],
  ["12345678", 8, true],
])("isCode(%j, %i) is %s", (text, digits, expected) => {
  expect(isCode(text, digits)).toBe(expected);
});
