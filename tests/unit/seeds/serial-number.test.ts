import { describe, expect, it } from "vitest";
import { parseSerialNumber } from "../../../src/seeds/serial-number.ts";

describe("parseSerialNumber", () => {
  it.each(["0012300001", "12E5", "1E10", "NL/7+a=b", "=1+1", "ü漢", "1", "x".repeat(256)])(
    "keeps %s",
    (text) => {
      expect(parseSerialNumber(`  ${text}\t`)).toBe(text);
    },
  );

  it.each(["2600123456789.0", "12345,00"])("sees a number with decimals in %s", (text) => {
    expect(() => parseSerialNumber(text)).toThrow(/may have lost zeros/u);
  });

  it.each(["1234.0", "12345.1", "12345.000", "A12345.0"])("leaves %s as it is", (text) => {
    expect(parseSerialNumber(text)).toBe(text);
  });

  it.each(["1.23E+11", "1,23457e+11", "2E+12", "1.5E-3"])("sees what a spreadsheet did to %s", (text) => {
    expect(() => parseSerialNumber(text)).toThrow(
      expect.objectContaining({
        code: "bad-serial",
        message: expect.stringContaining(`“${text}”`) as string,
      }),
    );
  });

  it.each([
    "x".repeat(257),
    "a\nb",
    "a\u0085b",
    "a\uFFFDb",
    "a\u202Eb",
    "a\u2066b\u2069",
    "a\u200Bb",
    "a\u200Db",
    "a\u00ADb",
    "a\uFEFFb",
    "a\u{E0041}",
    "a\u3164b",
    "a\u034Fb",
    "a\u2028b",
    "a\uD800b",
  ])("refuses %j", (text) => {
    expect(() => parseSerialNumber(text)).toThrow(expect.objectContaining({ code: "bad-serial" }));
  });

  it("says when there is none", () => {
    expect(() => parseSerialNumber(" \t")).toThrow(expect.objectContaining({ code: "missing-serial" }));
  });
});
