import { SUBJECT, type ContestResult } from "./contest.ts";
import { IDENTIFY_SUBJECT } from "./contests/identify.ts";
import { formatDuration, formatRate, significant } from "./figures.ts";
import type { Judged } from "./gates.ts";
import { ratioBetween, type BenchReport } from "./report.ts";
import { median } from "./statistics.ts";
import { bound } from "./text-table.ts";

const VERDICT_TEXT = {
  "target-met": "met",
  "gate-met": "gate met, target missed",
  "below-target": "target missed",
  missed: "gate missed",
  "not-measured": "not measured",
} as const satisfies Record<Judged["verdict"], string>;

/** The README's table: codes, searches and the issue's gates, with date and machine. */
export function formatMarkdown(report: BenchReport, judged: readonly Judged[]): string {
  const { machine, chromium, node = [], rounds } = report;
  const contests = chromium?.contests ?? node;
  const host = chromium ? `Chromium ${chromium.version} (in a worker)` : `Node ${machine.node}`;
  return [
    `Measured ${machine.date.slice(0, 10)} on ${machine.cpu}, ${machine.cores} cores, ${machine.system}: ${host}` +
      `${chromium && node.length > 0 ? ` and Node ${machine.node}` : ""}, one thread, wall time. ` +
      `Medians of ${rounds} interleaved rounds; in brackets the ratio to \`otpauth\` in the same rounds. WebAssembly and TypeScript are the kernel's two forms.`,
    "",
    ...matrix(
      contests,
      "codes-",
      "codes a second",
      (contest, rate) => `${formatRate(rate)}${times(contest)}`,
    ),
    ...(chromium && node.length > 0
      ? matrix(node, "codes-", "the same in Node", (contest, rate) => `${formatRate(rate)}${times(contest)}`)
      : []),
    ...searches(contests),
    ...notes(contests),
    ...table(
      ["measure (Chromium)", "measured", "gate", "target", ""],
      judged.map(({ gate, value, verdict }) => [
        gate.title,
        value === undefined ? "–" : `${significant(value)} ${gate.unit}`,
        gate.gate === undefined ? "–" : bound(gate, gate.gate),
        bound(gate, gate.target),
        VERDICT_TEXT[verdict],
      ]),
    ),
  ].join("\n");
}

/** What a cell shows beside the rate: the ratio, but for the reference itself. */
type Cell = { readonly contest: ContestResult; readonly subject: string };

function times({ contest, subject }: Cell): string {
  const ratio = ratioBetween([contest], contest.id, subject, SUBJECT.reference);
  return ratio && subject !== SUBJECT.reference ? ` (${significant(ratio.median)}×)` : "";
}

function matrix(
  contests: readonly ContestResult[],
  prefix: string,
  corner: string,
  format: (cell: Cell, rate: number) => string,
): string[] {
  const columns = contests.filter(({ id }) => id.startsWith(prefix));
  const subjects = new Set(columns.flatMap(({ rates }) => Object.keys(rates)));
  return table(
    [corner, ...columns.map(({ id }) => id.slice(prefix.length))],
    [...subjects].map((subject) => [
      subject,
      ...columns.map((contest) => {
        const rates = contest.rates[subject];
        return rates?.length ? format({ contest, subject }, median(rates)) : "–";
      }),
    ]),
  );
}

/** The columns of the searches, and the names their subjects go by. */
const SEARCH_COLUMNS = [
  ["otpauth (†)", SUBJECT.reference],
  ["WebAssembly", SUBJECT.wasm],
  ["states cached", IDENTIFY_SUBJECT.hereAgain],
  ["2 workers", IDENTIFY_SUBJECT.two],
  ["2 workers, states cached", IDENTIFY_SUBJECT.twoAgain],
  ["TypeScript", SUBJECT.typescript],
] as const;

/** One row a search: how long it takes each. */
function searches(contests: readonly ContestResult[]): string[] {
  return table(
    ["search", ...SEARCH_COLUMNS.map(([title]) => title)],
    contests
      .filter(({ unitsPerSearch }) => unitsPerSearch > 0)
      .map((contest) => [
        contest.title,
        ...SEARCH_COLUMNS.map(([, subject]) => {
          const rates = contest.rates[subject];
          if (!rates?.length) return "–";
          const rate = median(rates);
          return formatDuration((contest.unitsPerSearch * 1000) / rate) + times({ contest, subject });
        }),
      ]),
  );
}

/** What must be known about the reference's figures. */
function notes(contests: readonly ContestResult[]): string[] {
  const told = contests.flatMap(({ title, unitsPerSearch, notes: { [SUBJECT.reference]: note } }) =>
    unitsPerSearch > 0 && note !== undefined ? [`${title}: ${note}`] : [],
  );
  return told.length > 0 ? [`† ${told.join("; ")}.`, ""] : [];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0 || header.length < 2) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line), ""];
}
