import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../src/seeds/index.ts";
import { entraFile, entraRow, onlySkipped, RFC_KEY } from "./files.ts";

const numbered = (count: number, first = 2_600_000_001) =>
  Array.from({ length: count }, (_, index) => String(first + index));

async function skippedCodes(serials: readonly string[], options = {}) {
  const { skipped } = await readSeedFile(entraFile(...serials.map((serial) => entraRow(serial))), options);
  return skipped.map(({ serialNumber, code }) => [serialNumber, code]);
}

describe("what a spreadsheet does to serial numbers", () => {
  it.each(["1.23E+10", "1,23E+10", "2.6E+12", "2.60012E+12", "1e+11"])("I6 explains %s", async (serial) => {
    const row = await onlySkipped(entraFile(entraRow(`"${serial}"`), entraRow("A")));
    expect(row).toMatchObject({ row: 2, code: "bad-serial" });
    expect(row.message).toContain("spreadsheet");
  });

  it("I6 explains a number that is shorter than nearly all others", async () => {
    const row = await onlySkipped(
      entraFile(...[...numbered(8), "12300001"].map((serial) => entraRow(serial))),
    );
    expect(row).toMatchObject({ row: 10, serialNumber: "12300001", code: "shortened-serial" });
    expect(row.message).toContain("8 digits");
    expect(row.message).toContain("10:");
  });

  it("reads it all the same when told to", async () => {
    expect(await skippedCodes([...numbered(8), "12300001"], { acceptShortSerials: true })).toEqual([]);
  });

  it.each([
    ["there are zeros in front of others", [...numbered(8), "12300001", "0012300001"]],
    ["lengths differ anyway", [...numbered(4), "12300001", "1230001", "123001", "12301"]],
    ["there are few rows", [...numbered(3), "12300001"]],
    ["the numbers are short", ["100001", "100002", "100003", "100004", "100005", "1001"]],
    ["a batch passes a power of ten", ["999999999", ...numbered(8, 1_000_000_000)]],
    ["it is no number", [...numbered(8), "A2300001"]],
    ["it is longer", [...numbered(8), "26000000011"]],
  ])("does not where %s", async (_, serials) => {
    expect(await skippedCodes(serials)).toEqual([]);
  });

  it("leaves YubiKeys alone, whose numbers have no zeros in front", async () => {
    const rows = [...numbered(8, 10_000_001), "508326"].map((serial) => `${serial},,0,${RFC_KEY.hex},,,`);
    expect((await readSeedFile(rows.join("\n"))).seeds).toHaveLength(9);
  });

  it("I5 keeps zeros and cells that look like formulas as text", async () => {
    const serials = ["0012300001", "=1+1", "+4912345678", "@SUM(A1)", "-5"];
    const { seeds } = await readSeedFile(entraFile(...serials.map((serial) => entraRow(serial))));
    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(serials);
  });

  it("I6 explains typographic quotation marks", async () => {
    const row = await onlySkipped(entraFile(entraRow("“0012300001”")));
    expect(row).toMatchObject({ row: 2, code: "bad-serial" });
    expect(row.message).toContain("typographic");
  });
});

describe("what a spreadsheet does to files and secrets", () => {
  it.each([
    ["every row", (line: string) => `"${line.replaceAll('"', '""')}"`],
    ["every row, with empty cells behind it", (line: string) => `"${line.replaceAll('"', '""')}";;;;;`],
    ["every row but the first", (line: string, index: number) => (index === 0 ? line : `"${line}"`)],
  ])("reads a file with %s in one cell", async (_, wrap) => {
    const lines = entraFile(entraRow("0012300001"), entraRow("0012300002")).trimEnd().split("\n");
    const { format, seeds, skipped } = await readSeedFile(lines.map(wrap).join("\r\n"));

    expect([format, skipped]).toEqual(["csv-entra", []]);
    expect(seeds).toMatchObject([
      { serialNumber: "0012300001", manufacturer: "Maker" },
      { serialNumber: "0012300002", manufacturer: "Maker" },
    ]);
  });

  it("reads rows without a header that stand in one cell each", async () => {
    const { format, seeds } = await readSeedFile(`"0012300001,${RFC_KEY.hex},totp,8,60"\n`);
    expect(format).toBe("csv-oath");
    expect(seeds).toMatchObject([{ serialNumber: "0012300001", digits: 8, periodSeconds: 60 }]);
  });

  it("takes the text out of a formula that keeps zeros, in any column", async () => {
    const { seeds } = await readSeedFile(entraFile(entraRow('="0012300001"', `="${RFC_KEY.base32}"`)));
    expect(seeds).toMatchObject([{ serialNumber: "0012300001" }]);
  });

  it("reads its note of the separator, and the Unicode text it saves", async () => {
    const text = `sep=;\r\nserial number;secret key\r\n0012300001;${RFC_KEY.base32}\r\n`;
    expect((await readSeedFile(text)).seeds).toHaveLength(1);
    const rows = `0012300001,${RFC_KEY.hex},totp\r\n`;
    expect((await readSeedFile(`sep=,\r\n${rows}`)).seeds).toHaveLength(1);
    const tabs = Buffer.from(
      `\uFEFFserial number\tsecret key\r\n0012300001\t${RFC_KEY.base32}\r\n`,
      "utf16le",
    );
    expect((await readSeedFile(Uint8Array.from(tabs))).seeds[0]?.serialNumber).toBe("0012300001");
  });

  it("explains a secret taken for a number", async () => {
    const rows = [
      `A,${RFC_KEY.hex},totp`,
      `A2,${RFC_KEY.hex},totp`,
      "B,3.13233343536374E+39,totp",
      "C,132333435363738393031323334353637,totp",
    ];
    const { skipped } = await readSeedFile(rows.join("\n"));
    expect(skipped.map(({ row, serialNumber, code }) => [row, serialNumber, code])).toEqual([
      [3, "B", "bad-secret"],
      [4, "C", "bad-secret"],
    ]);
    for (const { message } of skipped) expect(message).toContain("spreadsheet");
  });

  it("says which character does not belong, and where", async () => {
    const { message } = await onlySkipped(entraFile(entraRow("A", `${RFC_KEY.base32.slice(0, 8)}8`)));
    expect(message).toContain("“8” at position 9");
  });
});
