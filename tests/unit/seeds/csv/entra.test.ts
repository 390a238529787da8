import { describe, expect, it } from "vitest";
import { formatHex } from "../../../../src/core/text-forms.ts";
import { readSeedFile } from "../../../../src/seeds/read-seed-file.ts";
import { ENTRA_HEADER, entraFile, entraRow, fixture, onlySkipped, refusalOf, RFC_KEY } from "../files.ts";

describe("Entra CSV", () => {
  it("reads the administrator's file", async () => {
    const { seeds, skipped } = await readSeedFile(fixture("entra.csv"));

    expect(skipped).toEqual([]);
    expect(seeds.map(({ serialNumber, periodSeconds }) => [serialNumber, periodSeconds])).toEqual([
      ["0012300001", 30],
      ["0012300002", 60],
      ["0012300003", 30],
    ]);
    expect(seeds[0]).toEqual({
      serialNumber: "0012300001",
      type: "totp",
      secret: new TextEncoder().encode(RFC_KEY.text),
      algorithm: "SHA1",
      digits: 6,
      periodSeconds: 30,
      t0Seconds: 0,
      counter: 0,
      driftSteps: 0,
      manufacturer: "Nordlicht Tokens",
      model: "DT-20",
    });
  });

  it("reads the vendor's file: semicolons, other order, no upn, a line break in a cell", async () => {
    const { seeds, skipped } = await readSeedFile(fixture("entra-vendor.csv"));

    expect(seeds.map(({ serialNumber, model }) => [serialNumber, model])).toEqual([
      ["NL-0007", 'DT-20, "Fjord"'],
      ["NL-0008", "DT-20 second edition"],
    ]);
    expect(skipped).toMatchObject([{ row: 5, serialNumber: "NL-0009", code: "bad-secret" }]);
  });

  it("needs no more than serial number and secret key", async () => {
    const { seeds } = await readSeedFile(`secret key\tserial number\r${RFC_KEY.base32}\t7`);

    expect(seeds).toHaveLength(1);
    expect(seeds[0]).not.toHaveProperty("manufacturer");
    expect(seeds[0]).toMatchObject({ serialNumber: "7", periodSeconds: 30 });
  });

  it.each([
    ["hex", RFC_KEY.hex],
    ["base64", RFC_KEY.base64],
  ] as const)("reads secrets in %s when told so", async (secretEncoding, secret) => {
    const { seeds } = await readSeedFile(entraFile(entraRow("A", secret)), { secretEncoding });
    expect(seeds.map((seed) => formatHex(seed.secret))).toEqual([RFC_KEY.hex]);
  });

  it("reads a secret that could be hex as base32, as the format says", async () => {
    const { seeds } = await readSeedFile(entraFile(entraRow("A", "abcdef234567abcdef234567abcdef23")));
    expect(seeds[0]?.secret).toHaveLength(20);
  });

  it.each([
    ["missing-serial", entraRow(" ")],
    ["missing-secret", entraRow("A", " ")],
    ["bad-serial", entraRow("1.23E+11")],
    ["bad-secret", entraRow("A", "GEZDGNBV1")],
    ["bad-interval", `,A,${RFC_KEY.base32},0,,`],
    ["too-few-columns", "A"],
    ["too-few-columns", `,A,"${RFC_KEY.base32},30,Maker,Model`],
    ["too-many-columns", `Doe, Jane,A,${RFC_KEY.base32},30,Maker,Model`],
    ["duplicate-serial", entraRow("first")],
  ])("skips a row for %s, and no other: %s", async (code, row) => {
    const { seeds, skipped } = await readSeedFile(entraFile(entraRow("first"), row, entraRow("last")));

    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["first", "last"]);
    expect(skipped.map((entry) => [entry.row, entry.code])).toEqual([[3, code]]);
  });

  it("does not report a secret that slipped into the serial number's column", async () => {
    const moved = await onlySkipped(entraFile(entraRow("A").slice(1)));
    expect(moved).toMatchObject({ row: 2, code: "too-few-columns" });
    expect(JSON.stringify(moved)).not.toContain(RFC_KEY.base32);

    const swapped = await onlySkipped(entraFile(entraRow(RFC_KEY.base32, "12300001")));
    expect(swapped).toMatchObject({ row: 2, code: "bad-secret" });
    expect(JSON.stringify(swapped)).not.toContain(RFC_KEY.base32);
  });

  it.each([
    [",JBSWY3DPEHPK3PXP,BAD1,30,A,B", undefined],
    [`,${RFC_KEY.base64},12300001,30,A,B`, undefined],
    [`,${RFC_KEY.hex},,30,A,B`, undefined],
    [",JBSWY3DPEHPK3PXP,12345678,soon,A,B", undefined],
    [",OBDT10000017,BAD1,30,A,B", "OBDT10000017"],
    [",GALT11420104,,30,A,B", "GALT11420104"],
    [",260012345678,BAD1,30,A,B", "260012345678"],
  ])("names in the report of %s no more than a serial number: %s", async (row, serialNumber) => {
    expect((await onlySkipped(entraFile(row))).serialNumber).toBe(serialNumber);
  });

  it("skips secrets shorter than asked for, without naming one in the wrong column", async () => {
    const file = entraFile(entraRow("A", "GEZDGNBV"), entraRow("B"), entraRow("JBSWY3DPEHPK3PXP", "2345"));

    expect((await readSeedFile(file)).seeds).toHaveLength(3);
    const { seeds, skipped } = await readSeedFile(file, { leastSecretBytes: 10 });
    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["B"]);
    expect(skipped.map(({ row, serialNumber, code }) => [row, serialNumber, code])).toEqual([
      [2, "A", "bad-secret"],
      [4, undefined, "bad-secret"],
    ]);
  });

  it.each([
    ["after the names", `${ENTRA_HEADER}${"\n".repeat(19_000_000)}${entraRow("A")}`],
    ["of commas", `${ENTRA_HEADER}\n${",,,\n".repeat(4_000_000)}`],
    ["ended by carriage returns", `${ENTRA_HEADER}${"\r".repeat(19_000_000)}`],
  ])("gives up on millions of blank lines %s", { timeout: 60_000 }, async (_, text) => {
    expect((await refusalOf(text)).code).toBe("too-large");
  });

  it("bears a blank line after each row, as broken line ends leave it", async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `${entraRow(`S${index}`)}\r\r\n`);
    const { seeds, skipped } = await readSeedFile(`${ENTRA_HEADER}\r\r\n${rows.join("")}`);
    expect([seeds.length, skipped.length]).toEqual([500, 0]);
  });

  it("takes rows that end early or late in empty cells, as spreadsheets write them", async () => {
    const { seeds, skipped } = await readSeedFile(
      entraFile(`,A,${RFC_KEY.base32}`, `${entraRow("B")},,,`, ",,,,,", "", " "),
    );
    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["A", "B"]);
    expect(skipped).toEqual([]);
  });

  it.each([
    ["upn,serial number,pin", "“secret key”"],
    ["secret key,model", "“serial number”"],
    ["upn,manufacturer,model", "“serial number” and “secret key”"],
  ])("says which columns are missing from %s", async (header, words) => {
    const refusal = await refusalOf(`${header}\n1,2,3\n`);
    expect(refusal.code).toBe("malformed");
    expect(refusal.message).toContain(`lacks the column ${words}.`);
  });

  it("says when there is a header and nothing else", async () => {
    expect((await refusalOf(`${ENTRA_HEADER}\n\n`)).code).toBe("empty-file");
  });

  it("I11 leaves Object.prototype alone", async () => {
    const { seeds } = await readSeedFile(
      `__proto__,constructor,serial number,secret key\nx,y,__proto__,${RFC_KEY.base32}`,
    );
    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["__proto__"]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
