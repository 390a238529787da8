import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../../support/fuzz-runs.ts";
import { formatBase32, formatBase64, formatHex, type TextForm } from "../../../src/core/text-forms.ts";
import { readSeedFile } from "../../../src/seeds/index.ts";
import { SecretFormEvidence, shapeOf } from "../../../src/seeds/secret-form.ts";
import { onlySkipped, refusalOf, RFC_KEY } from "./files.ts";

const FORMATTERS = { hex: formatHex, base32: formatBase32, base64: formatBase64 } as const;

function decide(secrets: readonly string[], usual: TextForm | null = null) {
  const evidence = new SecretFormEvidence();
  for (const secret of secrets) evidence.add(secret);
  return evidence.decide(usual);
}

describe("shapeOf", () => {
  it.each([
    [RFC_KEY.hex, "hex"],
    ["31 32 33 34 35 36 37 38 39 30", "hex"],
    ["0x31:32:33:34:35:36:37:38:39:30", "hex"],
    [RFC_KEY.base32, "base32"],
    [RFC_KEY.base32.toLowerCase(), "base32"],
    ["gezd gnbv gy3t qojq gezd gnbv", "base32"],
    ["MFXG65DIMVZCA43IMFZGKZBAONSWG4TFOQ======", "base32"],
    [RFC_KEY.base64, "base64"],
    ["2234567abcdef2234567abcdef", "hex-or-base32"],
    ["JBSWY3DPehpk3PXP", "base32-or-base64"],
    ["GEZDGNBV8EZDGNBV8", "none"],
    ["GEZDGNBV", "none"],
    ["3132333435363738393031323334353637383", "none"],
    ["not a secret at all!", "none"],
  ])("%s may be %s", (text, shape) => {
    expect(shapeOf(text)).toBe(shape);
  });
});

describe("the form of a file's secrets", () => {
  it.each([
    ["hex", [RFC_KEY.hex, "2234567abcdef2234567abcdef223456"]],
    ["base32", [RFC_KEY.base32, "2234567abcdef2234567abcdef223456"]],
    ["base64", [RFC_KEY.base64, "JBSWY3DPehpk3PXP"]],
  ] as const)("is %s by what the others do not have", (form, secrets) => {
    expect(decide(secrets)).toMatchObject({ form, reason: "content" });
  });

  it("is not changed by a few damaged secrets or by one in another form", () => {
    expect(decide([RFC_KEY.hex, RFC_KEY.hex, "x", RFC_KEY.base32])).toMatchObject({ form: "hex" });
    expect(decide([RFC_KEY.hex, RFC_KEY.base32], "base32")).toMatchObject({ form: "base32" });
    expect(decide([RFC_KEY.hex], "base32")).toMatchObject({ form: "hex", reason: "content" });
  });

  it("is what the format says when the content says nothing", () => {
    expect(decide(["2234567abcdef2234567abcdef223456"], "base32")).toMatchObject({
      form: "base32",
      reason: "format",
    });
  });

  it("is told by the length where only one form gives a usual one", () => {
    // 40 characters: 20 bytes in hex, 25 in base32; 26 characters: 13 and 16.
    expect(decide(["2234567abcdef2234567abcdef2234567abcdef2"])).toMatchObject({
      form: "hex",
      reason: "length",
    });
    expect(decide(["2234567abcdef2234567abcdef"])).toMatchObject({ form: "base32", reason: "length" });
  });

  it.each([
    [
      "32 characters: 16 bytes in hex, 20 in base32",
      ["2234567abcdef2234567abcdef223456"],
      "hex as well as base32",
    ],
    ["both cases and no digit", ["JBSWYDPEhpkPXPab"], "base32 as well as base64"],
    ["half and half", [RFC_KEY.hex, RFC_KEY.base32], "others in"],
    ["nothing but short ones", ["GEZDGNBV"], "long enough"],
  ])("I7 is asked for: %s", (_, secrets, words) => {
    expect(() => decide(secrets)).toThrow(
      expect.objectContaining({
        code: "ambiguous-encoding",
        details: { needs: "secretEncoding" },
        message: expect.stringContaining(words) as string,
      }),
    );
  });

  it("I7 is never guessed wrong: a single random secret is decided rightly or asked for", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 10, maxLength: 64 }),
        fc.constantFrom<TextForm>("hex", "base32", "base64"),
        fc.boolean(),
        (secret, form, inLowerCase) => {
          const text = FORMATTERS[form](Uint8Array.from(secret));
          const written = inLowerCase && form !== "base64" ? text.toLowerCase() : text;
          let decided: TextForm | null = null;
          try {
            decided = decide([written]).form;
          } catch (error) {
            expect(error).toMatchObject({ code: "ambiguous-encoding" });
          }
          if (decided !== null) expect(decided).toBe(form);
        },
      ),
      fuzzRuns(2000),
    );
  });
});

