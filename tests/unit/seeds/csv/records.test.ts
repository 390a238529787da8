import * as fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { readRecords, type Delimiter } from "../../../../src/seeds/csv/records.ts";

function read(text: string, delimiter: Delimiter = ",") {
  return [...readRecords(text, delimiter)].map(({ line, cells }) => [line, cells]);
}

describe("readRecords", () => {
  it("counts lines whatever their ends", () => {
    expect(read("a,b\r\nc\rd\n\ne")).toEqual([
      [1, ["a", "b"]],
      [2, ["c"]],
      [3, ["d"]],
      [4, [""]],
      [5, ["e"]],
    ]);
  });

  it("counts lines across quoted line breaks", () => {
    expect(read('"a\r\nb","c ""d"""\ne')).toEqual([
      [1, ["a\nb", 'c "d"']],
      [3, ["e"]],
    ]);
  });

  it.each([";", "\t"] as const)("splits at %j only", (delimiter) => {
    expect(read(`"a${delimiter}b"${delimiter}c,d`, delimiter)).toEqual([[1, [`a${delimiter}b`, "c,d"]]]);
  });

  it("allows a quotation mark inside a cell and blanks after a closing one", () => {
    expect(read('5" wide,x\n"a" ,"b"  ')).toEqual([
      [1, ['5" wide', "x"]],
      [2, ["a", "b"]],
    ]);
  });

  it("loses one line only to a quotation mark that is never closed", () => {
    expect(read('a,"b\nc,d\ne,f')).toEqual([
      [1, null],
      [2, ["c", "d"]],
      [3, ["e", "f"]],
    ]);
    expect(read('a,"b\nc,"d"\n')).toEqual([
      [1, null],
      [2, ["c", "d"]],
    ]);
    expect(read('"a"b,c\nd')).toEqual([
      [1, null],
      [2, ["d"]],
    ]);
  });

  it("looks eight lines far for a closing quotation mark", () => {
    expect(read(`"${"\n".repeat(7)}"`)).toEqual([[1, ["\n".repeat(7)]]]);
    expect(read(`"${"\n".repeat(8)}"`)).toHaveLength(9);
  });

  it("gives up on a line of more than 8 192 characters", () => {
    expect(read(`${"x".repeat(8193)}\na`)).toEqual([
      [1, null],
      [2, ["a"]],
    ]);
  });

  it("gives up after 250 000 lines, blank or not", () => {
    expect([...readRecords("\n".repeat(250_000), ",")]).toHaveLength(250_000);
    expect(() => [...readRecords("\n".repeat(250_001), ",")]).toThrow(
      expect.objectContaining({ code: "too-large" }),
    );
  });

  it("reads back what a CSV writer wrote", { timeout: 60_000 }, () => {
    const cell = fc.string({ maxLength: 8, unit: fc.constantFrom("a", " ", '"', ",", ";", "\n", "ü", "=") });
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom(",", ";", "\t"), (written, delimiter) => {
        // A row with more line breaks than a row may have is refused on purpose.
        fc.pre(written.every((row) => row.join("").split("\n").length <= 8));
        const text = Papa.unparse(written, { delimiter, newline: "\r\n", quotes: true });
        expect([...readRecords(text, delimiter)].map(({ cells }) => cells)).toEqual(written);
      }),
      { numRuns: 1000 },
    );
  });

  it(
    "takes time in proportion to the text, even when every line opens a quotation mark",
    { timeout: 60_000 },
    () => {
      const lines = [...readRecords('"\n'.repeat(20_001), ",")];
      expect(lines).toHaveLength(10_001);
    },
  );
});
