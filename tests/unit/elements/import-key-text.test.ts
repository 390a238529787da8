import { describe, expect, it } from "vitest";
import { KeyTextError, parseKeyText } from "../../../src/elements/import-key-text.ts";
import { formatBase64, formatHex } from "../../../src/core/text-forms.ts";

const keyOf = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 37 + 5) & 0xff);

function refusal(text: string, keyBytes: number | null = null): KeyTextError {
  try {
    parseKeyText(text, keyBytes);
  } catch (error) {
    if (error instanceof KeyTextError) return error;
  }
  throw new Error("It was taken.");
}

describe("parseKeyText", () => {
  it.each([16, 24, 32])("reads a key of %i bytes as hex and as base64", (length) => {
    const key = keyOf(length);
    expect(parseKeyText(formatHex(key), null)).toEqual(key);
    expect(parseKeyText(` ${formatHex(key).toUpperCase()}\n`, length)).toEqual(key);
    expect(parseKeyText(formatBase64(key), null)).toEqual(key);
    expect(parseKeyText(formatBase64(key).replaceAll("=", ""), length)).toEqual(key);
  });

  it("takes 32 hex digits for hex, though they are base64 as well", () => {
    expect(parseKeyText("0".repeat(32), null)).toEqual(new Uint8Array(16));
  });

  it.each([
    ["", null, "key-missing", 0],
    [" \n", null, "key-missing", 0],
    ["what?!", null, "unreadable", 0],
    ["abc", null, "wrong-length", 2],
    ["00".repeat(17), null, "wrong-length", 17],
    ["00".repeat(16), 32, "wrong-length", 16],
  ] as const)("refuses %j where %j bytes are wanted: %s", (text, keyBytes, problem, bytes) => {
    expect(refusal(text, keyBytes)).toMatchObject({
      problem,
      bytes,
      keyBytes: problem === "wrong-length" ? keyBytes : null,
    });
  });

  it("does not repeat what was typed", () => {
    const error = refusal("s3cret-pass!");
    expect(`${error.message} ${String(error.cause)}`).not.toContain("s3cret");
  });
});
