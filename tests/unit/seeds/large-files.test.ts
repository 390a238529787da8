import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/seeds/limits.ts";
import { readSeedFile } from "../../../src/seeds/index.ts";
import { ENTRA_HEADER, RFC_KEY } from "./files.ts";

const ROWS = 30_000;
const BYTES = new TextEncoder().encode(
  `${ENTRA_HEADER}\n${Array.from(
    { length: ROWS },
    (_, index) => `,${2_600_000_000 + index},${RFC_KEY.base32},30,Nördlicht,DT-20\n`,
  ).join("")}`,
);

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

describe("a file of several slices", () => {
  it("is read slice by slice, never as a whole", async () => {
    const read: [start: number, end: number][] = [];

    const { seeds, skipped } = await readSeedFile(watchedFile(read));

    expect([seeds.length, skipped.length]).toEqual([ROWS, 0]);
    expect(new Set(seeds.map(({ serialNumber }) => serialNumber)).size).toBe(ROWS);
    expect(seeds.at(-1)).toMatchObject({
      serialNumber: String(2_600_000_000 + ROWS - 1),
      manufacturer: "Nördlicht",
    });
    expect(BYTES.length).toBeGreaterThan(3 * LIMITS.sliceBytes);
    expect(Math.max(...read.map(([start, end]) => end - start))).toBe(LIMITS.sliceBytes);
    // The beginning is looked at to recognise the file, and again to learn the form of the secrets.
    expect(read.filter(([start]) => start > 0).length).toBe(Math.ceil(BYTES.length / LIMITS.sliceBytes) - 1);
  });

  it("tells its progress in steps that a bar can show, and nearly the right total", async () => {
    const told: [number, number][] = [];
    await readSeedFile(new Blob([BYTES]), { onProgress: (done, total) => told.push([done, total]) });

    expect(told.length).toBeLessThan(600);
    expect(told.at(-1)).toEqual([ROWS, ROWS]);
    for (const [index, [done, total]] of told.entries()) {
      expect(done).toBeGreaterThanOrEqual(told[index - 1]?.[0] ?? 0);
      expect(Math.abs(total - ROWS)).toBeLessThan(ROWS / 20);
    }
  });

  it("I13 is given up as soon as the signal says so", async () => {
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

  it("is refused when it shrinks or vanishes while it is read", async () => {
    const gone = {
      size: BYTES.length,
      slice: (start: number, end: number) =>
        start === 0
          ? new Blob([BYTES.slice(start, end)])
          : { arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")) },
    } as unknown as Blob;
    await expect(readSeedFile(gone)).rejects.toMatchObject({ code: "not-readable" });
  });

  it("I2 is refused beyond what the caller allows, and read up to it", async () => {
    for (const [options, words] of [
      [{ maxFileBytes: BYTES.length - 1 }, "MB"],
      [{ maxTokens: ROWS - 1 }, `${ROWS - 1} tokens`],
    ] as const) {
      const reading = readSeedFile(new Blob([BYTES]), options);
      await expect(reading).rejects.toMatchObject({
        code: "too-large",
        message: expect.stringContaining(words) as string,
      });
    }
    const { seeds } = await readSeedFile(BYTES, { maxFileBytes: BYTES.length, maxTokens: ROWS });
    expect(seeds).toHaveLength(ROWS);
  });
});
