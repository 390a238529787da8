import * as fc from "fast-check";
import { expect, it } from "vitest";
import { deviceText, deviceWords } from "../../../src/elements/device-text.ts";
import { FUZZ_RUNS } from "../../support/fuzz-runs.ts";

it.each([
  ["AWS", "AWS"],
  ["Zoë Müller 日本", "Zoë Müller 日本"],
  ["a\u0000b\nc\u007f", "a\u2400b\u240ac\u2421"],
  ["\u202Etxt", "[U+202E]txt"],
  ["\u200Bx\u2066", "[U+200B]x[U+2066]"],
  ["\u2028", "[U+2028]"],
  ["\ud800", "\ufffd"],
  ["👩‍👩‍👧", "👩‍👩‍👧"],
])("D8 shows %j as it can be seen", (text, shown) => {
  expect(deviceText(text)).toBe(shown);
});

it("D8 ends after 64 characters as people count them", () => {
  expect(deviceText("x".repeat(64))).toBe("x".repeat(64));
  expect(deviceText("x".repeat(65))).toBe(`${"x".repeat(64)}…`);
  expect(deviceText("👩‍👩‍👧".repeat(65))).toBe(`${"👩‍👩‍👧".repeat(64)}…`);
  expect(deviceText(`a${"\u0301".repeat(5000)}`).length).toBeLessThan(600);
});

it("isolates what runs from the right in the middle of a sentence", () => {
  expect(deviceWords("AWS")).toBe("AWS");
  expect(deviceWords("שלום")).toBe("\u2068שלום\u2069");
});

it("D8 shows nothing invisible, and not much, of whatever a device says", () => {
  const anything = fc.oneof(fc.string({ unit: "binary", maxLength: 300 }), fc.string({ maxLength: 2000 }));
  fc.assert(
    fc.property(anything, (text) => {
      const shown = deviceText(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(shown.length).toBeLessThan(5200);
    }),
    FUZZ_RUNS,
  );
});
