import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Identifier } from "../../../src/otp/identify.ts";
import { createOtpEngine, type Seed } from "../../../src/otp/index.ts";
import { packSeeds } from "../../../src/otp/seed-pack.ts";
import { loadKernel } from "../../../workers/kernel/load-kernel.ts";
import { WorkerPart } from "../../../workers/identification/worker-part.ts";
import { WorkerParts } from "../../../workers/identification/worker-parts.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";
import { WorkerDouble } from "../../support/worker-double.ts";

const T = 59_000_000;
const COUNT = 5000;
const seeds: readonly Seed[] = Array.from({ length: COUNT }, (_, index) =>
  totpSeed({
    serialNumber: `N${index}`,
    secret: Uint8Array.from(
      { length: 20 },
      (__, i) => (index * 7919 + i * 104_729 + (index >> (i % 16))) & 255,
    ),
  }),
);
const codes = [T + 1, T + 2].map((step) => oracleCode(seeds[4321] as Seed, step));
const search = {
  digits: 6,
  codes: codes.map(Number),
  atMs: T * 30_000,
  window: { backSteps: 2, aheadSteps: 2 },
  moved: new Map<number, number>(),
};
const endless = { ...search, window: { backSteps: 0, aheadSteps: 10_000_000 } };
const options = { atMs: search.atMs, window: search.window };
const counts = { SHA1: COUNT, SHA256: 0, SHA512: 0 };
const quietly = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

let doubles: WorkerDouble[];
const createWorker = () => {
  const double = new WorkerDouble(loadKernel);
  doubles.push(double);
  return double.asWorker();
};

