import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateDrift, type DriftObservation } from "../../../src/otp/index.ts";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";
import { DAY_MS, observe, seededRandom, SIMULATION_START_MS } from "../../support/simulated-clock.ts";

const START_MS = SIMULATION_START_MS;

/** Codes of a token that is `offsetSeconds` ahead at the start and runs `ratePpm` fast, about `everyDays` apart. */
function codesOf(
  { offsetSeconds = 0, ratePpm = 0, count = 20, everyDays = 7, periodSeconds = 30 },
  random = seededRandom(1),
): DriftObservation[] {
  let atMs = START_MS + random(0, 60_000);
  return Array.from({ length: count }, () => {
    atMs += everyDays * DAY_MS * random(0.8, 1.2);
    return observe(atMs, offsetSeconds + ((atMs - START_MS) / 1000) * ratePpm * 1e-6, periodSeconds);
  });
}

describe("estimateDrift of few observations", () => {
  it("knows nothing without any", () => {
    const estimate = estimateDrift([], 30);
    expect(estimate).toMatchObject({ offsetSeconds: 0, ratePpm: 0, standardErrorSeconds: Infinity });
    expect(estimate.predictSteps(START_MS)).toBe(0);
    expect(estimate.predictSeconds(START_MS)).toBe(0);
    expect(estimate.predictionErrorSeconds(START_MS)).toBe(Infinity);
  });

  it("takes the middle of the interval of one: the code was somewhere inside its step", () => {
    // Ten seconds into our step the token showed the code after next: it was 50 … 80 s ahead.
    const estimate = estimateDrift([{ atMs: START_MS + 10_000, driftSteps: 2 }], 30);
    expect(estimate.offsetSeconds).toBeCloseTo(65, 6);
    expect(estimate.ratePpm).toBe(0);
    expect(estimate.standardErrorSeconds).toBeCloseTo(30 / Math.sqrt(12), 6);
    expect(estimate.predictSteps(START_MS + 10_000)).toBe(2);
    // 65 s ahead is two steps in our step's first 25 s, three in its last five.
    expect(estimate.predictSteps(START_MS + 24_000)).toBe(2);
    expect(estimate.predictSteps(START_MS + 26_000)).toBe(3);
  });

  it("is not half a step off on average", () => {
    const random = seededRandom(3);
    const errors = Array.from({ length: 4000 }, () => {
      const offset = random(-90, 90);
      return estimateDrift([observe(START_MS + random(0, 3_600_000), offset)], 30).offsetSeconds - offset;
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(Math.abs(mean)).toBeLessThan(0.7);
    expect(Math.max(...errors.map(Math.abs))).toBeLessThanOrEqual(15.001);
  });

  it("counts the steps from T0", () => {
    const at = START_MS + 10_000;
    const shifted = estimateDrift([{ atMs: at, driftSteps: 2 }], 30, 20);
    // With T0 = 20 the moment is 20 s into its step.
    expect(shifted.offsetSeconds).toBeCloseTo(55, 6);
    expect(shifted.predictSteps(at)).toBe(2);
    expect(estimateDrift([{ atMs: at, driftSteps: 2 }], 30, 3000).offsetSeconds).toBeCloseTo(65, 6);
  });

  it("predicts no nonsense from two codes an hour apart", () => {
    const estimate = estimateDrift([observe(START_MS, 0), observe(START_MS + 3_600_000, 30)], 30);
    expect(Math.abs(estimate.ratePpm)).toBeLessThan(1);
    expect(Math.abs(estimate.predictSeconds(START_MS + 30 * DAY_MS) - 30)).toBeLessThan(20);
  });

  it("averages observations of the same moment", () => {
    const twice = [0, 1].map((driftSteps) => ({ atMs: START_MS, driftSteps }));
    const estimate = estimateDrift(twice, 30);
    expect(estimate.offsetSeconds).toBeCloseTo(30, 6);
    expect(estimate.ratePpm).toBe(0);
    expect(estimate.standardErrorSeconds).toBeCloseTo(30 / Math.sqrt(24), 6);
  });
});

describe("estimateDrift of a simulated token", () => {
  it.each(
    [-50, -20, -5, -1, 0, 1, 5, 20, 50].flatMap((ratePpm) =>
      [30, 60].map((period) => [ratePpm, period] as const),
    ),
  )("finds %i ppm with a period of %i s", (ratePpm, periodSeconds) => {
    const codes = codesOf({ ratePpm, offsetSeconds: 40, count: 52, periodSeconds });
    const lastMs = codes.at(-1)?.atMs ?? 0;
    const truth = (atMs: number) => 40 + ((atMs - START_MS) / 1000) * ratePpm * 1e-6;
    const estimate = estimateDrift(codes, periodSeconds);
    expect(Math.abs(estimate.ratePpm - ratePpm)).toBeLessThan(1.5);
    expect(Math.abs(estimate.offsetSeconds - truth(lastMs))).toBeLessThan(periodSeconds / 2);
    const aheadMs = lastMs + 60 * DAY_MS;
    const error = Math.abs(estimate.predictSeconds(aheadMs) - truth(aheadMs));
    expect(error).toBeLessThan(2 * estimate.predictionErrorSeconds(aheadMs));
    expect(error).toBeLessThan(periodSeconds);
  });

  it("states errors that hold: the truth is within one of them two times in three, within two nearly always", () => {
    const random = seededRandom(7);
    let [withinOne, withinTwo] = [0, 0];
    const runs = 400;
    for (let run = 0; run < runs; run += 1) {
      const [offsetSeconds, ratePpm, count] = [random(-60, 60), random(-20, 20), Math.floor(random(1, 40))];
      const codes = codesOf({ offsetSeconds, ratePpm, count, everyDays: random(1, 30) }, random);
      const elapsed = ((codes.at(-1)?.atMs ?? 0) - START_MS) / 1000;
      const estimate = estimateDrift(codes, 30);
      const error = Math.abs(estimate.offsetSeconds - offsetSeconds - elapsed * ratePpm * 1e-6);
      if (error <= estimate.standardErrorSeconds) withinOne += 1;
      if (error <= 2 * estimate.standardErrorSeconds) withinTwo += 1;
    }
    expect(withinOne / runs).toBeGreaterThan(0.6);
    expect(withinTwo / runs).toBeGreaterThan(0.97);
  });

  it("knows more with each code, and less the further it looks ahead", () => {
    const codes = codesOf({ ratePpm: 8, count: 30 });
    const errors = codes.map((_, index) => estimateDrift(codes.slice(0, index + 1), 30));
    const atEnd = errors.map((estimate) => estimate.predictionErrorSeconds(START_MS + 400 * DAY_MS));
    expect(atEnd).toEqual(atEnd.toSorted((a, b) => b - a));
    const lastMs = codes.at(-1)?.atMs ?? 0;
    const days = [0, 1, 10, 100, 1000].map((day) =>
      errors.at(-1)?.predictionErrorSeconds(lastMs + day * DAY_MS),
    );
    expect(days).toEqual(days.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(new Set(days).size).toBe(5);
  });

  it("never claims a rate that no crystal has", () => {
    const walked = Array.from({ length: 60 }, (_, day) => ({
      atMs: START_MS + day * DAY_MS,
      driftSteps: day,
    }));
    expect(Math.abs(estimateDrift(walked, 30).ratePpm)).toBeLessThanOrEqual(100);
  });
});

describe("estimateDrift of a disturbed history", () => {
  it.each([-4, 4, 40])("leaves out a single code %i steps off, wherever it is", (off) => {
    const codes = codesOf({ ratePpm: 5, offsetSeconds: 20, count: 16 });
    const undisturbed = estimateDrift(codes, 30);
    for (const place of codes.keys()) {
      if (place === 0) continue;
      const disturbed = codes.map(({ atMs, driftSteps }, index) => ({
        atMs,
        driftSteps: driftSteps + (index === place ? off : 0),
      }));
      const estimate = estimateDrift(disturbed, 30);
      expect(Math.abs(estimate.offsetSeconds - undisturbed.offsetSeconds)).toBeLessThan(10);
      expect(Math.abs(estimate.ratePpm - undisturbed.ratePpm)).toBeLessThan(2);
    }
  });

  it("forgets a first code that was off once two others agree", () => {
    const [first, ...others] = codesOf({ offsetSeconds: 10, count: 4 });
    if (!first) throw new Error("four codes were expected");
    const off = { ...first, driftSteps: first.driftSteps + 10 };
    expect(Math.abs(estimateDrift([off, ...others], 30).offsetSeconds - 10)).toBeLessThan(15);
  });

  it.each([-20, -5, 5, 120])(
    "follows a clock set by %i steps once two codes say so, and keeps its rate",
    (jump) => {
      const codes = codesOf({ ratePpm: 10, count: 40 });
      const set = codes.map(({ atMs, driftSteps }, index) => ({
        atMs,
        driftSteps: driftSteps + (index >= 38 ? jump : 0),
      }));
      const truth = (((set.at(-1)?.atMs ?? 0) - START_MS) / 1000) * 10e-6;
      expect(Math.abs(estimateDrift(set.slice(0, 39), 30).offsetSeconds - truth)).toBeLessThan(20);
      const estimate = estimateDrift(set, 30);
      expect(Math.abs(estimate.offsetSeconds - truth - jump * 30)).toBeLessThan(20);
      expect(Math.abs(estimate.ratePpm - 10)).toBeLessThan(2);
    },
  );
});

describe("estimateDrift of anything", () => {
  const observations = fc.array(
    fc.record({
      atMs: fc.integer({ min: -1e13, max: 1e13 }),
      driftSteps: fc.integer({ min: -1e6, max: 1e6 }),
    }),
    { maxLength: 70 },
  );
  const period = fc.constantFrom(1, 15, 30, 60, 86_400);

  it("is finite for all a Date and a number can hold", FUZZ_TIMEOUT, () => {
    const any = fc.array(
      fc.record({
        atMs: fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true }),
        driftSteps: fc.maxSafeInteger(),
      }),
      { minLength: 1, maxLength: 70 },
    );
    const moment = fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true });
    fc.assert(
      fc.property(any, period, moment, (given, periodSeconds, atMs) => {
        const { predictSeconds, predictionErrorSeconds, predictSteps, ...numbers } = estimateDrift(
          given,
          periodSeconds,
        );
        const all = [predictSeconds(atMs), predictionErrorSeconds(atMs), ...Object.values(numbers)];
        expect(all.filter((value) => !Number.isFinite(value))).toEqual([]);
        expect(Number.isInteger(predictSteps(atMs))).toBe(true);
        expect(numbers.standardErrorSeconds).toBeGreaterThanOrEqual(0);
      }),
      FUZZ_RUNS,
    );
  });

  it("does not depend on the order", FUZZ_TIMEOUT, () => {
    fc.assert(
      fc.property(observations, period, fc.infiniteStream(fc.nat()), (given, periodSeconds, keys) => {
        const shuffled = given
          .map((one) => ({ one, key: keys.next().value ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(numbersOf(shuffled, periodSeconds)).toEqual(numbersOf(given, periodSeconds));
      }),
      FUZZ_RUNS,
    );
  });

  it("moves with the steps and with whole periods of time", FUZZ_TIMEOUT, () => {
    const shift = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(tokenHistories(), shift, shift, (given, steps, periods) => {
        const before = estimateDrift(given, 30);
        const after = estimateDrift(
          given.map(({ atMs, driftSteps }) => ({
            atMs: atMs + periods * 30_000,
            driftSteps: driftSteps + steps,
          })),
          30,
        );
        expect(after.offsetSeconds - steps * 30).toBeCloseTo(before.offsetSeconds, 3);
        expect(after.ratePpm).toBeCloseTo(before.ratePpm, 4);
        expect(after.standardErrorSeconds).toBeCloseTo(before.standardErrorSeconds, 5);
      }),
      FUZZ_RUNS,
    );
  });

  it.each([
    ["NaN as moment", { atMs: Number.NaN, driftSteps: 0 }, 30],
    ["a moment without end", { atMs: Infinity, driftSteps: 0 }, 30],
    ["a moment beyond any Date", { atMs: 8.64e15 + 2, driftSteps: 0 }, 30],
    ["NaN as drift", { atMs: 0, driftSteps: Number.NaN }, 30],
    ["half a step", { atMs: 0, driftSteps: 0.5 }, 30],
    ["a drift without end", { atMs: 0, driftSteps: -Infinity }, 30],
    ["a period of 0", { atMs: 0, driftSteps: 0 }, 0],
    ["NaN as period", { atMs: 0, driftSteps: 0 }, Number.NaN],
    ["a period of two years", { atMs: 0, driftSteps: 0 }, 63_072_000],
  ])("refuses %s", (_, observation, periodSeconds) => {
    expect(() => estimateDrift([observation], periodSeconds)).toThrow(RangeError);
  });

  it("refuses a T0 that is no number, and to predict for no moment", () => {
    expect(() => estimateDrift([], 30, Number.NaN)).toThrow(RangeError);
    const estimate = estimateDrift([], 30);
    expect(() => estimate.predictSteps(Number.NaN)).toThrow(RangeError);
    expect(() => estimate.predictSeconds(Infinity)).toThrow(RangeError);
    expect(() => estimate.predictionErrorSeconds(-Infinity)).toThrow(RangeError);
  });
});

function numbersOf(observations: readonly DriftObservation[], periodSeconds: number) {
  const { offsetSeconds, ratePpm, standardErrorSeconds } = estimateDrift(observations, periodSeconds);
  return { offsetSeconds, ratePpm, standardErrorSeconds };
}

/** Histories of tokens as there are, any rate and pace. */
function tokenHistories() {
  return fc
    .tuple(
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.double({ min: -600, max: 600, noNaN: true }),
      fc.integer(),
    )
    .map(([count, ratePpm, offsetSeconds, seed]) =>
      codesOf({ count, ratePpm, offsetSeconds }, seededRandom(seed)),
    );
}
