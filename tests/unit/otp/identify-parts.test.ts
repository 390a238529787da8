import fc from "fast-check";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Identifier } from "../../../src/otp/identify.ts";
import type { InventoryPart, PartOpener } from "../../../src/otp/inventory-part.ts";
import { OtpError, type Seed, type SeedSource } from "../../../src/otp/index.ts";
import { loadKernel } from "../../../workers/kernel/load-kernel.ts";
import { ScriptedParts } from "../../support/scripted-parts.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const T = 59_000_000;
const atMs = T * 30_000;
const WINDOW = { backSteps: 3, aheadSteps: 3 };
const kernel = await loadKernel();

/** Five pieces and a bit. Every third seed has a twin far away; drifts, counters, digits and hashes are mixed. */
const COUNT = 5 * 2048 + 77;
const seeds = inventory(COUNT);

function inventory(count: number): Seed[] {
  return Array.from({ length: count }, (_, index) =>
    totpSeed({
      serialNumber: `N${index}`,
      secret: secretOf(index % 3 === 0 ? index % 4000 : index),
      algorithm: index % 50 === 0 ? "SHA256" : "SHA1",
      digits: index % 7 === 0 ? 8 : 6,
      type: index % 11 === 0 ? "hotp" : "totp",
      counter: index,
      driftSteps: index % 5 === 0 ? (index % 9) - 4 : 0,
    }),
  );
}

function secretOf(index: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 20 }, (_, i) => (index * 7919 + i * 104_729 + (index >> (i % 16))) & 255);
}

/** What a token shows that is `distance` steps from where it is expected. */
function codesOf(seed: Seed, distance: number, count: number): string[] {
  const expected = seed.type === "hotp" ? seed.counter : T + seed.driftSteps;
  return Array.from({ length: count }, (_, i) => oracleCode(seed, expected + distance - count + 1 + i));
}

const options = { atMs, window: WINDOW };
const alone = new Identifier(kernel);

afterEach(() => {
  vi.useRealTimers();
});

