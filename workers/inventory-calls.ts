import { MfaError } from "../src/mfa/errors.ts";
import { ProgressPulse } from "../src/mfa/progress-pulse.ts";
import type {
  RestoreReport,
  RetiredSeed,
  RetireReport,
  SeedChoice,
  SeedPage,
  SeedPageQuery,
  SeedQuery,
  SeedSummary,
} from "../src/mfa/local-contract.ts";
import { exportSeeds } from "../src/mfa/seed-release.ts";
import { summaryOf } from "../src/mfa/seed-summary.ts";
import { listRetired, restoreTokens, retireTokens } from "../src/vault/retired-tokens.ts";
import type { InventoryEntry } from "../src/vault/seed-listings.ts";
import type { Outcome, ProgressListener, WireRetired } from "./contract.ts";
import {
  requireChoice,
  requireLabel,
  requirePageQuery,
  requireQuery,
  requireRetired,
  requireSerial,
} from "./requests.ts";
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

  labelSeed(serialNumber: string, label: string): Promise<Outcome<void>> {
    return this.run(async ({ inventory, journal, store }) => {
      await journal.recover();
      const text = requireLabel(label);
      const known = await store.findSerialNumber(requireSerial(serialNumber));
      if (known === null || !(await inventory.label(known, text))) throw unknownToken();
    });
  }

  retireSeeds(
    callId: string,
    choice: SeedChoice,
    onProgress: ProgressListener,
  ): Promise<Outcome<RetireReport>> {
    return this.runCancellable(callId, async (parts, signal) => {
      const { journal, vault, database, now } = parts;
      await vault.requireOpen();
      const pulse = new ProgressPulse(onProgress);
      return await journal.apart(async () => {
        const serialNumbers = await chosen(parts, choice, { signal, onProgress: pulse.beat });
        const at = { retireId: crypto.randomUUID(), nowMs: now() };
        const { moved, kept } = await retireTokens(database, serialNumbers, at, telling(pulse, signal));
        return { retireId: at.retireId, retired: moved, kept };
      }, pulse.beat);
    });
  }

  restoreSeeds(
    callId: string,
    tokens: WireRetired,
    onProgress: ProgressListener,
  ): Promise<Outcome<RestoreReport>> {
    return this.runCancellable(callId, async ({ journal, vault, database }, signal) => {
      await vault.requireOpen();
      const pulse = new ProgressPulse(onProgress);
      const wanted = requireRetired(tokens);
      return await journal.apart(async () => {
        const serialNumbers =
          "retireId" in wanted
            ? (await listRetired(database)).flatMap(({ retireId, serialNumber }) =>
                retireId === wanted.retireId ? [serialNumber] : [],
              )
            : [...new Set(wanted)];
        const { moved, kept } = await restoreTokens(database, serialNumbers, telling(pulse, signal));
        return { restored: moved, kept };
      }, pulse.beat);
    });
  }

  retiredSeeds(): Promise<Outcome<RetiredSeed[]>> {
    return this.run(async ({ database }) =>
      (await listRetired(database)).map(({ seed, retireId, retiredAtMs }) => ({
        ...summaryOf(seed),
        retireId,
        retiredAtMs,
      })),
    );
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

/** Between two pieces of work: tells how far it is, and stops where it was told to. */
function telling(pulse: ProgressPulse, signal: AbortSignal): (done: number, total: number) => void {
  return (done, total) => {
    signal.throwIfAborted();
    pulse.tell(done, total);
  };
}

function unknownToken(): MfaError {
  return new MfaError("unknown-serial", "That token is not in the inventory.");
}

function summaryWithOwner({ record, assigned }: InventoryEntry): SeedSummary {
  return { ...summaryOf(record), assigned };
}
