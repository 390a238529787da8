import { expect, it } from "vitest";
import { acceptDraft, digitsOf } from "../../../src/elements/code-draft.ts";

it.each([
  ["blanks", "123 456", "123456"],
  ["hyphens", "123-456", "123456"],
  ["full-width digits", "１２３４５６", "123456"],
  ["Arabic-Indic digits", "١٢٣٤٥٦", "123456"],
])("takes %s without a word", (_, edited, value) => {
  expect(acceptDraft(edited, edited.length, "", 6)).toEqual({ value, caret: 6, refusal: null });
});

it("leaves other signs out and says so", () => {
  expect(acceptDraft("12a3", 3, "123", 6)).toEqual({ value: "123", caret: 2, refusal: "not-a-digit" });
  expect(acceptDraft("code: 123456.", 13, "", 6)).toMatchObject({ value: "123456", refusal: "not-a-digit" });
});

it("refuses an edit with too many digits whole, with the caret where it was", () => {
  expect(acceptDraft("1239456", 4, "123456", 6)).toEqual({
    value: "123456",
    caret: 3,
    refusal: "too-long",
  });
  expect(acceptDraft("12345678", 8, "", 6)).toEqual({ value: "", caret: 0, refusal: "too-long" });
});

it("does not look at a text far longer than any code", () => {
  const article = "word 1 ".repeat(300_000);
  const edited = `123${article}456`;

  expect(acceptDraft(edited, 3 + article.length, "123456", 6)).toEqual({
    value: "123456",
    caret: 3,
    refusal: "too-long",
  });
  expect(acceptDraft(" ".repeat(250) + "123456", 256, "", 6).value).toBe("123456");
  expect(acceptDraft(" ".repeat(251) + "123456", 257, "", 6)).toMatchObject({
    value: "",
    refusal: "too-long",
  });
  expect(digitsOf(`123${"x".repeat(300)}456`)).toBe("123");
});

it("keeps the caret behind the digits before it", () => {
  expect(acceptDraft("12 3456", 3, "123456", 6)).toEqual({ value: "123456", caret: 2, refusal: null });
});

it("takes 7 and 8 digits where the token has them", () => {
  expect(acceptDraft("1234567", 7, "", 7).value).toBe("1234567");
  expect(acceptDraft("12345678", 8, "", 8).value).toBe("12345678");
});
