import type { Contest, ContestResult } from "./contest.ts";
import { codesContest } from "./contests/codes.ts";
import { identifyContest } from "./contests/identify.ts";
import { resyncContest } from "./contests/resync.ts";
import { windowContest } from "./contests/windows.ts";
import type { Host } from "./host.ts";
import { measureContest, type Pace } from "./rounds.ts";

/** What to run. Plain data: it crosses from the driver to the page and to the worker. */
export interface Plan extends Pace {
  /** Parts by id or by its first words (`codes`, `identify-10000`); all when empty. */
  readonly only: readonly string[];
}

/** Every contest by its id, in the order of the report. */
const CONTESTS: readonly (readonly [string, (host: Host) => Promise<Contest>])[] = [
  ["codes-SHA1", (host) => codesContest(host, "SHA1")],
  ["codes-SHA256", (host) => codesContest(host, "SHA256")],
  ["codes-SHA512", (host) => codesContest(host, "SHA512")],
  ["window-1", (host) => windowContest(host, 1)],
  ["window-10", (host) => windowContest(host, 10)],
  ["window-120", (host) => windowContest(host, 120)],
  ["resync", resyncContest],
  ["identify-10000", (host) => identifyContest(host, 10_000)],
  ["identify-100000", (host) => identifyContest(host, 100_000)],
  ["identify-1000000", (host) => identifyContest(host, 1_000_000)],
];

/** The one scenario: the same contests, in Chromium's worker and in Node. */
export async function runScenario(host: Host, plan: Plan): Promise<ContestResult[]> {
  const results: ContestResult[] = [];
  for (const [id, open] of CONTESTS) {
    if (!isWanted(plan.only, id)) continue;
    host.progress(`${host.name}: ${id}`);
    const contest = await open(host);
    try {
      results.push(await measureContest(contest, plan));
    } finally {
      contest.close?.();
    }
  }
  return results;
}

/** Whether a part of the bench was asked for. */
export function isWanted(only: readonly string[], id: string): boolean {
  return only.length === 0 || only.some((asked) => id === asked || id.startsWith(`${asked}-`));
}
