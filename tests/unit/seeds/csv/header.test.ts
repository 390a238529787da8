import { describe, expect, it } from "vitest";
import { CsvHead } from "../../../../src/seeds/csv/head.ts";
import { findHeader } from "../../../../src/seeds/csv/header.ts";

const KNOWN = ["serial number", "secret key", "model"];

describe("findHeader", () => {
  it.each([",", ";", "\t"])("finds the names by %j in any order and case", (delimiter) => {
    const text = ["Model", '"SECRET_KEY"', " Serial-Number ", "colour"].join(delimiter);

    expect(findHeader(new CsvHead(`\n${text}\n`), KNOWN)).toEqual({
      line: 2,
      delimiter,
      columns: 4,
      indexOf: new Map([
        ["model", 0],
        ["secret key", 1],
        ["serial number", 2],
      ]),
    });
  });

  it("is not misled by names of object members", () => {
    const header = findHeader(new CsvHead("__proto__,constructor,serial number\n"), KNOWN);
    expect([...(header?.indexOf.keys() ?? [])]).toEqual(["serial number"]);
  });

  it("says which name stands twice", () => {
    expect(() => findHeader(new CsvHead("model,serial number,Model"), KNOWN)).toThrow(
      expect.objectContaining({ code: "malformed", message: expect.stringContaining("“model”") as string }),
    );
  });

  it.each(["", " , \n\n", '"never closed', ",".repeat(64) + "model", "x".repeat(300)])(
    "finds none in %j",
    (text) => {
      expect(findHeader(new CsvHead(text), KNOWN)).toBeNull();
    },
  );
});
