import { describe, expect, it } from "vitest";
import { formatHex } from "../../../src/core/text-forms.ts";
import { RowProblem } from "../../../src/seeds/row-problem.ts";
import { parseSecret } from "../../../src/seeds/secret.ts";
import { RFC_KEY } from "./files.ts";

function problemOf(text: string, form: "hex" | "base32" | "base64" = "base32", least?: number): RowProblem {
  try {
    parseSecret(text, form, least);
  } catch (error) {
    if (error instanceof RowProblem) return error;
    throw error;
  }
  throw new Error("the secret was read");
}

describe("parseSecret", () => {
  it.each([
    ["base32", RFC_KEY.base32],
    ["base32", ` ${RFC_KEY.base32.toLowerCase()} `],
    ["base32", "GEZD GNBV-GY3T QOJQ GEZD GNBV GY3T QOJQ===="],
    ["hex", RFC_KEY.hex],
    ["hex", `0x${RFC_KEY.hex.toUpperCase()}`],
    ["base64", RFC_KEY.base64],
    ["base64", "MTIzNDU2Nzg5MDEy\r\n  MzQ1Njc4OTA"],
  ] as const)("reads %s as it is written in files: %s", (form, text) => {
    expect(formatHex(parseSecret(text, form))).toBe(RFC_KEY.hex);
  });

  it("takes 1 to 256 bytes", () => {
    expect(parseSecret("ff", "hex")).toHaveLength(1);
    expect(parseSecret("ff".repeat(256), "hex")).toHaveLength(256);
    expect(problemOf("ff".repeat(257), "hex").code).toBe("bad-secret");
    expect(problemOf("A".repeat(1025)).code).toBe("bad-secret");
  });

  it("I7 takes no fewer bytes than asked for", () => {
    expect(parseSecret("ff".repeat(10), "hex", 10)).toHaveLength(10);
    expect(problemOf("ff".repeat(9), "hex", 10)).toMatchObject({
      code: "bad-secret",
      message: expect.stringContaining("shorter than 10 bytes") as string,
    });
    expect(problemOf("", "hex", 10).code).toBe("missing-secret");
  });

  it.each(["", "  ", "====", " - "])("says that %j is no secret", (text) => {
    expect(problemOf(text).code).toBe("missing-secret");
  });

  it("names the character that does not belong, and its place", () => {
    expect(problemOf("GEZDGNBV8Y3TQ")).toMatchObject({
      code: "bad-secret",
      message:
        "In the secret key: the character “8” at position 9 does not occur in base32. Check it against the original file.",
    });
  });

  it("sees when the secret looks like hex", () => {
    expect(problemOf(RFC_KEY.hex).message).toContain("It looks like hex");
    expect(problemOf("zz!!", "hex").message).not.toContain("looks like");
  });

  it("says when the length cannot be", () => {
    expect(problemOf("A").message).toContain("length");
  });
});
