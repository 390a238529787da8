import { ProgressPulse } from "../src/mfa/progress-pulse.ts";
import type {
  SeedChoice,
  SeedPage,
  SeedPageQuery,
  SeedQuery,
  SeedSummary,
} from "../src/mfa/local-contract.ts";
import { exportSeeds } from "../src/mfa/seed-release.ts";
import { summaryOf } from "../src/mfa/seed-summary.ts";
import type { InventoryEntry } from "../src/vault/seed-listings.ts";
import type { Outcome, ProgressListener } from "./contract.ts";
import { requireChoice, requirePageQuery, requireQuery } from "./requests.ts";
import type { ServiceParts } from "./service-parts.ts";
import { VaultCalls } from "./vault-calls.ts";

/** What left the vault. */
export interface Release {
  readonly file: Blob;
  readonly tokens: number;
}

/** The calls that list the inventory, and hand out of it. */
export abstract class InventoryCalls extends VaultCalls {
  listSeeds(query: SeedQuery): Promise<Outcome<SeedSummary[]>> {
    return this.run(async ({ inventory, journal }) => {
      await journal.recover();
      return (await inventory.list(requireQuery(query))).map(summaryWithOwner);
    });
  }

  seedPage(callId: string, query: SeedPageQuery, onProgress: ProgressListener): Promise<Outcome<SeedPage>> {
    return this.runCancellable(callId, async ({ inventory, journal }, signal) => {
      await journal.recover();
      const { tell } = new ProgressPulse(onProgress);
      const page = await inventory.page(requirePageQuery(query), { signal, onProgress: tell });
      const { entries, ...list } = page;
      return { ...list, seeds: entries.map(summaryWithOwner) };
    });
  }

  protected release(
    callId: string,
    choice: SeedChoice,
    password: string,
    onProgress: ProgressListener,
  ): Promise<Outcome<Release>> {
    return this.runCancellable(callId, async (parts, signal) => {
      await parts.journal.recover();
      const pulse = new ProgressPulse(onProgress);
      const serialNumbers = await chosen(parts, choice, { signal, onProgress: pulse.beat });
      const file = await exportSeeds(parts, { serialNumbers, password }, { signal, pulse });
      return { file, tokens: serialNumbers.length };
    });
  }
}

/** The serial numbers of a choice, each once. Throws `MfaInputError`. */
async function chosen(
  { inventory }: ServiceParts,
  choice: SeedChoice,
  watch: { readonly signal: AbortSignal; readonly onProgress: () => void },
): Promise<readonly string[]> {
  const wanted = requireChoice(choice);
  if (!("except" in wanted)) return [...new Set(wanted)];
  const { except, ...filter } = wanted;
  const left = new Set(except);
  return (await inventory.serialNumbers(filter, watch)).filter((serialNumber) => !left.has(serialNumber));
}

function summaryWithOwner({ record, assigned }: InventoryEntry): SeedSummary {
  return { ...summaryOf(record), assigned };
}
