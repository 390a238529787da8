import { describe, expect, it } from "vitest";
import type { Seed } from "../../../src/otp/seed.ts";
import { RowProblem } from "../../../src/seeds/row-problem.ts";
import { SeedCollector } from "../../../src/seeds/seed-collector.ts";
import { RFC_KEY } from "./files.ts";

function seed(serialNumber: string): Seed {
  return {
    serialNumber,
    type: "totp",
    secret: Uint8Array.of(1, 2, 3),
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    t0Seconds: 0,
    counter: 0,
    driftSteps: 0,
  };
}

function bad(serialNumber: string) {
  return {
    serialNumber: () => serialNumber,
    seed: (): Seed => {
      throw new RowProblem("bad-secret", "No.");
    },
  };
}

describe("SeedCollector", () => {
  it("keeps the first of two equal serial numbers and wipes the secret of the second", () => {
    const collector = new SeedCollector();
    const second = seed("A");

    collector.add(2, { serialNumber: () => "A", seed });
    collector.add(3, { serialNumber: () => "A", seed: () => second });

    const report = collector.take();
    expect(report.seeds).toEqual([seed("A")]);
    expect(report.skipped).toMatchObject([{ row: 3, serialNumber: "A", code: "duplicate-serial" }]);
    expect(report.skipped[0]?.message).toContain("row 2");
    expect(second.secret).toEqual(new Uint8Array(3));
  });

  it("lets a bad row's serial number be used by a good one", () => {
    const collector = new SeedCollector();

    collector.add(1, bad("A"));
    collector.add(2, { serialNumber: () => "A", seed });

    expect(collector.take()).toMatchObject({ seeds: [{ serialNumber: "A" }], skipped: [{ row: 1 }] });
  });

  it.each([RFC_KEY.base32, RFC_KEY.hex, RFC_KEY.base64, "JBSWY3DPEHPK3PXP"])(
    "does not report a serial number that may be a secret: %s",
    (serialNumber) => {
      const collector = new SeedCollector();
      collector.add(1, bad(serialNumber));
      expect(collector.take().skipped).toEqual([{ row: 1, code: "bad-secret", message: "No." }]);
    },
  );

  it.each(["OBDT10000017", "GALT11420104", "260012345678"])("reports %s", (serialNumber) => {
    const collector = new SeedCollector();
    collector.add(1, bad(serialNumber));
    expect(collector.take().skipped).toMatchObject([{ serialNumber }]);
  });

  it("wipes everything when the reading is given up", () => {
    const collector = new SeedCollector();
    const kept = seed("A");
    collector.add(1, { serialNumber: () => "A", seed: () => kept });

    collector.discard();

    expect(kept.secret).toEqual(new Uint8Array(3));
    expect(collector.rows).toBe(0);
  });

  it("passes on what is no problem of the row", () => {
    const collector = new SeedCollector();
    const defect = new TypeError("defect");
    const row = {
      serialNumber: (): string => {
        throw defect;
      },
      seed,
    };
    expect(() => collector.add(1, row)).toThrow(defect);
  });

  it("I3 counts 1 000 000 rows and no more", { timeout: 60_000 }, () => {
    const collector = new SeedCollector();
    for (let row = 1; row <= 1_000_000; row += 1)
      collector.add(row, { serialNumber: () => String(row), seed });
    expect(() => collector.add(1_000_001, { serialNumber: () => "one more", seed })).toThrow(
      expect.objectContaining({ code: "too-large" }),
    );
  });
});