describe("an inventory in several parts", () => {
  it("gives the answer of one thread, whatever the parts and whichever of them fail", async () => {
    const script = fc.record({
      part: fc.nat(3),
      fails: fc.constantFrom("open" as const, "add" as const, "search" as const),
      at: fc.nat(1),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(COUNT - 1),
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(script, { maxLength: 3 }),
        async (which, distance, codeCount, parts, scripts) => {
          const seed = seeds[which] as Seed;
          const codes = codesOf(seed, seed.type === "hotp" ? Math.abs(distance) : distance, codeCount);
          const opener = new ScriptedParts(kernel, parts, scripts);
          const cut = new Identifier(kernel, opener);
          const expected = await alone.identify(seeds, codes, options);
          expect(await cut.identify(seeds, codes, options)).toEqual(expected);
          expect(await cut.identify(seeds, codes, options)).toEqual(expected);
          expect(opener.opened).toHaveLength(parts);
          cut.forget(seeds);
          const lost = new Set(scripts.filter(({ fails }) => fails === "open").map(({ part }) => part));
          for (const [number, part] of opener.opened.entries()) {
            expect(part.isReleased || lost.has(number)).toBe(true);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("deals every seed to one part, as many to each as to the others, and leaves the caller's secrets", async () => {
    const opener = new ScriptedParts(kernel, 3);
    await new Identifier(kernel, opener).identify(seeds, ["123456"], options);
    expect(opener.opened.map(({ seeds: count }) => count)).toEqual([4096, 4096, 2048 + 77]);
    expect(seeds[1]?.secret).toEqual(secretOf(1));
  });

  it("keeps the parts between searches", async () => {
    const opener = new ScriptedParts(kernel, 2);
    const identifier = new Identifier(kernel, opener);
    await Promise.all([
      identifier.identify(seeds, ["123456"], options),
      identifier.identify(seeds, ["654321"], options),
    ]);
    await identifier.identify(seeds, ["123456"], options);
    expect(opener.opened.map(({ packs, searches }) => [packs, searches])).toEqual([
      [3, 3],
      [3, 3],
    ]);
  });

  it("tells its progress without going back, up to the end, also when a part is lost", async () => {
    const told: [number, number][] = [];
    const opener = new ScriptedParts(kernel, 2, [{ part: 1, fails: "search", at: 0 }]);
    await new Identifier(kernel, opener).identify(seeds, ["123456"], {
      ...options,
      onProgress: (done, total) => told.push([done, total]),
    });
    const done = told.map(([first]) => first);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    const [last, total] = told.at(-1) ?? [];
    expect(last).toBe(total);
    expect(total).toBeGreaterThan(COUNT * 2);
  });

  it("rejects with the signal's reason at once, stops all parts, and goes on with what is done", async () => {
    const opener = new ScriptedParts(kernel, 2);
    const identifier = new Identifier(kernel, opener);
    const controller = new AbortController();
    const reason = new Error("enough");
    let calls = 0;
    const cancelled = identifier.identify(seeds, ["123456"], {
      atMs,
      window: { backSteps: 0, aheadSteps: 1_000_000 },
      signal: controller.signal,
      onProgress() {
        calls += 1;
        if (opener.opened[1]?.searches === 1) controller.abort(reason);
      },
    });
    await expect(cancelled).rejects.toBe(reason);
    const callsThen = calls;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(calls).toBe(callsThen);
    const seed = seeds[1] as Seed;
    const found = await identifier.identify(seeds, codesOf(seed, 1, 2), options);
    expect(found[0]?.seedIndex).toBe(1);
    expect(opener.opened.map(({ packs }) => packs)).toEqual([3, 3]);
  });

  it("fails when a part is lost and this thread cannot do its work either, and begins anew then", async () => {
    let fails = true;
    const poor = {
      ...kernel,
      createKeySet(...[capacity, algorithm]: Parameters<typeof kernel.createKeySet>) {
        if (fails) throw new RangeError("out of memory");
        return kernel.createKeySet(capacity, algorithm);
      },
    };
    const opener = new ScriptedParts(kernel, 2, [{ part: 0, fails: "search", at: 0 }]);
    const identifier = new Identifier(poor, opener);
    const codes = codesOf(seeds[1] as Seed, 0, 2);
    await expect(identifier.identify(seeds, codes, options)).rejects.toThrow("out of memory");
    expect(opener.opened.map(({ isReleased }) => isReleased)).toEqual([true, true]);
    fails = false;
    expect((await identifier.identify(seeds, codes, options))[0]?.seedIndex).toBe(1);
  });
});

describe("letting go", () => {
  const wide = { atMs, window: { backSteps: 0, aheadSteps: 1_000_000 } };

  it.each<[string, PartOpener | undefined]>([
    ["in this thread", undefined],
    ["elsewhere", new ScriptedParts(kernel, 2)],
  ])("makes a search under way reject: %s", async (_, opener) => {
    const identifier = new Identifier(kernel, opener);
    const list = [...seeds];
    const search = identifier.identify(list, ["123456"], {
      ...wide,
      onProgress: (done) => {
        if (done > COUNT * 10) identifier.forget(list);
      },
    });
    await expect(search).rejects.toThrow(OtpError);
    await expect(search).rejects.toMatchObject({ code: "inventory-forgotten" });
  });

  it("happens by itself after some idle minutes, not during a search", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });
    const opener = new ScriptedParts(kernel, 2);
    const identifier = new Identifier(kernel, opener);
    const codes = codesOf(seeds[1] as Seed, 0, 2);
    await identifier.identify(seeds, codes, options);
    await vi.advanceTimersByTimeAsync(200_000);
    await identifier.identify(seeds, codes, options);
    await vi.advanceTimersByTimeAsync(200_000);
    expect(opener.opened.map(({ isReleased }) => isReleased)).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(200_000);
    expect(opener.opened.map(({ isReleased }) => isReleased)).toEqual([true, true]);
    expect((await identifier.identify(seeds, codes, options))[0]?.seedIndex).toBe(1);
    expect(opener.opened).toHaveLength(4);
  });

  it("happens when nobody has the inventory any more", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const opener = new ScriptedParts(kernel, 2);
    const identifier = new Identifier(kernel, opener);
    await (async () => {
      await identifier.identify(inventory(3000), ["123456"], options);
    })();
    await vi.waitFor(
      () => {
        collect();
        expect(opener.opened.map(({ isReleased }) => isReleased)).toEqual([true, true]);
      },
      { timeout: 30_000 },
    );
  });
});

describe("an inventory read piece by piece", () => {
  /** Hands out copies of `seeds`, and remembers them. */
  class CopyingSource implements SeedSource {
    readonly length = seeds.length;
    readonly codesPerSeed = 100;
    readonly copies: Seed[] = [];
    readonly movedNow = new Map<number, number>();
    serialNumberOf = (index: number) => seeds[index]?.serialNumber ?? "";
    moved = () => Promise.resolve(this.movedNow);

    async count(from: number, to: number) {
      await Promise.resolve();
      return { SHA1: to - from, SHA256: to - from, SHA512: 0 };
    }

    async read(from: number, to: number) {
      await Promise.resolve();
      const read = seeds.slice(from, to).map((seed) => ({ ...seed, secret: seed.secret.slice() }));
      this.copies.push(...read);
      return read;
    }
  }

  it.each([0, 2])("gives the answer of an array, and leaves no secret: %i parts", async (parts) => {
    const source = new CopyingSource();
    const opener: PartOpener = new ScriptedParts(kernel, parts);
    const identifier = new Identifier(kernel, opener);
    for (const which of [1, 2048, COUNT - 1]) {
      const codes = codesOf(seeds[which] as Seed, 2, 2);
      const found = await identifier.identify(source, codes, options);
      expect(found[0]).toMatchObject({ seedIndex: which, serialNumber: `N${which}` });
      expect(found).toEqual(await alone.identify(seeds, codes, options));
    }
    expect(source.copies).toHaveLength(COUNT);
    expect(source.copies.every(({ secret }) => secret.every((byte) => byte === 0))).toBe(true);
  });

  it("reads the pieces of a lost part again", async () => {
    const source = new CopyingSource();
    const opener = new ScriptedParts(kernel, 2, [{ part: 1, fails: "search", at: 0 }]);
    const codes = codesOf(seeds[2048] as Seed, 2, 2);
    const found = await new Identifier(kernel, opener).identify(source, codes, options);
    expect(found[0]?.seedIndex).toBe(2048);
    expect(source.copies).toHaveLength(COUNT + 2048 + 2048 + 77);
  });

  it("finds tokens that have moved where they are now, and no more where they were", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.nat(60).map(String), fc.integer({ min: -8, max: 8 })),
        fc.nat(60),
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: 1, max: 2 }),
        async (changes, which, distance, codeCount) => {
          const source = new CopyingSource();
          const now = [...seeds];
          for (const [index, change] of Object.entries(changes)) {
            const seed = seeds[Number(index)] as Seed;
            const counter = Math.max(0, seed.counter + change);
            const driftSteps = seed.driftSteps + change;
            source.movedNow.set(Number(index), seed.type === "hotp" ? counter : driftSteps);
            now[Number(index)] = { ...seed, counter, driftSteps };
          }
          const codes = codesOf(now[which] as Seed, distance + 2, codeCount);
          const found = await new Identifier(kernel).identify(source, codes, options);
          expect(found).toEqual(await alone.identify(now, codes, options));
        },
      ),
      { numRuns: 40 },
    );
  });
});

it("takes nothing of a part that answers after it was let go of", async () => {
  const pending: (() => void)[] = [];
  const slow: InventoryPart = {
    add: () => new Promise((resolve) => pending.push(resolve)),
    search: () => Promise.resolve([]),
    release: () => {
      for (const resolve of pending) resolve();
    },
  };
  const identifier = new Identifier(kernel, { partsFor: () => 1, open: () => Promise.resolve(slow) });
  const search = identifier.identify(seeds, ["123456"], options);
  await vi.waitFor(() => expect(pending).toHaveLength(1), { timeout: 30_000 });
  identifier.forget(seeds);
  await expect(search).rejects.toMatchObject({ code: "inventory-forgotten" });
});
