import { describe, expect, it } from "vitest";
import { readSeedBlocks, type SeedBlock } from "../../../src/seeds/index.ts";
import { LIMITS } from "../../../src/seeds/limits.ts";
import { entraFile, entraRow, pskcFile, pskcPackage } from "./files.ts";

const ROWS = 5000;
const serialAt = (index: number) => `S${index + 10_000_000}`;
/** Every hundredth row has no secret. */
const CSV = entraFile(
  ...Array.from({ length: ROWS }, (_, index) =>
    index % 100 === 99 ? entraRow(serialAt(index), "") : entraRow(serialAt(index)),
  ),
);

function keyPackages(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) =>
    pskcPackage({ device: `<SerialNo>${serialAt(from + index)}</SerialNo>` }),
  ).join("\n");
}

const FILES = [
  { name: "CSV", text: CSV, read: ROWS - ROWS / 100, skipped: ROWS / 100 },
  { name: "PSKC", text: pskcFile(keyPackages(ROWS)), read: ROWS, skipped: 0 },
] as const;

/** Takes every block at once. */
function collectInto(blocks: SeedBlock[]): (block: SeedBlock) => Promise<void> {
  return (block) => {
    blocks.push(block);
    return Promise.resolve();
  };
}

/** A promise, and what fulfils it. */
function signal(): { given: Promise<void>; give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

function isWiped({ seeds }: SeedBlock): boolean {
  return seeds.every(({ secret }) => secret.every((byte) => byte === 0));
}

describe("readSeedBlocks", () => {
  it.each(FILES)(
    "hands the rows of $name over in blocks, in order and once",
    async ({ text, read, skipped }) => {
      const blocks: SeedBlock[] = [];
      const summary = await readSeedBlocks(text, {}, collectInto(blocks));

      expect(blocks.length).toBeGreaterThan(3);
      for (const { seeds, skipped: bad } of blocks.slice(0, -1)) {
        expect(seeds.length + bad.length).toBeGreaterThanOrEqual(1024);
        expect(seeds.length + bad.length).toBeLessThan(2048);
      }
      const serials = blocks.flatMap(({ seeds }) => seeds.map(({ serialNumber }) => serialNumber));
      expect(serials).toEqual(serials.toSorted());
      expect(new Set(serials).size).toBe(read);
      const rows = blocks.flatMap((block) => block.skipped.map(({ row }) => row));
      expect(rows).toHaveLength(skipped);
      expect(rows).toEqual(rows.toSorted((one, other) => one - other));
      expect(summary).not.toHaveProperty("seeds");
      expect(blocks.some(isWiped)).toBe(false);
    },
  );

  it("knows a serial number of a block that was taken long ago", async () => {
    const blocks: SeedBlock[] = [];
    await readSeedBlocks(`${CSV}${entraRow(serialAt(0))}\n`, {}, collectInto(blocks));

    expect(blocks.at(-1)?.skipped.at(-1)).toMatchObject({
      row: ROWS + 2,
      serialNumber: serialAt(0),
      code: "duplicate-serial",
    });
  });

  it.each(FILES)("reads no further in $name until a block is taken", async ({ text }) => {
    const progress: number[] = [];
    const gate = signal();
    const reached = signal();
    let taken = 0;
    const reading = readSeedBlocks(text, { onProgress: (done) => progress.push(done) }, async () => {
      taken += 1;
      reached.give();
      await gate.given;
    });
    await reached.given;
    const told = progress.length;
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));

    expect([taken, progress.length]).toEqual([1, told]);
    gate.give();
    await reading;
    expect(taken).toBeGreaterThan(3);
    expect(progress.at(-1)).toBe(ROWS);
  });

  it.each(FILES)("stops when a block of $name is refused, and reads nothing more", async ({ text }) => {
    const blocks: SeedBlock[] = [];
    const full = new Error("the vault is full");
    const reading = readSeedBlocks(text, {}, (block) => {
      blocks.push(block);
      return blocks.length < 2 ? Promise.resolve() : Promise.reject(full);
    });

    await expect(reading).rejects.toBe(full);
    expect(blocks).toHaveLength(2);
    // Both were handed over: they are for whoever took them to wipe.
    expect(blocks.some(isWiped)).toBe(false);
  });

  it.each(FILES)("gives $name up when the signal says so, between blocks and in one", async ({ text }) => {
    for (const abortAt of [1, 2]) {
      const controller = new AbortController();
      const blocks: SeedBlock[] = [];
      const reading = readSeedBlocks(text, { signal: controller.signal }, (block) => {
        blocks.push(block);
        if (blocks.length === abortAt) controller.abort(new Error("cancelled"));
        return Promise.resolve();
      });
      await expect(reading).rejects.toThrow("cancelled");
      expect(blocks).toHaveLength(abortAt);
    }
  });

  it.each([
    ["is cut off", "</KeyContainer>", "", "malformed"],
    ["ends in a document type", "</KeyContainer>", "</KeyContainer><!DOCTYPE a>", "doctype-refused"],
    ["has its MAC behind the keys", "</KeyContainer>", "<MACMethod/></KeyContainer>", "malformed"],
    [
      "holds too much",
      "</KeyContainer>",
      `<a>${"<b/>".repeat(LIMITS.xml.elements)}<b/></a></KeyContainer>`,
      "too-large",
    ],
  ])("tells late that a PSKC file %s: its first blocks were handed over", async (_, end, put, code) => {
    const blocks: SeedBlock[] = [];
    const text = pskcFile(keyPackages(ROWS)).replace(end, put);

    await expect(readSeedBlocks(text, {}, collectInto(blocks))).rejects.toMatchObject({ code });

    expect(blocks.length).toBeGreaterThan(1);
  });

  it("hands a small file over in one block, and nothing of a file without rows", async () => {
    const blocks: SeedBlock[] = [];
    expect(await readSeedBlocks(pskcFile(pskcPackage()), {}, collectInto(blocks))).toEqual({
      format: "pskc",
    });
    expect(blocks.map(({ seeds }) => seeds.length)).toEqual([1]);
    await expect(readSeedBlocks(pskcFile(""), {}, collectInto(blocks))).rejects.toMatchObject({
      code: "empty-file",
    });
    expect(blocks).toHaveLength(1);
  });
});