beforeEach(() => {
  doubles = [];
  // Only that there is one: Node has none.
  vi.stubGlobal("Worker", WorkerDouble);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function openPart(patienceMs = 10_000): Promise<{ part: WorkerPart; double: WorkerDouble }> {
  const part = new WorkerPart(createWorker(), patienceMs);
  await part.open(counts);
  return { part, double: doubles.at(-1) as WorkerDouble };
}

describe("a part in a worker", () => {
  it("takes packs, whose secrets are then neither here nor there, and finds", async () => {
    const { part, double } = await openPart();
    const pack = packSeeds(seeds, 0, COUNT);
    await part.add(pack);
    expect(pack.parts[0]?.secrets.bytes.length).toBe(0);
    const taken = double.received.find(({ kind }) => kind === "add");
    const bytes = taken?.kind === "add" ? taken.pack.parts[0]?.secrets.bytes : undefined;
    expect(bytes?.length).toBe(COUNT * 20);
    expect(bytes?.every((byte) => byte === 0)).toBe(true);
    const fits = await part.search(search, quietly());
    expect(fits).toEqual([{ seedIndex: 4321, movingFactor: T + 2, distance: 2, driftSteps: 2 }]);
  });

  it("tells its progress and stops within its search when it is cancelled", async () => {
    const { part, double } = await openPart();
    await part.add(packSeeds(seeds, 0, COUNT));
    const controller = new AbortController();
    const told: number[] = [];
    const cancelled = part.search(endless, {
      signal: controller.signal,
      onProgress(candidates) {
        told.push(candidates);
        if (told.length === 2) controller.abort(new Error("enough"));
      },
    });
    await expect(cancelled).rejects.toThrow("enough");
    // It answers the next: the endless one has left the thread for good.
    expect(await part.search(search, quietly())).toHaveLength(1);
    expect(told).toHaveLength(2);
    expect(double.received.map(({ kind }) => kind)).toEqual(["open", "add", "search", "cancel", "search"]);
  });

  it("wipes and ends the worker when it is released, and rejects what is under way", async () => {
    const { part, double } = await openPart();
    await part.add(packSeeds(seeds, 0, COUNT));
    const waiting = part.search(endless, quietly());
    part.release();
    part.release();
    await expect(waiting).rejects.toMatchObject({ name: "OtpError", code: "part-lost" });
    await vi.waitFor(() => expect(double.isClosed).toBe(true), { timeout: 30_000 });
    expect(double.received.filter(({ kind }) => kind === "release")).toHaveLength(1);
    await expect(part.search(search, quietly())).rejects.toMatchObject({ code: "part-lost" });
    // One that does not come to it is ended.
    await vi.waitFor(() => expect(double.isTerminated).toBe(true), { timeout: 5000 });
  });

  it("is lost with an error of the worker, which alarms nobody", async () => {
    const { part, double } = await openPart();
    await part.add(packSeeds(seeds, 0, COUNT));
    const waiting = part.search(endless, quietly());
    expect(double.fail().defaultPrevented).toBe(true);
    await expect(waiting).rejects.toMatchObject({ code: "part-lost" });
    expect(double.isTerminated).toBe(true);
  });

  it("is lost without a sign of life, not while it tells its progress, nor while it has nothing to do", async () => {
    const { part, double } = await openPart(20_000);
    await part.add(packSeeds(seeds, 0, COUNT));
    const controller = new AbortController();
    let told = 0;
    const alive = part.search(endless, { signal: controller.signal, onProgress: () => (told += 1) });
    await vi.waitFor(() => expect(told).toBeGreaterThan(20), { timeout: 20_000 });
    controller.abort(new Error("enough"));
    await expect(alive).rejects.toThrow("enough");
    // Once it has answered this one, nothing more comes of the other: a late message would be a sign of life.
    await part.search(search, quietly());

    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await vi.advanceTimersByTimeAsync(100_000);
    double.isDeaf = true;
    const silent = part.search(search, quietly());
    const lost = expect(silent).rejects.toMatchObject({ code: "part-lost" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(double.isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    await lost;
    expect(double.isTerminated).toBe(true);
  });

  it("fails where its worker has no memory, and where it was not opened", async () => {
    const poor = new WorkerDouble(() => Promise.reject(new RangeError("out of memory")));
    await expect(new WorkerPart(poor.asWorker(), 1000).open(counts)).rejects.toMatchObject({
      code: "part-lost",
      message: expect.not.stringContaining("memory") as string,
    });
    await expect(new WorkerPart(createWorker(), 1000).search(search, quietly())).rejects.toMatchObject({
      code: "part-lost",
    });
  });

  it("hands on what the caller's own callback throws, and stops", async () => {
    const { part, double } = await openPart();
    await part.add(packSeeds(seeds, 0, COUNT));
    const failing = part.search(endless, {
      ...quietly(),
      onProgress() {
        throw new Error("the caller's");
      },
    });
    await expect(failing).rejects.toThrow("the caller's");
    expect(double.received.at(-1)?.kind).toBe("cancel");
  });
});

describe("the number of workers", () => {
  const partsOn = (processors: number, seedCount: number) => {
    vi.stubGlobal("navigator", { hardwareConcurrency: processors });
    return new WorkerParts({ createWorker }).partsFor(seedCount);
  };

  it.each([
    [4, 0, 0],
    [4, 49_999, 0],
    [4, 50_000, 2],
    [4, 99_999, 3],
    [4, 1_000_000, 4],
    [64, 1_000_000, 8],
    [1, 1_000_000, 0],
  ])("of %i processors for %i seeds is %i", (processors, seedCount, workers) => {
    expect(partsOn(processors, seedCount)).toBe(workers);
  });

  it("is the one asked for, whatever the size", () => {
    expect(new WorkerParts({ count: 3, createWorker }).partsFor(1)).toBe(3);
    expect(new WorkerParts({ count: 0, createWorker }).partsFor(1_000_000)).toBe(0);
  });

  it("is none where there are no workers", () => {
    vi.unstubAllGlobals();
    expect(typeof Worker).toBe("undefined");
    expect(new WorkerParts({ count: 3, createWorker }).partsFor(1_000_000)).toBe(0);
  });

  it.each([-1, 1.5, Number.NaN])("is not %d", async (count) => {
    expect(() => new WorkerParts({ count })).toThrow(RangeError);
    await expect(createOtpEngine({ identificationWorkers: count })).rejects.toThrow(RangeError);
  });
});

describe("an engine with workers", () => {
  it("finds with them, and ends them when it forgets", async () => {
    const identifier = new Identifier(await loadKernel(), new WorkerParts({ count: 2, createWorker }));
    const found = await identifier.identify(seeds, codes, options);
    expect(found).toMatchObject([{ serialNumber: "N4321", movingFactor: T + 2 }]);
    expect(doubles).toHaveLength(2);
    identifier.forget(seeds);
    await vi.waitFor(() => expect(doubles.every(({ isClosed }) => isClosed)).toBe(true), { timeout: 30_000 });
  });

  it.each<[string, () => Worker]>([
    [
      "throw",
      () => {
        throw new DOMException("forbidden", "SecurityError");
      },
    ],
    [
      "say so later",
      () => {
        const double = new WorkerDouble(loadKernel);
        setTimeout(() => double.fail(), 0);
        return double.asWorker();
      },
    ],
  ])("does without where they are forbidden, and does not try again: they %s", async (_, forbidden) => {
    const attempts = vi.fn(forbidden);
    const parts = new WorkerParts({ count: 2, createWorker: attempts });
    const identifier = new Identifier(await loadKernel(), parts);
    expect(await identifier.identify(seeds, codes, options)).toMatchObject([{ serialNumber: "N4321" }]);
    expect(attempts).toHaveBeenCalledTimes(2);
    expect(await identifier.identify([...seeds], codes, options)).toMatchObject([{ serialNumber: "N4321" }]);
    expect(attempts).toHaveBeenCalledTimes(2);
  });

  it("goes on by itself when one dies in the midst of a search", async () => {
    const identifier = new Identifier(await loadKernel(), new WorkerParts({ count: 2, createWorker }));
    await identifier.identify(seeds, codes, options);
    const searching = identifier.identify(seeds, codes, {
      atMs: options.atMs,
      window: { backSteps: 0, aheadSteps: 1000 },
      onProgress: () => doubles[0]?.fail(),
    });
    expect(await searching).toMatchObject([{ serialNumber: "N4321" }]);
    expect(doubles.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    expect(await identifier.identify(seeds, codes, options)).toMatchObject([{ serialNumber: "N4321" }]);
    expect(doubles).toHaveLength(2);
  });
});
