import { SUBJECT, type ContestResult } from "./contest.ts";
import { alignColumns, formatDuration, formatRate, formatRatio, significant } from "./figures.ts";
import type { Gate, Judged } from "./gates.ts";
import { ratioBetween, type BenchReport } from "./report.ts";
import { median, percentile } from "./statistics.ts";

/** The report for a terminal. */
export function formatReport(report: BenchReport, judged: readonly Judged[]): string {
  const { machine, chromium, node, rounds, quick } = report;
  return [
    `${machine.date}  ${machine.cpu}, ${machine.cores} cores, load ${significant(machine.load)}  ${machine.system}`,
    `${rounds} rounds; wall time; medians, in brackets the span p10–p90 of the rounds' ratios`,
    ...(chromium ? section(`Chromium ${chromium.version}`, chromium.contests) : []),
    ...(node ? section(`Node ${machine.node}`, node) : []),
    ...others(report),
    "",
    "Gates (Chromium)",
    ...alignColumns(judged.map(judgedRow)),
    ...(quick ? ["--quick: too few and too short rounds to quote"] : []),
    "",
  ].join("\n");
}

function section(host: string, contests: readonly ContestResult[]): string[] {
  return contests.flatMap((contest) => {
    const { title, unit, unitsPerSearch, rates, notes, id } = contest;
    const rows = Object.entries(rates).map(([subject, each]) => {
      const rate = median(each);
      const ratio = ratioBetween([contest], id, subject, SUBJECT.reference);
      return [
        `  ${subject}`,
        `${formatRate(rate)}/s`,
        ...(unitsPerSearch > 0 ? [formatDuration((unitsPerSearch * 1000) / rate)] : []),
        ratio && subject !== SUBJECT.reference ? formatRatio(ratio) : "1",
        notes[subject] ?? "",
      ];
    });
    const header = [
      "",
      unit,
      ...(unitsPerSearch > 0 ? ["a search"] : []),
      `against ${SUBJECT.reference}`,
      "",
    ];
    return ["", `${host}: ${title}`, ...alignColumns([header, ...rows])];
  });
}

function others({ chromium, kernelSize, openssl, noNativeLoop }: BenchReport): string[] {
  const { startUps, latencies, memory } = chromium ?? {};
  const trips = (name: string, taken: readonly number[]) => [
    `  ${name}`,
    `median ${formatDuration(median(taken))}`,
    `p99 ${formatDuration(percentile(taken, 0.99))}`,
    `n ${taken.length}`,
  ];
  return [
    "",
    "Kernel, page and native limit",
    `  WebAssembly: ${kernelSize.rawBytes} bytes, ${kernelSize.gzipBytes} by gzip`,
    ...(startUps
      ? [
          `  ready in ${formatDuration(median(startUps.map(({ readyMs }) => readyMs)))}, first code ` +
            `${formatDuration(median(startUps.map(({ firstCodeMs }) => firstCodeMs)))} later (${startUps.length} fresh processes)`,
        ]
      : []),
    ...(memory
      ? [
          `  a search among 10⁶ adds ${significant(memory.searchBytes / 1e6)} MB ` +
            `(WebAssembly ${significant(memory.wasmBytes / 1e6)} MB) to the caller's own ` +
            `${significant(memory.inventoryBytes / 1e6)} MB of seeds (${memory.samples} samples while it ran)`,
        ]
      : []),
    ...(latencies
      ? alignColumns([
          trips("postMessage echo", latencies.echo),
          trips("engine.match behind Comlink", latencies.match),
          trips("verifyCode, with the vault's transaction", latencies.verify),
        ])
      : []),
    ...(noNativeLoop === undefined ? [] : [`  ${SUBJECT.native}: not measured, ${noNativeLoop}`]),
    ...(openssl.length > 0
      ? alignColumns(openssl.map(({ name, rate }) => [`  ${name}`, `${formatRate(rate)}/s`]))
      : ["  openssl speed: not measured"]),
  ];
}

function judgedRow({ gate, value, verdict }: Judged): string[] {
  return [
    `  ${gate.title}`,
    value === undefined ? "–" : `${significant(value)} ${gate.unit}`,
    gate.gate === undefined ? "" : `gate ${bound(gate, gate.gate)}`,
    `target ${bound(gate, gate.target)}`,
    verdict,
  ];
}

/** `≥ 50 ×` */
export function bound({ wants, unit }: Gate, value: number): string {
  return `${wants === "at least" ? "≥" : "≤"} ${Number.isInteger(value) ? value : significant(value)} ${unit}`;
}
