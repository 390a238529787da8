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
    ["leastSecretBytes", 0, "1 to 256"],
    ["leastSecretBytes", 257, "1 to 256"],
    ["leastSecretBytes", 1.5, "1 to 256"],
    ["leastSecretBytes", NaN, "1 to 256"],
    ["leastSecretBytes", "10", "1 to 256"],
  ])("%s = %j is told as a RangeError", async (name, value, words) => {
    const options = { [name]: value } as ReadSeedFileOptions;

    const refusal: unknown = await readSeedFile(entraFile(entraRow("A")), options).catch(
      (error: unknown) => error,
    );

    expect(refusal).toBeInstanceOf(RangeError);
    expect(refusal).toMatchObject({ message: expect.stringContaining(words) as string });
  });
});
