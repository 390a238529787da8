/** Runs of one fuzz test: the everyday number, or what the environment asks for in a long run. */
export const FUZZ_RUNS = { numRuns: Number(process.env["FUZZ_RUNS"] ?? 2000) };

/** Long enough for the long run: a guard against hanging only. */
export const FUZZ_TIMEOUT = { timeout: 600_000 };
