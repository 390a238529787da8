/** What one slice of work did. */
export interface Slice {
  /** Codes, searches or seeds, as the contest counts. */
  readonly units: number;
  readonly ms: number;
}

/** One implementation in a contest. */
export interface Subject {
  readonly name: string;
  /** What a reader of the figure must know, in half a line. */
  readonly note?: string;
  /** Work is always this much; else slices grow until they last as long as asked for. */
  readonly fixedUnits?: number;
  /**
   * Does about `units` of work, timed from within so that making the task and checking the answer cost nothing. Throws
   * {@link WrongResultError} when the answer is wrong.
   */
  slice(units: number): Slice | Promise<Slice>;
}

/** Implementations doing the same work side by side. */
export interface Contest {
  /** Stable, for the JSON file and the gates: `codes-SHA1`. */
  readonly id: string;
  readonly title: string;
  readonly unit: "codes" | "searches" | "seeds";
  /** Units in one search, to tell a search's duration by; 0 where codes are only counted. */
  readonly unitsPerSearch: number;
  readonly subjects: readonly Subject[];
  /** Rounds, where each costs seconds; else those of the run. */
  readonly mostRounds?: number;
  /** Lets go of what the contest held: workers, seeds. */
  close?(): void;
}

/** A contest's outcome: units a second, by subject, round by round. */
export interface ContestResult {
  readonly id: string;
  readonly title: string;
  readonly unit: Contest["unit"];
  readonly unitsPerSearch: number;
  readonly rates: Readonly<Record<string, readonly number[]>>;
  readonly notes: Readonly<Record<string, string>>;
}

/** Names that the gates and the tables know. */
export const SUBJECT = {
  reference: "otpauth",
  wasm: "oath-bridge, WebAssembly",
  typescript: "oath-bridge, TypeScript",
  native: "native SHA-NI, one stream (C)",
} as const;

/** An implementation gave a wrong answer: its speed means nothing, and the run fails. */
export class WrongResultError extends Error {
  override readonly name = "WrongResultError";
}

/** Fails the run unless the answer is the right one. The seeds are the bench's own random ones, so it may quote. */
export function expectSame(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) {
    throw new WrongResultError(`${what}: got ${String(actual)}, should be ${String(expected)}`);
  }
}

/** Times synchronous work; the answer comes out for the check. */
export function timed<T>(units: number, work: () => T): Slice & { readonly answer: T } {
  const start = performance.now();
  const answer = work();
  return { units, ms: performance.now() - start, answer };
}

/** Times work that is awaited, by the wall clock: other threads may do it. */
export async function timedAsync<T>(
  units: number,
  work: () => Promise<T>,
): Promise<Slice & { readonly answer: T }> {
  const start = performance.now();
  const answer = await work();
  return { units, ms: performance.now() - start, answer };
}
