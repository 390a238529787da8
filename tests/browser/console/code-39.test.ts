import { describe, expect, it } from "vitest";
import { encodeCode39 } from "../../../src/console/code-39.ts";

const CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** A character's five bars as W and n. */
function barsOf(character: string): string {
  const { bars } = encodeCode39(character);
  return bars
    .slice(5, 10)
    .map(({ width }) => (width > 1 ? "W" : "n"))
    .join("");
}

describe("Code 39", () => {
  it("draws five bars a character, between start and stop", () => {
    expect(encodeCode39("").bars).toHaveLength(10);
    expect(encodeCode39("OBDT10000017").bars).toHaveLength(14 * 5);
  });

  it("gives every character three wide elements of nine, none like another", () => {
    for (const character of CHARACTERS) {
      const { width } = encodeCode39(character);
      // Three characters of 6 narrow and 3 wide elements, and two gaps.
      expect(width).toBe(3 * (6 + 3 * 2.5) + 2);
    }
    const drawn = CHARACTERS.split("").map((character) => JSON.stringify(encodeCode39(character)));
    expect(new Set(drawn).size).toBe(CHARACTERS.length);
  });

  // The standard's bars are a two-of-five code: 1 is wide, narrow, narrow, narrow, wide; A has the bars of 1.
  it.each([
    ["1", "WnnnW"],
    ["2", "nWnnW"],
    ["3", "WWnnn"],
    ["0", "nnWWn"],
    ["A", "WnnnW"],
    ["K", "WnnnW"],
    ["U", "WnnnW"],
  ])("draws the bars of %s", (character, bars) => {
    expect(barsOf(character)).toBe(bars);
  });

  it("refuses what it cannot draw", () => {
    expect(() => encodeCode39("a")).toThrow(RangeError);
    expect(() => encodeCode39("*")).toThrow(RangeError);
  });
});
