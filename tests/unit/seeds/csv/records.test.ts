import * as fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { fuzzRuns } from "../../../support/fuzz-runs.ts";
import { readRecords, RecordReader, type Delimiter } from "../../../../src/seeds/csv/records.ts";

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

  it("keeps a cell with a line break whose own text would be an open row", () => {
    expect(read('"\n,"""\nlast,x')).toEqual([
      [1, ['\n,"']],
      [3, ["last", "x"]],
    ]);
  });

  it("keeps a cell whose own text would be a broken row", () => {
    expect(read('"a,""b"\nlast,x')).toEqual([
      [1, ['a,"b']],
      [2, ["last", "x"]],
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

  it("I3 loses one line only to a quotation mark that is never closed", () => {
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

  it("I3 gives up on a line of more than 8 192 characters", () => {
    expect(read(`${"x".repeat(8193)}\na`)).toEqual([
      [1, null],
      [2, ["a"]],
    ]);
  });

  it("I3 gives up after two and a half million lines, blank or not", { timeout: 60_000 }, () => {
    let rows = 0;
    const readAll = () => {
      for (const { line } of readRecords("\n".repeat(2_500_001), ",")) rows = line;
    };
    expect(readAll).toThrow(expect.objectContaining({ code: "too-large" }) as Error);
    expect(rows).toBe(2_500_000);
  });

  it("gives the same rows however the text is cut into slices", { timeout: 60_000 }, () => {
    const unit = fc.constantFrom("a", ",", '"', "\n", "\r", "\r\n", " ", "ü");
    const long = fc.integer({ min: 8180, max: 8200 }).map((length) => "x".repeat(length));
    const text = fc
      .array(fc.oneof({ weight: 30, arbitrary: unit }, { weight: 1, arbitrary: long }), { maxLength: 40 })
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 6 }), (whole, places) => {
        const cuts = [0, ...places.map((place) => place % (whole.length + 1)), whole.length];
        cuts.sort((one, other) => one - other);
        const reader = new RecordReader(",");
        const rows = cuts
          .slice(1)
          .flatMap((cut, index) => [...reader.push(whole.slice(cuts[index], cut), false)]);
        rows.push(...reader.push("", true));

        expect(rows).toEqual([...readRecords(whole, ",")]);
      }),
      fuzzRuns(300),
    );
  });

  it("unwraps rows that stand in one cell, and texts kept from being numbers", () => {
    const cellsOf = (text: string, delimiter: "," | ";") =>
      [...readRecords(text, delimiter)].map(({ cells }) => cells);

    expect(cellsOf('"a,b,""c,d"""\n"e,f";;;;\n"g,\nh",,\n"i,j",k', ",")).toEqual([
      ["a", "b", "c,d"],
      ["e", "f"],
      ["g", "\nh"],
      ["i,j", "k"],
    ]);
    expect(cellsOf('="0012";"=""0034""";="56"x;"="', ";")).toEqual([["0012", "0034", '="56"x', "="]]);
    expect(cellsOf('"a,b"', ";")).toEqual([["a,b"]]);
    expect(cellsOf(`"${'"'.repeat(4000)},${'"'.repeat(4000)}"`, ",")).toHaveLength(1);
  });

  it("holds no more of a line without end than a row may be long", () => {
    const reader = new RecordReader(",");
    for (let slice = 0; slice < 50; slice += 1) {
      expect([...reader.push("x".repeat(100_000), false)]).toEqual([]);
    }
    expect([...reader.push("\nb", false), ...reader.push("", true)]).toEqual([
      { line: 1, cells: null },
      { line: 2, cells: ["b"] },
    ]);
  });

  it("reads back what a CSV writer wrote", { timeout: 60_000 }, () => {
    const cell = fc.string({ maxLength: 8, unit: fc.constantFrom("a", " ", '"', ",", ";", "\n", "ü", "=") });
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.constantFrom(",", ";", "\t"), (written, delimiter) => {
        // A row with more line breaks than a row may have is refused on purpose.
        fc.pre(written.every((row) => row.join("").split("\n").length <= 8));
        // What spreadsheets wrap is unwrapped on purpose.
        fc.pre(written.every((row) => row.length > 1 || !row[0]?.includes(delimiter)));
        fc.pre(written.flat().every((text) => !/^="[^"]*"$/u.test(text)));
        const text = Papa.unparse(written, { delimiter, newline: "\r\n", quotes: true });
        expect([...readRecords(text, delimiter)].map(({ cells }) => cells)).toEqual(written);
      }),
      fuzzRuns(300),
    );
  });

  it(
    "I12 takes time in proportion to the text, even when every line opens a quotation mark",
    { timeout: 60_000 },
    () => {
      const lines = [...readRecords('"\n'.repeat(20_001), ",")];
      expect(lines).toHaveLength(10_001);
    },
  );
});
