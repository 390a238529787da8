import { describe, expect, it } from "vitest";
import { parseOptions } from "../../bench/options.ts";
import { isWanted } from "../../bench/scenario.ts";

describe("options of the benchmark", () => {
  it("measures eleven rounds in both hosts unless told", () => {
    expect(parseOptions([])).toMatchObject({
      rounds: 11,
      gate: false,
      hosts: ["chromium", "node"],
      only: [],
    });
    expect(parseOptions(["--quick"]).rounds).toBe(3);
    expect(parseOptions(["--quick", "--rounds", "7", "--host", "node"])).toMatchObject({
      rounds: 7,
      hosts: ["node"],
    });
  });

  it("refuses what it does not know", () => {
    for (const args of [["--rounds", "0"], ["--rounds", "x"], ["--host", "deno"], ["--quik"]]) {
      expect(() => parseOptions(args)).toThrow(/rounds|host|quik/u);
    }
  });

  it("picks parts by whole words of their names", () => {
    const { only } = parseOptions(["--only", "codes,identify-10000"]);
    const ids = ["codes-SHA1", "identify-10000", "identify-100000", "resync"];
    expect(ids.filter((id) => isWanted(only, id))).toEqual(["codes-SHA1", "identify-10000"]);
    expect(ids.filter((id) => isWanted([], id))).toEqual(ids);
  });
});
