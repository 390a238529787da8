import { describe, expect, it } from "vitest";
import { resolvePolicy } from "../../../src/mfa/policy.ts";
import { DAY_MS, seededRandom, SIMULATION_START_MS } from "../../support/simulated-clock.ts";
import { SimulatedSignIns } from "../../support/simulated-sign-ins.ts";

/** `DRIFT_SIMULATION=full` plays the sizes of the requirement; every day a part of them. */
const FULL = process.env["DRIFT_SIMULATION"] === "full";
const TOKENS = 100;
const SIGN_INS = FULL ? 10_000 : 150;
const WALKING_TOKENS = FULL ? 1000 : 60;

/** A guard against hanging only. */
const TIMEOUT = { timeout: 600_000 };

const policy = resolvePolicy();
const DAY = DAY_MS / 1000;
const WEEK = 7 * DAY;

describe("the drift of a clock that is right", () => {
  it.each<[string, [number, number]]>([
    ["minutes", [31, 600]],
    ["hours and days", [300, 3 * DAY]],
    ["months", [10 * DAY, 100 * DAY]],
  ])("V16 is never walked away by codes typed 0 … 29 s late, every some %s", TIMEOUT, (_, [least, most]) => {
    const random = seededRandom(11);
    let farthest = 0;
    let refused = 0;
    for (let token = 0; token < TOKENS; token += 1) {
      const signIns = new SimulatedSignIns(policy, 0, SIMULATION_START_MS + random(0, 30_000));
      for (let sign = 0; sign < SIGN_INS; sign += 1) {
        signIns.pass(random(least, most), 0);
        // Within minutes the code shown may be the one used before: that one is refused, whatever the drift.
        const waited = signIns.nowMs - (signIns.token.lastUsedAtMs ?? 0) > 60_000;
        if (!signIns.signIn(random(0, 29)) && waited) refused += 1;
        farthest = Math.max(farthest, Math.abs(signIns.token.driftSteps));
      }
    }
    expect(farthest).toBeLessThanOrEqual(1);
    expect(refused / (TOKENS * SIGN_INS)).toBeLessThan(0.001);
  });
});

describe("a clock that runs off, seen every week", () => {
  /** The share of sign-ins accepted at the first try; `typing` bounds the seconds a code was shown before it is submitted. */
  function firstTries(
    seed: number,
    weeks: number,
    typing: readonly [number, number],
    rateOf: (random: ReturnType<typeof seededRandom>) => (week: number) => number,
  ): number {
    const random = seededRandom(seed);
    let accepted = 0;
    for (let token = 0; token < WALKING_TOKENS; token += 1) {
      const signIns = new SimulatedSignIns(
        policy,
        random(-300, 300),
        SIMULATION_START_MS + random(0, 30_000),
      );
      const rate = rateOf(random);
      for (let week = 0; week < weeks; week += 1) {
        signIns.pass(WEEK * random(0.9, 1.1), rate(week));
        if (signIns.signIn(random(...typing))) accepted += 1;
      }
    }
    return accepted / (WALKING_TOKENS * weeks);
  }

  it.each<[string, [number, number]]>([
    ["read at once", [0, 0]],
    ["typed in 2 … 12 s", [2, 12]],
  ])(
    "V16 walks ±20 ppm for three years, codes %s: at least 999 in 1000 are accepted",
    TIMEOUT,
    (_, typing) => {
      expect(firstTries(5, 156, typing, (random) => () => random(-20, 20))).toBeGreaterThanOrEqual(0.999);
    },
  );

  it("V16 runs at one rate until the policy wants a resync: 99.9 % are accepted", TIMEOUT, () => {
    // At 20 ppm the 20 steps that sign-ins may carry the drift are used up after 49 weeks.
    const constant = (random: ReturnType<typeof seededRandom>) => {
      const ratePpm = random(-20, 20);
      return () => ratePpm;
    };
    expect(firstTries(6, 44, [2, 12], constant)).toBeGreaterThanOrEqual(0.999);
  });

  it("V16 follows the seasons: 99.9 % are accepted", TIMEOUT, () => {
    const seasonal = (random: ReturnType<typeof seededRandom>) => {
      const [ratePpm, phase] = [random(-3, 3), random(0, 2 * Math.PI)];
      return (week: number) => ratePpm + 5 * Math.sin(phase + (week / 52) * 2 * Math.PI);
    };
    expect(firstTries(8, 156, [2, 12], seasonal)).toBeGreaterThanOrEqual(0.999);
  });
});

describe("a recorded row of codes", () => {
  it("V16 can walk the drift by one step a sign-in at most, and no further than the policy's limit", () => {
    // One step more with each sign-in of the same day: somebody submits codes ever later.
    const signIns = new SimulatedSignIns(policy);
    let farthest = 0;
    for (let sign = 1; sign <= 40; sign += 1) {
      const before = signIns.token.driftSteps;
      signIns.pass(300, 0);
      signIns.signIn(sign * 30);
      expect(Math.abs(signIns.token.driftSteps - before)).toBeLessThanOrEqual(policy.driftFollowSteps);
      farthest = Math.max(farthest, Math.abs(signIns.token.driftSteps));
    }
    expect(farthest).toBeLessThanOrEqual(policy.driftLimitSteps);
  });

  it("cannot walk the drift beyond the policy's limit in years", () => {
    const signIns = new SimulatedSignIns(policy);
    let farthest = 0;
    for (let visit = 1; visit <= 200; visit += 1) {
      signIns.pass(10 * DAY, -20);
      signIns.signIn(0);
      farthest = Math.max(farthest, Math.abs(signIns.token.driftSteps));
    }
    expect(farthest).toBe(policy.driftLimitSteps);
  });
});
