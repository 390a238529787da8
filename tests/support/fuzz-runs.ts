/** Runs of one fuzz test: `everyday` in `npm test`, or what the environment asks for in a long run. */
export function fuzzRuns(everyday: number): { numRuns: number } {
  return { numRuns: Number(process.env["FUZZ_RUNS"] ?? everyday) };
}

/** {@link fuzzRuns} where a run costs next to nothing. */
export const FUZZ_RUNS = fuzzRuns(2000);

/** Long enough for the long run: a guard against hanging only. */
export const FUZZ_TIMEOUT = { timeout: 600_000 };
