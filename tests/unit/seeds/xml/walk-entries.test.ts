import { describe, expect, it } from "vitest";
import { readSeedFile } from "../../../../src/seeds/index.ts";
import { LIMITS } from "../../../../src/seeds/limits.ts";
import { pskcFile, pskcPackage, refusalOf } from "../files.ts";

const PACKAGES = 4000;
const TEXT = pskcFile(
  Array.from({ length: PACKAGES }, (_, index) =>
    pskcPackage({ device: `<Manufacturer>Nördlicht</Manufacturer><SerialNo>S${index}</SerialNo>` }),
  ).join("\n"),
);
const BYTES = new TextEncoder().encode(TEXT);

/** A file that notes which parts of it are read, as a browser's file on disk would. */
function watchedFile(read: [start: number, end: number][]): Blob {
  return {
    size: BYTES.length,
    slice: (start: number, end: number) => {
      read.push([start, Math.min(end, BYTES.length)]);
      return new Blob([BYTES.slice(start, end)]);
    },
  } as unknown as Blob;
}

describe("an XML file of several slices", () => {
  it("is read slice by slice, never as a whole", async () => {
    const read: [start: number, end: number][] = [];

    const { seeds, skipped } = await readSeedFile(watchedFile(read));

    expect([seeds.length, skipped.length]).toEqual([PACKAGES, 0]);
    expect(seeds.at(-1)).toMatchObject({ serialNumber: `S${PACKAGES - 1}`, manufacturer: "Nördlicht" });
    expect(BYTES.length).toBeGreaterThan(2 * LIMITS.sliceBytes);
    expect(Math.max(...read.map(([start, end]) => end - start))).toBe(LIMITS.sliceBytes);
    expect(read.filter(([start]) => start > 0).length).toBe(Math.ceil(BYTES.length / LIMITS.sliceBytes) - 1);
  });

  it("tells its progress in small steps, and nearly the right total from the first one on", async () => {
    const told: [number, number][] = [];
    await readSeedFile(BYTES, { onProgress: (done, total) => told.push([done, total]) });

    expect(told.length).toBeGreaterThan(10);
    expect(told[0]?.[0]).toBe(0);
    expect(told.at(-1)).toEqual([PACKAGES, PACKAGES]);
    for (const [index, [done, total]] of told.entries()) {
      expect(done).toBeGreaterThanOrEqual(told[index - 1]?.[0] ?? 0);
      expect(Math.abs(total - PACKAGES)).toBeLessThan(PACKAGES / 20);
    }
  });

  it("is given up as soon as the signal says so", async () => {
    const read: [start: number, end: number][] = [];
    const controller = new AbortController();
    const reading = readSeedFile(watchedFile(read), {
      signal: controller.signal,
      onProgress: (done) => {
        if (done > 0) controller.abort(new Error("cancelled"));
      },
    });

    await expect(reading).rejects.toThrow("cancelled");
    expect(read.every(([start]) => start === 0)).toBe(true);
  });

  it("is read behind a comment that is longer than a slice", async () => {
    const comment = `<!-- ${"so long ".repeat(LIMITS.sliceBytes / 8)} -->`;
    expect((await readSeedFile(`${comment}${pskcFile(pskcPackage())}`)).seeds).toHaveLength(1);
    expect((await readSeedFile(`${comment}<Tokens><Token/></Tokens>`)).format).toBe("safenet-xml");
    expect((await refusalOf(`${comment}<Coins/>`)).code).toBe("unknown-format");
  });

  it("is no known format when its root does not come soon", async () => {
    const comment = `<!-- ${"so long ".repeat(LIMITS.xml.markup / 8)} -->`;
    expect((await refusalOf(`${comment.repeat(2)}${pskcFile(pskcPackage())}`)).code).toBe("unknown-format");
  });

  it("names the line of an error far behind", async () => {
    const { code, message } = await refusalOf(TEXT.replace("</KeyContainer>", "\n</Container>"));
    expect(code).toBe("malformed");
    expect(message).toContain(`line ${TEXT.split("\n").length + 1},`);
  });
});
