import { describe, expect, it } from "vitest";
import { readSeedFile, type ReadSeedFileOptions } from "../../../../src/seeds/index.ts";
import { onlySkipped, refusalOf, RFC_KEY } from "../files.ts";

const FILE = [
  "Batch;Fob;Geheimnis;Takt;Stellen;Art;Lieferant",
  `7;0012300001;${RFC_KEY.hex};60;8;totp;Nordlicht`,
  `7;0012300002;${RFC_KEY.hex};;6;hotp;Nordlicht`,
  "",
].join("\n");

describe("the option columns", () => {
  it.each<[string, ReadSeedFileOptions["columns"]]>([
    [
      "names",
      {
        serialNumber: "fob",
        secret: " GEHEIMNIS",
        periodSeconds: "Takt",
        digits: "Stellen",
        type: "Art",
        manufacturer: "Lieferant",
      },
    ],
    [
      "names and indexes",
      { serialNumber: 1, secret: "Geheimnis", periodSeconds: 3, digits: 4, type: 5, manufacturer: 6 },
    ],
  ])("reads any table by %s", async (_, columns) => {
    const report = await readSeedFile(FILE, { columns: columns ?? {} });

    expect(report.format).toBe("csv-columns");
    expect(report.skipped).toEqual([]);
    expect(report.seeds).toMatchObject([
      { serialNumber: "0012300001", type: "totp", periodSeconds: 60, digits: 8, manufacturer: "Nordlicht" },
      { serialNumber: "0012300002", type: "hotp", periodSeconds: 30, digits: 6, manufacturer: "Nordlicht" },
    ]);
  });

  it("reads a table without a header by indexes", async () => {
    const file = `x|${RFC_KEY.base32}|A\ny|${RFC_KEY.base32}|B|\nz|${RFC_KEY.base32}\n`;
    const { seeds, skipped } = await readSeedFile(file, { columns: { serialNumber: 2, secret: 1 } });

    expect(seeds.map(({ serialNumber }) => serialNumber)).toEqual(["A", "B"]);
    expect(skipped.map(({ row, code }) => [row, code])).toEqual([[3, "too-few-columns"]]);
  });

  it("reads a column of algorithms as what its cells are, and drift and model", async () => {
    const file = `s,k,a,d,m\nA,${RFC_KEY.hex},HMAC-SHA512,-3,DT\nB,${RFC_KEY.hex},HOTP,,DT\nC,${RFC_KEY.hex},MD5,,DT\n`;
    const { seeds, skipped } = await readSeedFile(file, {
      columns: { serialNumber: "s", secret: "k", algorithm: "a", driftSteps: "d", model: "m" },
    });

    expect(seeds).toMatchObject([
      { algorithm: "SHA512", type: "totp", driftSteps: -3, model: "DT" },
      { algorithm: "SHA1", type: "hotp", driftSteps: 0 },
    ]);
    expect(skipped.map(({ serialNumber, code }) => [serialNumber, code])).toEqual([
      ["C", "unsupported-algorithm"],
    ]);
  });

  it("takes tokens to be HOTP where there is a counter and no interval", async () => {
    const file = `s,k,c\nA,${RFC_KEY.hex},9\n`;
    const columns = { serialNumber: "s", secret: "k", counter: "c" };
    expect((await readSeedFile(file, { columns })).seeds).toMatchObject([{ type: "hotp", counter: 9 }]);
  });

  it("takes from defaults what rows do not say", async () => {
    const { seeds } = await readSeedFile(`s,k\nA,${RFC_KEY.hex}\n`, {
      columns: { serialNumber: "s", secret: "k" },
      defaults: { type: "totp", digits: 8, periodSeconds: 60, algorithm: "SHA256" },
    });
    expect(seeds).toMatchObject([{ type: "totp", digits: 8, periodSeconds: 60, algorithm: "SHA256" }]);
  });

  it("says which names the first row does not have", async () => {
    const refusal = await refusalOf("serial;model;x\nA;B;C\n", {
      columns: { serialNumber: "serial", secret: "klucz" },
    });
    expect(refusal).toMatchObject({
      code: "malformed",
      details: { needs: "columns", columnCount: 3, columnNames: ["serial", "model", "x"] },
    });
    expect(refusal.message).toContain("“klucz”");
  });

  it.each([
    [{}],
    [{ serialNumber: "a" }],
    [{ serialNumber: "a", secret: -1 }],
    [{ serialNumber: "a", secret: 1.5 }],
    [{ serialNumber: "", secret: "b" }],
    [{ serialNumber: "a", secret: "b", colour: 3 }],
    [{ serialNumber: "a", secret: null }],
  ])("refuses %j as a mistake of the program", async (columns) => {
    const refusal = await refusalOf(FILE, {
      columns: columns as NonNullable<ReadSeedFileOptions["columns"]>,
    });
    expect(refusal).toBeInstanceOf(RangeError);
  });

  it("finds nothing in a file of prose", async () => {
    const refusal = await refusalOf("Dear customer\n", { columns: { serialNumber: "s", secret: "k" } });
    expect(refusal.code).toBe("malformed");
  });

  it("skips the row whose mapped secret is none", async () => {
    const row = await onlySkipped(`s,k\nA,${RFC_KEY.hex}\nB,ABC\n`, {
      columns: { serialNumber: "s", secret: "k" },
    });
    expect(row).toMatchObject({ row: 3, serialNumber: "B", code: "bad-secret" });
  });
});

describe("a table of no known format", () => {
  it("tells its columns, so that a person can say what is in them", async () => {
    const refusal = await refusalOf(
      "Batch;Model;Vendor;Colour of it\n7;DT;Nordlicht;red\n7;DT;Nordlicht;blue\n",
    );
    expect(refusal).toMatchObject({
      code: "unknown-format",
      details: {
        needs: "columns",
        columnCount: 4,
        columnNames: ["Batch", "Model", "Vendor", "Colour of it"],
      },
    });
  });

  it.each([
    ["rows of data", `red,0012300001,${RFC_KEY.base32}\nblue,0012300002,${RFC_KEY.base32}\n`],
    ["one word like a name", `model,0012300001,${RFC_KEY.base32}\nDT,0012300002,${RFC_KEY.base32}\n`],
  ])("tells no cell where they may be data: %s", async (_, file) => {
    const { code, details } = await refusalOf(file);
    expect(code).toBe("unknown-format");
    expect(details).toEqual({ needs: "columns", columnCount: 3 });
  });

  it.each([RFC_KEY.base32, RFC_KEY.hex, RFC_KEY.base64, "JBSWYDPEHPKPXPAB", "KRUG S4ZA NFZS", "a1b2c3"])(
    "leaves out a name that may be a secret: %s",
    async (secret) => {
      const { details } = await refusalOf(`Model;Vendor;${secret}\nDT;Nordlicht;x\n`);
      expect(details.columnNames).toEqual(["Model", "Vendor", ""]);
    },
  );

  it("says nothing of columns where there are none", async () => {
    expect((await refusalOf("Dear customer\nyour tokens were sent.\n")).details).toEqual({});
  });
});
