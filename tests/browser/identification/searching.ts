import { createOtpEngine, type Identification } from "../../../src/otp/index.ts";
import { countWorkers } from "./counted-workers.ts";
import { codesUpTo, randomInventory } from "./random-inventory.ts";

/** What a search says that was made in a page or worker of its own. */
export interface SearchAnswer {
  readonly found: readonly Pick<Identification, "serialNumber" | "driftSteps">[];
  /** Workers it started. */
  readonly workers: number;
}

/** Searches for N4321, four steps ahead, with the default engine but two workers. */
export async function searchHere(): Promise<SearchAnswer> {
  const workers = countWorkers();
  const engine = await createOtpEngine({ identificationWorkers: 2 });
  const seeds = randomInventory(10_000);
  const codes = codesUpTo(seeds[4321], 1004, 2);
  const window = { backSteps: 10, aheadSteps: 10 };
  const found = await engine.identify(seeds, codes, { atMs: 1000 * 30_000, window });
  return {
    found: found.map(({ serialNumber, driftSteps }) => ({ serialNumber, driftSteps })),
    workers: workers(),
  };
}
