import { parseArgs } from "node:util";

/** What the command line asks for. */
export interface BenchOptions {
  readonly rounds: number;
  readonly quick: boolean;
  readonly gate: boolean;
  readonly markdown: boolean;
  /** One more place for the JSON. */
  readonly json?: string;
  readonly only: readonly string[];
  readonly hosts: readonly ("chromium" | "node")[];
}

export const USAGE = `npm run bench [-- options]
  --rounds N      rounds of each contest; 11 unless told
  --quick         3 short rounds: to see that it runs, not to quote
  --gate          exit with 1 when a gate of the table is missed or was not measured
  --markdown      print the README's table as well
  --json FILE     write the JSON there too (always in tests/bench/results/latest.json)
  --only A,B      only these parts: codes, codes-SHA1, window-10, resync, identify-10000, start-up, latency, memory, openssl …
  --host NAME     only chromium, or only node
`;

const QUICK_ROUNDS = 3;
const ROUNDS = 11;

/** Throws a `RangeError` or `TypeError` that says what is wrong with the command line. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: "string" },
      quick: { type: "boolean", default: false },
      gate: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      json: { type: "string" },
      only: { type: "string" },
      host: { type: "string" },
    },
  });
  const rounds = values.rounds === undefined ? (values.quick ? QUICK_ROUNDS : ROUNDS) : Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new RangeError("--rounds takes a whole number, 1 or more");
  const { host } = values;
  if (host !== undefined && host !== "chromium" && host !== "node") {
    throw new RangeError("--host takes chromium or node");
  }
  return {
    rounds,
    quick: values.quick,
    gate: values.gate,
    markdown: values.markdown,
    ...(values.json !== undefined && { json: values.json }),
    only: values.only?.split(",").filter((start) => start !== "") ?? [],
    hosts: host ? [host] : ["chromium", "node"],
  };
}
