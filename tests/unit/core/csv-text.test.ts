import papaparse from "papaparse";
import { expect, it } from "vitest";
import { formatCsv } from "../../../src/core/csv-text.ts";

it.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(1)", "'@SUM(1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", "'\r=1"],
  ["OBDT-1", "OBDT-1"],
  ['a "b", c', 'a "b", c'],
  ['=HYPERLINK("http://example.com","x")', `'=HYPERLINK("http://example.com","x")`],
  ["line\r\nbreak", "line\r\nbreak"],
  ["", ""],
])("I5 writes %j so that a spreadsheet reads %j", (cell, read) => {
  const { data } = papaparse.parse<string[]>(formatCsv([["first", cell, "last"]]), { skipEmptyLines: true });

  expect(data).toEqual([["first", read, "last"]]);
});

it("I5 quotes and ends lines as RFC 4180 has it", () => {
  expect(
    formatCsv([
      ["row", "a,b"],
      ["1", 'say "x"'],
    ]),
  ).toBe('\uFEFFrow,"a,b"\r\n1,"say ""x"""\r\n');
});
