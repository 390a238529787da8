import { describe, expect, it } from "vitest";
import { readSeedFile, type ReadSeedFileOptions } from "../../../src/seeds/index.ts";
import { entraFile, entraRow } from "./files.ts";

describe("options without a meaning", () => {
  it.each([
    ["secretEncoding", "nope", "base32"],
    ["secretEncoding", "constructor", "base32"],
    ["secretEncoding", "", "base32"],
    ["secretEncoding", null, "base32"],
    ["format", "nope", "csv-entra"],
    ["format", "constructor", "pskc"],
    ["defaults", { type: "ocra" }, "totp or hotp"],
    ["defaults", { digits: 9 }, "6, 7 or 8"],
    ["defaults", { algorithm: "MD5" }, "SHA1"],
    ["defaults", { periodSeconds: 0 }, "1 to 31536000"],
    ["maxFileBytes", 0, "1 to 2147483647"],
    ["maxTokens", 10_000_001, "1 to 10000000"],
    ["columns", { secret: "key" }, "serialNumber"],
    ["leastSecretBytes", 0, "1 to 256"],
    ["leastSecretBytes", 257, "1 to 256"],
    ["leastSecretBytes", 1.5, "1 to 256"],
    ["leastSecretBytes", NaN, "1 to 256"],
    ["leastSecretBytes", "10", "1 to 256"],
    ["maxPbkdf2Iterations", 0, "1 to 2147483647"],
    ["maxPbkdf2Iterations", 2 ** 31, "1 to 2147483647"],
  ])("%s = %j is told as a RangeError", async (name, value, words) => {
    const options = { [name]: value } as ReadSeedFileOptions;

    const refusal: unknown = await readSeedFile(entraFile(entraRow("A")), options).catch(
      (error: unknown) => error,
    );

    expect(refusal).toBeInstanceOf(RangeError);
    expect(refusal).toMatchObject({ message: expect.stringContaining(words) as string });
  });

  it.each([
    ["key", "00112233445566778899aabbccddeeff"],
    ["key", [1, 2, 3]],
    ["password", 12345678],
  ])("%s = %j is told as a TypeError", async (name, value) => {
    const options = { [name]: value } as ReadSeedFileOptions;
    await expect(readSeedFile(entraFile(entraRow("A")), options)).rejects.toThrow(TypeError);
  });
});
