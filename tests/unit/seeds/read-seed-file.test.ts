import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../src/seeds/index.ts";
import { entraFile, entraRow, fixture, pskcFile, pskcPackage, refusalOf } from "./files.ts";

describe("readSeedFile", () => {
  it.each([
    ["bytes", (bytes: Uint8Array) => bytes],
    ["a Blob", (bytes: Uint8Array) => new Blob([Uint8Array.from(bytes)])],
    ["text", (bytes: Uint8Array) => new TextDecoder().decode(bytes)],
  ])("reads the same from %s", async (_, make) => {
    const csv = await readSeedFile(make(fixture("entra.csv")));
    const xml = await readSeedFile(make(fixture("pskc-plain.xml")));

    expect([csv.format, csv.seeds.length, csv.skipped]).toEqual(["csv-entra", 3, []]);
    expect([xml.format, xml.seeds.length, xml.skipped]).toEqual(["pskc", 4, []]);
  });

  it("accepts a byte-order mark and blanks before both formats", async () => {
    const csv = await readSeedFile(`\uFEFF\n${entraFile(entraRow("A"), "x")}`);
    const xml = await readSeedFile(
      new Blob([`\uFEFF \r\n<?xml version="1.0"?>${pskcFile(pskcPackage())}`, "\n"]),
    );

    expect(csv.seeds.map(({ serialNumber }) => serialNumber)).toEqual(["A"]);
    expect(csv.skipped.map(({ row }) => row)).toEqual([4]);
    expect(xml.seeds.map(({ serialNumber }) => serialNumber)).toEqual(["NL-1"]);
  });

  it("reads a file as the format asked for, and refuses what is not of it", async () => {
    expect((await readSeedFile(entraFile(entraRow("A")), { format: "csv-entra" })).seeds).toHaveLength(1);
    expect((await readSeedFile(pskcFile(pskcPackage()), { format: "pskc" })).seeds).toHaveLength(1);
    expect((await refusalOf(entraFile(entraRow("A")), { format: "pskc" })).code).toBe("unknown-format");
    expect((await refusalOf(pskcFile(pskcPackage()), { format: "csv-entra" })).code).toBe("malformed");
  });

  it.each([
    ["prose", "Dear customer,\nyour tokens were sent today.\n"],
    ["rows without a header", entraRow("12300001")],
    ["another XML file", `<?xml version="1.0"?><Coins><Coin serial="1"/></Coins>`],
    ["XML without an element", "<?xml version='1.0'?><!-- nothing -->"],
  ])("does not know %s", async (_, text) => {
    expect(await refusalOf(text)).toMatchObject({ name: "SeedFileError", code: "unknown-format" });
  });

  it("tells the progress up to the end", async () => {
    const rows = Array.from({ length: 250 }, (_, index) => entraRow(`S${index}`));
    const progress: [number, number][] = [];

    await readSeedFile(entraFile(...rows), { onProgress: (done, total) => progress.push([done, total]) });

    expect(progress.map(([done]) => done)).toEqual([0, 100, 200, 250]);
    expect(progress.at(-1)).toEqual([250, 250]);
    expect(progress.every(([done, total]) => total >= 250 && done <= total)).toBe(true);
  });

  it("rejects with the signal's reason before it begins", async () => {
    const reason = new Error("not today");

    await expect(readSeedFile(entraFile(entraRow("A")), { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });

  it.each([
    ["CSV", entraFile(...Array.from({ length: 3000 }, (_, index) => entraRow(`S${index}`)))],
    ["PSKC", pskcFile(pskcPackage().repeat(3000))],
  ])("I13 lets a message that arrives meanwhile cancel the reading of %s", async (_, text) => {
    const controller = new AbortController();
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => controller.abort(new Error("cancelled")));
    port1.start();
    let last = 0;
    const reading = readSeedFile(text, {
      signal: controller.signal,
      onProgress: (done) => {
        last = done;
        if (done > 0) port2.postMessage(null);
      },
    });

    await expect(reading).rejects.toThrow("cancelled");
    port1.close();
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(3000);
  });
});
