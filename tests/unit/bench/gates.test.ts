import { describe, expect, it } from "vitest";
import type { ContestResult } from "../../bench/contest.ts";
import { SUBJECT } from "../../bench/contest.ts";
import { IDENTIFY_SUBJECT } from "../../bench/contests/identify.ts";
import { GATES, judge, judgeAll, passesGates } from "../../bench/gates.ts";
import type { BenchReport } from "../../bench/report.ts";

function contest(id: string, rates: Record<string, number[]>): ContestResult {
  return { id, title: id, unit: "codes", unitsPerSearch: 0, rates, notes: {} };
}

/** A report in which our kernels are so many times as fast as `otpauth`, and the rest is within all bounds. */
function reportOf(ratio: number): BenchReport {
  const ours = [10 * ratio, 20 * ratio, 30 * ratio];
  const against = { [SUBJECT.reference]: [10, 20, 30] };
  return {
    machine: { date: "", cpu: "", cores: 2, system: "", node: "", load: 0 },
    rounds: 3,
    quick: false,
    kernelSize: { rawBytes: 9000, gzipBytes: 3900 },
    openssl: [],
    chromium: {
      version: "1",
      contests: [
        contest("codes-SHA1", {
          ...against,
          [SUBJECT.wasm]: ours,
          [SUBJECT.typescript]: ours,
          [SUBJECT.native]: ours.map((rate) => rate * 10),
        }),
        contest("codes-SHA256", { ...against, [SUBJECT.wasm]: ours }),
        contest("codes-SHA512", { ...against, [SUBJECT.wasm]: ours }),
        contest("resync", { ...against, [SUBJECT.wasm]: ours }),
        contest("identify-1000000", {
          ...against,
          [IDENTIFY_SUBJECT.one]: ours,
          [IDENTIFY_SUBJECT.two]: ours,
        }),
      ],
      startUps: [{ readyMs: 5, firstCodeMs: 1 }],
      latencies: { echo: [0.1], match: [0.2, 0.2, 2], verify: [9] },
      memory: { inventoryBytes: 0, searchBytes: 50e6, wasmBytes: 40e6, samples: 1 },
    },
  };
}

describe("gates of the benchmark", () => {
  it("judges ratios from below and sizes from above", () => {
    const fast = { wants: "at least", gate: 50, target: 90 } as const;
    expect([90, 89.9, 50, 49.9].map((value) => judge(fast, value))).toEqual([
      "target-met",
      "gate-met",
      "gate-met",
      "missed",
    ]);
    const small = { wants: "at most", gate: 120, target: 60 } as const;
    expect([60, 60.1, 120, 120.1].map((value) => judge(small, value))).toEqual([
      "target-met",
      "gate-met",
      "gate-met",
      "missed",
    ]);
    expect(judge({ wants: "at least", target: 0.65 }, 0.5)).toBe("below-target");
    expect(judge(fast, undefined)).toBe("not-measured");
  });

  it("passes a run that meets all, and fails one that is too slow", () => {
    expect(passesGates(judgeAll(reportOf(250)))).toBe(true);
    // Enough for every gate but identification by two workers, at 160 s / 3 s = 53.3.
    const judged = judgeAll(reportOf(53));
    expect(judged.filter(({ verdict }) => verdict === "missed").map(({ gate }) => gate.title)).toEqual([
      "identify among 10⁶, 2 workers (3 s / 0.8 s)",
    ]);
    expect(passesGates(judged)).toBe(false);
  });

  it("takes what was not measured for missed", () => {
    const { chromium: _, ...nothing } = reportOf(250);
    expect(passesGates(judgeAll(nothing))).toBe(false);
  });

  it("fails no run for a time or for a target without a gate", () => {
    const report = reportOf(250);
    const judged = judgeAll({
      ...report,
      chromium: {
        ...report.chromium,
        version: "1",
        contests: report.chromium?.contests ?? [],
        startUps: [{ readyMs: 900, firstCodeMs: 1 }],
        latencies: { echo: [1], match: [50], verify: [90] },
      },
    });
    expect(judged.filter(({ verdict }) => verdict === "below-target")).toHaveLength(4);
    expect(passesGates(judged)).toBe(true);
    expect(GATES.filter(({ unit, gate }) => unit === "ms" && gate !== undefined)).toEqual([]);
  });
});
