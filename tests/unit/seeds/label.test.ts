import { expect, it } from "vitest";
import { LIMITS } from "../../../src/seeds/limits.ts";
import { labels, parseLabel, RecurringLabels } from "../../../src/seeds/label.ts";

it("makes labels one line of at most 64 graphemes", () => {
  expect(labels({ manufacturer: " Nordlicht\r\n\u0085Tokens ", model: "m".repeat(300) })).toEqual({
    manufacturer: "Nordlicht Tokens",
    model: "m".repeat(64),
  });
});

it("leaves a blank or absent label out", () => {
  expect(labels({ manufacturer: " ", model: null })).toEqual({});
  expect(labels({ manufacturer: "\u200B\u202E \u2066", model: "\uD800" })).toEqual({});
});

it.each([
  ["\u202Egnp.exe", "gnp.exe"],
  ["Nord\u200Blicht\u2069", "Nordlicht"],
  ["\uFEFFNord\u00ADlicht\u{E0041}", "Nordlicht"],
  ["Nord\u3164licht", "Nordlicht"],
  ["Nord\u2028licht\u0007", "Nord licht"],
])("takes what is not seen out of %j", (text, label) => {
  expect(parseLabel(text)).toBe(label);
});

it("cuts no grapheme in two", () => {
  expect(parseLabel("🔑".repeat(70))).toBe("🔑".repeat(64));
  expect(parseLabel("e\u0301".repeat(70))).toBe("e\u0301".repeat(64));
});

it("keeps no heap of accents", () => {
  expect(parseLabel(`ab${"\u0301".repeat(8000)}`)).toBe("a");
  expect(parseLabel(`e${"\u0301".repeat(8000)}`)).toBeUndefined();
});

it("parses a label once, and remembers so many and no more", () => {
  const recurring = new RecurringLabels();
  expect(recurring.parse(undefined)).toBeUndefined();
  expect(recurring.parse("  ")).toBeUndefined();
  for (let index = 0; index < LIMITS.recurringLabels + 10; index += 1) {
    expect(recurring.parse(` Maker\n${index} `)).toBe(`Maker ${index}`);
    expect(recurring.parse(` Maker\n${index} `)).toBe(`Maker ${index}`);
  }
});
