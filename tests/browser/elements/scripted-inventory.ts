import type {
  ImportReport,
  ImportSeedsOptions,
  SeedQuery,
  SeedSummary,
} from "../../../src/mfa/local-contract.ts";

/** An import with something of everything. */
export const REPORT: ImportReport = {
  format: "csv-entra",
  imported: 2,
  skipped: [
    {
      row: 3,
      serialNumber: "OBDT3",
      code: "bad-secret",
      message: "The character “8” does not occur in base32. Compare the row with the original file.",
    },
    { row: 5, code: "missing-serial", message: "The serial number is empty. Fill it in." },
  ],
  duplicates: [
    { serialNumber: "OBDT1", outcome: "kept" },
    { serialNumber: "OBDT2", outcome: "assigned" },
  ],
};

/** A token of the list. */
export function summary(number: number, assigned = false): SeedSummary {
  return {
    serialNumber: `OBDT${number}`,
    type: "totp",
    algorithm: "SHA1",
    digits: 6,
    periodSeconds: 30,
    manufacturer: "Maker",
    model: "Fob",
    assigned,
  };
}

/** An inventory in memory: what cannot be provoked in a real one (slow reading, faults) is scripted here. */
export class ScriptedInventory {
  seeds: SeedSummary[] = [summary(1), summary(2, true)];
  queries: SeedQuery[] = [];
  onImport: (options: ImportSeedsOptions) => Promise<ImportReport> = () => Promise.resolve(REPORT);
  onList: (() => Promise<void>) | null = null;

  async importSeeds(_file: unknown, options: ImportSeedsOptions = {}): Promise<ImportReport> {
    return this.onImport(options);
  }

  async listSeeds(query: SeedQuery = {}): Promise<SeedSummary[]> {
    this.queries.push(query);
    await this.onList?.();
    return this.seeds
      .filter(({ serialNumber }) => serialNumber.toLowerCase().includes((query.text ?? "").toLowerCase()))
      .filter(({ assigned }) => query.assigned === undefined || assigned === query.assigned)
      .slice(query.offset ?? 0, (query.offset ?? 0) + (query.limit ?? 100));
  }
}

/** A call that rejects. */
export function failWith(error: Error): () => Promise<never> {
  return async () => {
    throw error;
  };
}

/** A promise settled from outside. */
export function gate<T>() {
  const resolvers: ((value: T) => void)[] = [];
  const promise = new Promise<T>((resolve) => resolvers.push(resolve));
  return { promise, open: (value: T) => resolvers[0]?.(value) };
}
