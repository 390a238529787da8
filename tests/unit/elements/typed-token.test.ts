import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recogniseTyped, serialNumberOf } from "../../../src/elements/typed-token.ts";
import { FUZZ_RUNS } from "../../support/fuzz-runs.ts";

describe("what a key typed", () => {
  it.each([
    ["ubhe12345678755224", 6, { kind: "code", identifier: "ubhe12345678", code: "755224" }],
    ["123456789012755224", 6, { kind: "code", identifier: "123456789012", code: "755224" }],
    ["ubhe1234567875522493", 8, { kind: "code", identifier: "ubhe12345678", code: "75522493" }],
    ["ubhe1234567875522493", 6, { kind: "wrong-length", digits: 8 }],
    ["ubhe12345678755224", 8, { kind: "wrong-length", digits: 6 }],
    ["ccccccbcgujhingjrdejhgfnuetrgigvejhhgbkugded", 6, { kind: "yubico-otp" }],
    ["CCCCCCBCGUJHINGJRDEJHGFNUETRGIGVEJHHGBKUGDED", 6, { kind: "yubico-otp" }],
  ])("%s for %i digits", (typed, digits, expected) => {
    expect(recogniseTyped(typed, digits)).toEqual(expected);
  });

  it.each([
    "",
    "755224",
    "ubhe1234567 755224",
    "ubhe1234567875522", // one digit is missing
    "ubhe123456787552249301", // ten digits
    "ccccccbcgujhingjrdejhgfnuetrgigvejhhgbkugde", // 43 letters
    "ccccccbcgujhingjrdejhgfnuetrgigvejhhgbkugdea", // "a" is no modhex
  ])("nothing in “%s”", (typed) => {
    expect(recogniseTyped(typed, 6)).toBeNull();
  });
});

it.each([
  ["ubhe12345678", "12345678"],
  ["UBHE00000042", "42"],
  ["ubnl12345678", null],
  ["ubhecccccccc", null],
])("finds the serial number in %s", (identifier, serialNumber) => {
  expect(serialNumberOf(identifier)).toBe(serialNumber);
});

it("gives a code only of the digits asked for, whatever was typed", () => {
  const typed = fc.stringMatching(/^[0-9a-z]{10,22}$/u);
  fc.assert(
    fc.property(typed, fc.constantFrom(6, 7, 8), (text, digits) => {
      const found = recogniseTyped(text, digits);
      if (found?.kind === "code") {
        expect(found.identifier + found.code).toBe(text);
        expect(found.code).toMatch(new RegExp(`^\\d{${digits}}$`, "u"));
      }
    }),
    FUZZ_RUNS,
  );
});
