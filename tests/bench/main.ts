import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { runInChromium } from "./browser/chromium.ts";
import { judgeAll, passesGates } from "./gates.ts";
import { measureKernelSize } from "./kernel-size.ts";
import { describeMachine } from "./machine.ts";
import { formatMarkdown } from "./markdown.ts";
import { buildNativeLoop } from "./native/sha-ni.ts";
import { measureOpenssl } from "./native/openssl-speed.ts";
import { nodeHost } from "./node/node-host.ts";
import { parseOptions } from "./options.ts";
import type { BenchReport } from "./report.ts";
import { isWanted, runScenario } from "./scenario.ts";
import { formatReport } from "./text-table.ts";

export { USAGE } from "./options.ts";

/** Where things are; the sources this file was built from do not know. */
export interface Places {
  /** `tests/bench`. */
  readonly bench: string;
  /** The built page. */
  readonly site: string;
  /** For what is built on the way. */
  readonly scratch: string;
}

const FULL = { sliceMs: 25, warmUpMs: 600, startUps: 11, calls: 3400 };
const QUICK = { sliceMs: 10, warmUpMs: 150, startUps: 3, calls: 400 };

/** Seeds in the inventory that memory is measured with. */
const MEMORY_SEEDS = 1_000_000;

/** Runs the benchmark; resolves to the process's exit code. Rejects when an implementation's answer was wrong. */
export async function main(args: readonly string[], places: Places): Promise<number> {
  const options = parseOptions(args);
  const { rounds, quick, only, hosts } = options;
  const machine = describeMachine();
  const native = buildNativeLoop(path.join(places.bench, "native/hotp-sha-ni.c"), places.scratch);
  const plan = { rounds, only, memorySeeds: MEMORY_SEEDS, ...(quick ? QUICK : FULL) };

  const report: BenchReport = {
    machine,
    rounds,
    quick,
    ...(!native.available && { noNativeLoop: native.reason }),
    kernelSize: measureKernelSize(),
    openssl: isWanted(only, "openssl") ? measureOpenssl() : [],
    ...(hosts.includes("chromium") && {
      chromium: await runInChromium(places.site, plan, native, progress),
    }),
    ...(hosts.includes("node") && {
      node: await runScenario(await nodeHost(native, progress), plan),
    }),
  };

  const judged = judgeAll(report);
  const json = `${JSON.stringify({ ...report, gates: judged }, null, 1)}\n`;
  const files = [path.join(places.bench, "results/latest.json"), ...(options.json ? [options.json] : [])];
  for (const file of files) {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    writeFileSync(file, json);
  }
  process.stdout.write(`\n${formatReport(report, judged)}`);
  if (options.markdown) process.stdout.write(`\n${formatMarkdown(report, judged)}`);
  if (!options.gate) return 0;
  const passes = passesGates(judged);
  process.stdout.write(passes ? "gates: passed\n" : "gates: failed\n");
  return passes ? 0 : 1;
}

/** To the error stream, so that the tables can be piped. */
function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
