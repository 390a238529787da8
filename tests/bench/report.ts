import type { ChromiumResult } from "./browser/chromium.ts";
import type { ContestResult } from "./contest.ts";
import type { NativeRate } from "./native/openssl-speed.ts";
import type { KernelSize } from "./kernel-size.ts";
import { ratiosOf, spreadOf, type Spread } from "./statistics.ts";

/** The machine and the moment: a figure without them says nothing. */
export interface Machine {
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly system: string;
  readonly node: string;
  /** Average of the last minute, when the run began: above 1 or so, distrust rates and believe ratios. */
  readonly load: number;
}

/** The whole outcome of a run: what the JSON file holds. */
export interface BenchReport {
  readonly machine: Machine;
  readonly rounds: number;
  readonly quick: boolean;
  readonly chromium?: ChromiumResult;
  readonly node?: readonly ContestResult[];
  readonly kernelSize: KernelSize;
  readonly openssl: readonly NativeRate[];
  /** Why there is no native loop; absent where there is one. */
  readonly noNativeLoop?: string;
}

/** The ratios of two subjects of a contest, round by round; undefined unless both were measured. */
export function ratioBetween(
  contests: readonly ContestResult[],
  id: string,
  subject: string,
  reference: string,
): Spread | undefined {
  const rates = contests.find((contest) => contest.id === id)?.rates;
  const [of, to] = [rates?.[subject], rates?.[reference]];
  return of?.length && to?.length ? spreadOf(ratiosOf(of, to)) : undefined;
}
