/** Runs of one fuzz test: the everyday number, or what the environment asks for in a long run. */
export const FUZZ_RUNS = { numRuns: Number(asked() ?? 2000) };

/** Long enough for the long run: a guard against hanging only. */
export const FUZZ_TIMEOUT = { timeout: 600_000 };

/** A browser has no `process`: there Vitest hands on what its configuration names. */
function asked(): string | undefined {
  const { env } = import.meta as { env?: Readonly<Record<string, string | undefined>> };
  return typeof process === "undefined" ? env?.["FUZZ_RUNS"] : process.env["FUZZ_RUNS"];
}
