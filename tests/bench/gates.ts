import { SUBJECT } from "./contest.ts";
import { IDENTIFY_SUBJECT } from "./contests/identify.ts";
import { ratioBetween, type BenchReport } from "./report.ts";
import { median, percentile } from "./statistics.ts";

/** One line of issue 4's table: what is measured, and what it must be. */
export interface Gate {
  readonly title: string;
  readonly unit: "×" | "MB" | "kB" | "ms";
  /** A ratio must reach its bound, a size or time stay within it. */
  readonly wants: "at least" | "at most";
  /** Missing it fails `--gate`. Never a time: on a shared machine only ratios and sizes can be judged. */
  readonly gate?: number;
  readonly target: number;
  readonly measured: (report: BenchReport) => number | undefined;
}

/** - `not-measured` counts as missed: a gate that cannot fail is none. */
export type Verdict = "target-met" | "gate-met" | "below-target" | "missed" | "not-measured";

export interface Judged {
  readonly gate: Gate;
  readonly value: number | undefined;
  readonly verdict: Verdict;
}

/** A million seeds × 21 moving factors cost `otpauth` this long at the speed it was measured at (130 k codes/s). */
const REFERENCE_IDENTIFY_SECONDS = 160;

/**
 * The issue bounds identification in seconds (4 and 3, target 1.5 and 0.8), which a shared machine cannot judge. As ratios
 * against `otpauth` in the same run: its 160 seconds over those.
 */
const inSeconds = (seconds: number) => REFERENCE_IDENTIFY_SECONDS / seconds;

/** All gates are for Chromium, those of identification for the first search in an inventory. */
export const GATES: readonly Gate[] = [
  ratioGate("SHA1 codes, WebAssembly", "codes-SHA1", SUBJECT.wasm, 50, 90),
  ratioGate("SHA1 codes, TypeScript", "codes-SHA1", SUBJECT.typescript, 25, 50),
  ratioGate("SHA256 codes, WebAssembly", "codes-SHA256", SUBJECT.wasm, 30, 50),
  ratioGate("SHA512 codes, WebAssembly", "codes-SHA512", SUBJECT.wasm, 12, 20),
  {
    title: "SHA1 codes, WebAssembly, against native SHA-NI",
    unit: "×",
    wants: "at least",
    target: 0.65,
    measured: (report) => ratio(report, "codes-SHA1", SUBJECT.wasm, SUBJECT.native),
  },
  ratioGate("resync ±2 years", "resync", SUBJECT.wasm, 50, 100),
  ratioGate(
    "identify among 10⁶, 1 worker (4 s / 1.5 s)",
    "identify-1000000",
    IDENTIFY_SUBJECT.one,
    inSeconds(4),
    inSeconds(1.5),
  ),
  ratioGate(
    "identify among 10⁶, 2 workers (3 s / 0.8 s)",
    "identify-1000000",
    IDENTIFY_SUBJECT.two,
    inSeconds(3),
    inSeconds(0.8),
  ),
  {
    title: "memory of a search among 10⁶",
    unit: "MB",
    wants: "at most",
    gate: 120,
    target: 60,
    measured: ({ chromium }) => (chromium?.memory ? chromium.memory.searchBytes / 1e6 : undefined),
  },
  {
    title: "WebAssembly, gzip",
    unit: "kB",
    wants: "at most",
    gate: 8,
    target: 4,
    measured: ({ kernelSize }) => kernelSize.gzipBytes / 1000,
  },
  timeTarget(
    "kernel ready, median",
    20,
    ({ chromium }) => chromium?.startUps?.map(({ readyMs }) => readyMs),
    0.5,
  ),
  timeTarget("match behind Comlink, median", 0.3, ({ chromium }) => chromium?.latencies?.match, 0.5),
  timeTarget("match behind Comlink, p99", 3, ({ chromium }) => chromium?.latencies?.match, 0.99),
];

/** Holds a value against its bounds. */
export function judge(
  { wants, gate, target }: Pick<Gate, "wants" | "gate" | "target">,
  value: number | undefined,
): Verdict {
  if (value === undefined) return "not-measured";
  const reaches = (bound: number) => (wants === "at least" ? value >= bound : value <= bound);
  if (reaches(target)) return "target-met";
  if (gate === undefined) return "below-target";
  return reaches(gate) ? "gate-met" : "missed";
}

export function judgeAll(report: BenchReport, gates: readonly Gate[] = GATES): Judged[] {
  return gates.map((gate) => {
    const value = gate.measured(report);
    return { gate, value, verdict: judge(gate, value) };
  });
}

/** Whether `--gate` lets the run pass. What has only a target never fails it. */
export function passesGates(judged: readonly Judged[]): boolean {
  return judged.every(
    ({ gate, verdict }) => gate.gate === undefined || verdict === "target-met" || verdict === "gate-met",
  );
}

function ratioGate(title: string, contest: string, subject: string, gate: number, target: number): Gate {
  return {
    title,
    unit: "×",
    wants: "at least",
    gate,
    target,
    measured: (report) => ratio(report, contest, subject, SUBJECT.reference),
  };
}

function timeTarget(
  title: string,
  target: number,
  times: (report: BenchReport) => readonly number[] | undefined,
  share: number,
): Gate {
  return {
    title,
    unit: "ms",
    wants: "at most",
    target,
    measured(report) {
      const taken = times(report);
      return taken && (share === 0.5 ? median(taken) : percentile(taken, share));
    },
  };
}

function ratio(
  { chromium }: BenchReport,
  contest: string,
  subject: string,
  reference: string,
): number | undefined {
  return ratioBetween(chromium?.contests ?? [], contest, subject, reference)?.median;
}
