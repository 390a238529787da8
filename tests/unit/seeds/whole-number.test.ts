import { describe, expect, it } from "vitest";
import { parsePeriodSeconds, parseWholeNumber } from "../../../src/seeds/whole-number.ts";

describe("parseWholeNumber", () => {
  it.each([
    ["0", 0],
    ["-0", 0],
    [" 0042 ", 42],
    ["-4", -4],
    ["+4", 4],
    ["9007199254740991", Number.MAX_SAFE_INTEGER],
  ])("reads %j", (text, value) => {
    expect(parseWholeNumber(text)).toBe(value);
  });

  it.each(["", "x", "1.5", "1e3", "0x10", "9007199254740992", "1".repeat(400), "١"])("refuses %j", (text) => {
    expect(parseWholeNumber(text)).toBeNull();
  });
});

describe("parsePeriodSeconds", () => {
  it("takes 30 seconds when nothing is said", () => {
    expect(parsePeriodSeconds(" ")).toBe(30);
  });

  it.each([1, 30, 60, 172_800, 31_536_000])("takes %i seconds", (seconds) => {
    expect(parsePeriodSeconds(String(seconds))).toBe(seconds);
  });

  it.each(["0", "-30", "31536001", "30.5", "30 s", "1E+01"])("refuses %j", (text) => {
    expect(() => parsePeriodSeconds(text)).toThrow(expect.objectContaining({ code: "bad-interval" }));
  });
});
