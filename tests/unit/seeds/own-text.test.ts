import { expect, it } from "vitest";
import { LIMITS } from "../../../src/seeds/limits.ts";
import { ownText, RecurringLabels } from "../../../src/seeds/own-text.ts";

it("copies every text as it is", () => {
  for (const text of ["", "0012300001", "ü漢🔑", "\uD800"]) expect(ownText(text)).toBe(text);
});

it("parses a label once, and remembers so many and no more", () => {
  const labels = new RecurringLabels();
  expect(labels.parse(undefined)).toBeUndefined();
  expect(labels.parse("  ")).toBeUndefined();
  for (let index = 0; index < LIMITS.recurringLabels + 10; index += 1) {
    expect(labels.parse(` Maker\n${index} `)).toBe(`Maker ${index}`);
    expect(labels.parse(` Maker\n${index} `)).toBe(`Maker ${index}`);
  }
});
