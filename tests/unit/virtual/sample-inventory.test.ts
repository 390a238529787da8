import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { parseBase32 } from "../../../src/core/text-forms.ts";
import {
  findSampleSeed,
  SAMPLE_SERIAL_NUMBERS,
  sampleInventoryCsv,
} from "../../../src/virtual/sample-inventory.ts";

describe("sample inventory", () => {
  const { data, errors } = Papa.parse<Record<string, string>>(sampleInventoryCsv(), {
    header: true,
    skipEmptyLines: true,
  });

  it("is a well-formed Entra CSV", () => {
    expect(errors).toEqual([]);
    expect(Object.keys(data[0] ?? {})).toEqual([
      "upn",
      "serial number",
      "secret key",
      "time interval",
      "manufacturer",
      "model",
    ]);
    expect(data).toHaveLength(SAMPLE_SERIAL_NUMBERS.length);
  });

  it("holds the seed that each virtual token has", () => {
    for (const row of data) {
      const seed = findSampleSeed(row["serial number"] ?? "");
      expect(seed?.secret).toEqual(parseBase32(row["secret key"] ?? ""));
      expect(String(seed?.periodSeconds)).toBe(row["time interval"]);
      expect(seed).toMatchObject({ type: "totp", algorithm: "SHA1", digits: 6, driftSteps: 0 });
    }
  });

  it("has serial numbers of their own, with gaps, and one token that shows a code for a minute", () => {
    expect(SAMPLE_SERIAL_NUMBERS).toHaveLength(12);
    expect(new Set(SAMPLE_SERIAL_NUMBERS).size).toBe(12);
    for (const serialNumber of SAMPLE_SERIAL_NUMBERS) expect(serialNumber).toMatch(/^OBDT1\d{7}$/u);
    expect(SAMPLE_SERIAL_NUMBERS).not.toContain("OBDT10000018");
    const slow = SAMPLE_SERIAL_NUMBERS.filter((serial) => findSampleSeed(serial)?.periodSeconds === 60);
    expect(slow).toEqual(["OBDT10000093"]);
  });

  it("is the same every time, and each seed a copy of its own", () => {
    expect(sampleInventoryCsv()).toBe(sampleInventoryCsv());
    const first = findSampleSeed("OBDT10000017");
    first?.secret.fill(0);
    expect(findSampleSeed("OBDT10000017")?.secret).not.toEqual(first?.secret);
  });

  it("does not know other serial numbers", () => {
    expect(findSampleSeed("OBDT10000018")).toBeNull();
    expect(findSampleSeed("")).toBeNull();
  });
});
