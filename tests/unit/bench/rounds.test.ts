import { describe, expect, it } from "vitest";
import type { Contest, Subject } from "../../bench/contest.ts";
import { WrongResultError } from "../../bench/contest.ts";
import { measureContest } from "../../bench/rounds.ts";
import { median } from "../../bench/statistics.ts";

const PACE = { rounds: 5, sliceMs: 20, warmUpMs: 100 };

/** A subject of known speed on a clock of its own, and the work it was given. */
function subject(
  name: string,
  unitsPerMs: number,
  fixedUnits?: number,
): Subject & { readonly given: number[] } {
  const given: number[] = [];
  return {
    name,
    given,
    ...(fixedUnits !== undefined && { fixedUnits }),
    slice(units) {
      given.push(units);
      return { units, ms: units / unitsPerMs };
    },
  };
}

function contest(subjects: readonly Subject[], mostRounds?: number): Contest {
  const base = { id: "x", title: "x", unit: "codes", unitsPerSearch: 0, subjects } as const;
  return mostRounds === undefined ? base : { ...base, mostRounds };
}

describe("rounds of the benchmark", () => {
  it("gives each subject slices as long as asked for, and one rate a round", async () => {
    const [slow, fast] = [subject("slow", 2), subject("fast", 5000)];
    const { rates } = await measureContest(contest([slow, fast]), PACE);
    expect(rates["slow"]).toHaveLength(PACE.rounds);
    expect(median(rates["slow"] ?? [])).toBeCloseTo(2000, 6);
    expect(median(rates["fast"] ?? [])).toBeCloseTo(5_000_000, 0);
    expect(slow.given.slice(-PACE.rounds)).toEqual(Array(PACE.rounds).fill(40));
    expect(fast.given.slice(-PACE.rounds)).toEqual(Array(PACE.rounds).fill(100_000));
  });

  it("warms up for as long as asked", async () => {
    const warm = subject("warm", 1);
    await measureContest(contest([warm]), PACE);
    const beforeRounds = warm.given.slice(0, -PACE.rounds);
    expect(beforeRounds.reduce((sum, units) => sum + units, 0)).toBeGreaterThanOrEqual(PACE.warmUpMs);
  });

  it("leaves fixed work as it is, and rounds below the contest's limit", async () => {
    const fixed = subject("fixed", 10, 12_345);
    const { rates } = await measureContest(contest([fixed], 2), PACE);
    expect(rates["fixed"]).toHaveLength(2);
    expect(new Set(fixed.given)).toEqual(new Set([12_345]));
  });

  it("fails with the subject whose answer was wrong", async () => {
    const wrong: Subject = {
      name: "wrong",
      slice: () => Promise.reject(new WrongResultError("wrong: got 1, should be 2")),
    };
    await expect(measureContest(contest([subject("right", 1), wrong]), PACE)).rejects.toThrow(
      WrongResultError,
    );
  });
});
