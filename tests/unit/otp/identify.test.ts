import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { typescriptKernel } from "../../../workers/kernel/typescript-kernel.ts";
import {
  createOtpEngine,
  type Identification,
  OtpError,
  type Seed,
  type Window,
} from "../../../src/otp/index.ts";
import { plainKernel } from "../../support/plain-kernel.ts";
import { oracleCode, totpSeed } from "../../support/seeds.ts";

const STEP_MS = 30_000;
const T = 59_000_000;
const atMs = T * STEP_MS + 12_345;
const WINDOW = { backSteps: 10, aheadSteps: 10 };

const engine = await createOtpEngine();
const portable = await createOtpEngine({ kernel: typescriptKernel });

/** Reproducible secrets, all different. */
function secretOf(index: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: 20 }, (_, i) => (index * 7919 + i * 104_729 + (index >> (i % 16))) & 255);
}

function inventory(count: number, change: (index: number) => Partial<Seed> = () => ({})): Seed[] {
  return Array.from({ length: count }, (_, index) =>
    totpSeed({ serialNumber: `N${index}`, secret: secretOf(index), ...change(index) }),
  );
}

function consecutive(seed: Seed, last: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => oracleCode(seed, last - count + 1 + index));
}

function expectedFactor(seed: Seed): number {
  if (seed.type === "hotp") return seed.counter;
  return Math.floor((atMs / 1000 - seed.t0Seconds) / seed.periodSeconds) + seed.driftSteps;
}

/** What `identify` must answer, by computing every candidate with otpauth. */
function bruteForce(seeds: readonly Seed[], codes: readonly string[], { backSteps, aheadSteps }: Window) {
  const fits: { seedIndex: number; movingFactor: number; distance: number }[] = [];
  for (const [seedIndex, seed] of seeds.entries()) {
    if (seed.digits !== codes[0]?.length || seed.secret.length === 0) continue;
    const expected = expectedFactor(seed);
    for (let distance = -backSteps; distance <= aheadSteps; distance += 1) {
      const first = expected + distance - codes.length + 1;
      if (first < (seed.type === "hotp" ? seed.counter : 0)) continue;
      if (codes.every((code, index) => oracleCode(seed, first + index) === code)) {
        fits.push({ seedIndex, movingFactor: expected + distance, distance });
      }
    }
  }
  const rank = (distance: number) => 2 * Math.abs(distance) - (distance > 0 ? 1 : 0);
  fits.sort((a, b) => rank(a.distance) - rank(b.distance) || a.seedIndex - b.seedIndex);
  return fits
    .filter((fit, index) => fits.findIndex((other) => other.seedIndex === fit.seedIndex) === index)
    .map(({ seedIndex, movingFactor }) => ({ seedIndex, movingFactor }));
}

function places(found: readonly Identification[]) {
  return found.map(({ seedIndex, movingFactor }) => ({ seedIndex, movingFactor }));
}

function randomSeeds(): fc.Arbitrary<Seed> {
  return fc
    .record({
      type: fc.constantFrom("totp" as const, "hotp" as const),
      // Few secrets, so that some seeds are alike.
      secret: fc.constantFrom(1, 2, 3, 4, 5).map(secretOf),
      algorithm: fc.constantFrom("SHA1" as const, "SHA256" as const, "SHA512" as const),
      digits: fc.constantFrom(6 as const, 8 as const),
      periodSeconds: fc.constantFrom(30, 60),
      t0Seconds: fc.constantFrom(0, 90),
      driftSteps: fc.integer({ min: -3, max: 3 }),
      counter: fc.nat(4),
    })
    .map((fields) => totpSeed(fields));
}