describe("readSeedFile", () => {
  const ambiguous = "S0000001,2234567abcdef2234567abcdef223456,totp\n";

  it("asks for the form, and takes what it is told", async () => {
    const refusal = await refusalOf(ambiguous);
    expect(refusal).toMatchObject({ code: "ambiguous-encoding", details: { needs: "secretEncoding" } });

    for (const [secretEncoding, bytes] of [
      ["hex", 16],
      ["base32", 20],
    ] as const) {
      const report = await readSeedFile(ambiguous, { secretEncoding });
      expect(report.seeds[0]?.secret).toHaveLength(bytes);
      expect(report.secretEncoding).toMatchObject({ form: secretEncoding, reason: "told" });
    }
  });

  it("goes on through the whole file for a secret that decides", async () => {
    const rows = Array.from({ length: 1500 }, (_, index) => ambiguous.replace("S0000001", `S${index}`));
    const { seeds, secretEncoding } = await readSeedFile(`${rows.join("")}last,${RFC_KEY.hex},totp\n`);
    expect([seeds.length, secretEncoding?.form, secretEncoding?.reason]).toEqual([1501, "hex", "content"]);
  });

  it("reads hex in an Entra file whose secrets can be nothing else, and says so", async () => {
    const { seeds, secretEncoding } = await readSeedFile(`serial number,secret key\nA,${RFC_KEY.hex}\n`);
    expect(new TextDecoder().decode(seeds[0]?.secret)).toBe(RFC_KEY.text);
    expect(secretEncoding?.message).toContain("as hex");
  });

  it("says in an Entra file of base32 that one secret looks like hex", async () => {
    const rows = [`A,${RFC_KEY.base32}`, `B,${RFC_KEY.hex}`];
    const row = await onlySkipped(`serial number,secret key\n${rows.join("\n")}\n`);
    expect(row).toMatchObject({ row: 3, serialNumber: "B", code: "bad-secret" });
    expect(row.message).toContain("looks like hex");
  });

  it("does not read hex or base32 as base64 where the file is in base64", async () => {
    const rows = [RFC_KEY.base64, RFC_KEY.base64, RFC_KEY.base64, RFC_KEY.hex, RFC_KEY.base32].map(
      (secret, index) => `S${index},${secret},totp\n`,
    );
    const { seeds, skipped } = await readSeedFile(rows.join(""));
    expect(seeds).toHaveLength(3);
    expect(skipped.map(({ row, code }) => [row, code])).toEqual([
      [4, "bad-secret"],
      [5, "bad-secret"],
    ]);
  });

  it("takes the form that the column's name says", async () => {
    const file = "serial;seed (hex)\nS0000001;2234567abcdef2234567abcdef223456\n";
    const { seeds, secretEncoding } = await readSeedFile(file);
    expect(seeds[0]?.secret).toHaveLength(16);
    expect(secretEncoding).toMatchObject({ form: "hex", reason: "column-name" });
  });
});