describe("identify", () => {
  it.each([
    ["the loaded kernel", engine],
    ["TypeScript", portable],
  ] as const)("agrees with brute force over otpauth: %s", async (_, tested) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomSeeds(), { minLength: 1, maxLength: 40 }),
        fc.nat(39),
        fc.integer({ min: -4, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(3),
        fc.nat(3),
        async (list, which, offset, count, backSteps, aheadSteps) => {
          const seed = list[which % list.length] as Seed;
          const last = Math.max(count - 1, expectedFactor(seed) + offset);
          const codes = consecutive(seed, last, count);
          const window = { backSteps, aheadSteps };
          const found = await tested.identify(list, codes, { atMs, window });
          expect(places(found)).toEqual(bruteForce(list, codes, window));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("finds one token among five thousand, and says how sure that is", async () => {
    const list = inventory(5000, (index) => ({ driftSteps: index % 7 === 0 ? index % 40 : 0 }));
    const seed = list[4321] as Seed;
    const [found, ...others] = await engine.identify(list, consecutive(seed, T + seed.driftSteps - 4, 2), {
      atMs,
      window: WINDOW,
    });
    expect(others).toEqual([]);
    expect(found).toEqual({
      serialNumber: "N4321",
      seedIndex: 4321,
      movingFactor: T + seed.driftSteps - 4,
      driftSteps: seed.driftSteps - 4,
      expectedFalseMatches: expect.closeTo((5000 * 21) / 1e12, 15) as number,
      furtherCodesNeeded: 0,
    });
  });

  it("V18 answers every seed that fits one code alone, best first, and asks for another code", async () => {
    const list = inventory(20_000);
    const code = oracleCode(list[15_000] as Seed, T);
    const window = { backSteps: 200, aheadSteps: 200 };
    const found = await engine.identify(list, [code], { atMs, window });
    expect(found[0]).toMatchObject({ seedIndex: 15_000, driftSteps: 0, furtherCodesNeeded: 1 });
    expect(found[0]?.expectedFalseMatches).toBeCloseTo((20_000 * 401) / 1e6, 9);
    expect(found.length).toBeGreaterThan(1);
    const distances = found.map(({ driftSteps }) => 2 * Math.abs(driftSteps) - (driftSteps > 0 ? 1 : 0));
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
    for (const { seedIndex, movingFactor } of found) {
      expect(oracleCode(list[seedIndex] as Seed, movingFactor)).toBe(code);
    }
  });

  it("V18 asks for another code as long as two tokens fit", async () => {
    const twins = inventory(3, (index) => ({ secret: secretOf(index % 2) }));
    const found = await engine.identify(twins, consecutive(twins[0] as Seed, T, 2), { atMs, window: WINDOW });
    expect(found.map(({ seedIndex, furtherCodesNeeded }) => [seedIndex, furtherCodesNeeded])).toEqual([
      [0, 1],
      [2, 1],
    ]);
  });

  it("searches HOTP tokens ahead of their counter only, and no code before it", async () => {
    const list = inventory(40, (index) => ({ type: "hotp", counter: index % 2 === 0 ? 500 : index }));
    const at = (seedIndex: number, last: number) =>
      engine.identify(list, consecutive(list[seedIndex] as Seed, last, 2), { atMs, window: WINDOW });
    expect(places(await at(8, 501))).toEqual([{ seedIndex: 8, movingFactor: 501 }]);
    expect(places(await at(8, 510))).toEqual([{ seedIndex: 8, movingFactor: 510 }]);
    expect((await at(7, 12))[0]).toMatchObject({ seedIndex: 7, movingFactor: 12, driftSteps: 5 });
    expect(await at(8, 500)).toEqual([]);
    expect(await at(8, 511)).toEqual([]);
    expect(await at(7, 7)).toEqual([]);
  });

  it("does not let bad seeds cost the good ones", async () => {
    const bad: Partial<Seed>[] = [
      { secret: new Uint8Array(0) },
      { secret: undefined as unknown as Seed["secret"] },
      { algorithm: "MD5" as "SHA1" },
      { digits: 5 as 6 },
      { periodSeconds: 0 },
      { driftSteps: Number.NaN },
      { t0Seconds: Number.POSITIVE_INFINITY },
      { type: "hotp", counter: -1 },
    ];
    const list = inventory(20, (index) => bad[index] ?? {});
    const found = await engine.identify(list, consecutive(list[19] as Seed, T + 1, 2), {
      atMs,
      window: WINDOW,
    });
    expect(places(found)).toEqual([{ seedIndex: 19, movingFactor: T + 1 }]);
    expect(found[0]?.expectedFalseMatches).toBeCloseTo((12 * 21) / 1e12, 15);
  });

  it("finds nothing among no seeds, and among seeds of other digits", async () => {
    expect(await engine.identify([], ["123456"], { atMs, window: WINDOW })).toEqual([]);
    expect(await engine.identify(inventory(3), ["12345678"], { atMs, window: WINDOW })).toEqual([]);
  });

  it.each([[["12345"]], [["123456789"]], [["12345a"]], [["123456", "1234567"]], [["１２３４５６"]]])(
    "refuses the codes %j",
    async (codes) => {
      const attempt = engine.identify(inventory(1), codes, { atMs, window: WINDOW });
      await expect(attempt).rejects.toThrow(OtpError);
      await expect(attempt).rejects.toMatchObject({ code: "malformed-code" });
    },
  );

  it("refuses no code, a window that is none and a moment that is none", async () => {
    const list = inventory(1);
    const window = { backSteps: -1, aheadSteps: 0 };
    await expect(engine.identify(list, [], { atMs, window: WINDOW })).rejects.toThrow(RangeError);
    await expect(engine.identify(list, ["123456"], { atMs, window })).rejects.toThrow(RangeError);
    await expect(engine.identify(list, ["123456"], { atMs: Number.NaN, window: WINDOW })).rejects.toThrow(
      RangeError,
    );
  });
});

describe("identify, as work", () => {
  it("derives the states once for an array, also when two searches wait for them", async () => {
    const add = vi.fn<(count: number) => void>();
    const counting = await createOtpEngine({
      kernel: {
        ...typescriptKernel,
        createKeySet: (capacity, algorithm) => {
          const set = typescriptKernel.createKeySet(capacity, algorithm);
          const original = set.add.bind(set);
          set.add = (secrets) => {
            add(secrets.ends.length);
            original(secrets);
          };
          return set;
        },
      },
    });
    const list = inventory(3000);
    const codes = consecutive(list[2999] as Seed, T, 2);
    const search = () => counting.identify(list, codes, { atMs, window: WINDOW });
    const found = await Promise.all([search(), search()]);
    expect(found.map((one) => one[0]?.seedIndex)).toEqual([2999, 2999]);
    await search();
    const added = () => add.mock.calls.reduce((total, [count]) => total + count, 0);
    expect(added()).toBe(3000);
    counting.forget(list);
    expect((await search())[0]?.seedIndex).toBe(2999);
    expect(added()).toBe(6000);
  });

  it("tells its progress up to the end, never backwards", async () => {
    const seen: [number, number][] = [];
    const list = inventory(6000, () => ({ algorithm: "SHA512" }));
    await portable.identify(list, consecutive(list[1] as Seed, T, 1), {
      atMs,
      window: { backSteps: 1, aheadSteps: 1 },
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((a, b) => a - b));
    expect(seen.at(-1)).toEqual([6000 * 5, 6000 * 5]);
  });

  it("stops when it is cancelled, and the next search goes on from there", async () => {
    const list = inventory(20_000, () => ({ algorithm: "SHA512" }));
    const codes = consecutive(list[19_999] as Seed, T, 2);
    const controller = new AbortController();
    let calls = 0;
    const reason = new Error("enough");
    const cancelled = portable.identify(list, codes, {
      atMs,
      window: { backSteps: 500, aheadSteps: 500 },
      signal: controller.signal,
      onProgress: () => {
        calls += 1;
        if (calls === 2) controller.abort(reason);
      },
    });
    await expect(cancelled).rejects.toBe(reason);
    expect(calls).toBe(2);
    const window = { backSteps: 0, aheadSteps: 0 };
    expect((await portable.identify(list, codes, { atMs, window }))[0]?.seedIndex).toBe(19_999);
    const aborted = engine.identify(list, codes, { atMs, window, signal: AbortSignal.abort(reason) });
    await expect(aborted).rejects.toBe(reason);
  });

  it("begins anew after a kernel failed in the middle", async () => {
    let fails = true;
    const flaky = await createOtpEngine({
      kernel: {
        ...plainKernel((factor) => factor % 1_000_000),
        createKeySet: (capacity, algorithm) => {
          if (fails) throw new RangeError("out of memory");
          return typescriptKernel.createKeySet(capacity, algorithm);
        },
      },
    });
    const list = inventory(10);
    const codes = consecutive(list[3] as Seed, T, 2);
    await expect(flaky.identify(list, codes, { atMs, window: WINDOW })).rejects.toThrow("out of memory");
    fails = false;
    expect((await flaky.identify(list, codes, { atMs, window: WINDOW }))[0]?.seedIndex).toBe(3);
  });
});
