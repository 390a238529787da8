import { type DriftHistory, driftHistoryOf } from "../../src/mfa/drift-history.ts";
import type { ObservedCode } from "../../src/mfa/contract.ts";
import type {
  Identification,
  IdentifyTokenOptions,
  ImportReport,
  ImportSeedsOptions,
  LastImport,
  LocalMfaService,
  PreviewedToken,
  RestoreReport,
  RetiredSeed,
  RetireReport,
  SeedChoice,
  SeedFilePreview,
  SeedPage,
  SeedPageQuery,
  SeedQuery,
  SeedSummary,
  UndoReport,
} from "../../src/mfa/local-contract.ts";
import type { LongCallOptions } from "../../src/mfa/vault-contract.ts";
import type { ReadSeedFileOptions } from "../../src/seeds/report.ts";
import type { SeedFileErrorDetails } from "../../src/seeds/errors.ts";
import { SeedFileError, type SeedFileErrorCode } from "../../src/seeds/errors.ts";

const SKIPPED: ImportReport["skipped"] = [
  {
    row: 3,
    serialNumber: "OBDT3",
    code: "bad-secret",
    message: "The character “8” does not occur in base32. Compare the row with the original file.",
  },
  { row: 5, code: "missing-serial", message: "The serial number is empty. Fill it in." },
];

/** An import with something of everything. */
export const REPORT: ImportReport = {
  importId: "import-1",
  format: "csv-entra",
  imported: 2,
  skipped: SKIPPED,
  skippedCount: 2,
  duplicates: [
    { serialNumber: "OBDT1", outcome: "kept" },
    { serialNumber: "OBDT2", outcome: "assigned" },
  ],
  duplicateCount: 2,
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

/** A token of a file. */
export function previewed(number: number, known?: PreviewedToken["known"]): PreviewedToken {
  const { assigned: _, ...token } = summary(number);
  return { ...token, secretBytes: 20, ...(known && { known }) };
}

/** What the file of {@link REPORT} shows before. */
export const PREVIEW: SeedFilePreview = {
  format: "csv-entra",
  tokenCount: 4,
  firstTokens: [previewed(1, "free"), previewed(2, "assigned"), previewed(7), previewed(8)],
  skipped: SKIPPED,
  skippedCount: 2,
  known: [
    { serialNumber: "OBDT1", state: "free" },
    { serialNumber: "OBDT2", state: "assigned" },
  ],
  knownCount: 2,
  assignedCount: 1,
  secretEncoding: {
    form: "base32",
    reason: "content",
    message: "The secret keys were read as base32: they have letters that hex does not have.",
  },
};

type Preview = (options: ReadSeedFileOptions) => Promise<SeedFilePreview>;

/** An inventory in memory: what cannot be provoked in a real one (slow reading, faults) is scripted here. */
export class ScriptedInventory {
  seeds: SeedSummary[] = [summary(1), summary(2, true)];
  last: LastImport | null = null;
  queries: SeedQuery[] = [];
  /** The options of each call; keys as they were then, for they are wiped afterwards. */
  previews: ReadSeedFileOptions[] = [];
  imports: ImportSeedsOptions[] = [];
  onPreview: Preview = () => Promise.resolve(PREVIEW);
  onImport: (options: ImportSeedsOptions) => Promise<ImportReport> = () => Promise.resolve(REPORT);
  onUndo: (importId: string, options: Pick<LongCallOptions, "onProgress">) => Promise<UndoReport> = () =>
    Promise.resolve({ removed: 2, restored: 0, kept: [] });
  onExport: (choice: SeedChoice, password: string, options: LongCallOptions) => Promise<Blob> = () =>
    Promise.resolve(new Blob(["<KeyContainer/>"]));
  onList: ((query: SeedPageQuery, options: LongCallOptions) => Promise<void>) | null = null;
  /** False: as of a large inventory, only what begins with a text comes first. */
  isWhole = true;

  /** As the elements take it: they call nothing of a service but this. */
  get service(): LocalMfaService {
    return this as unknown as LocalMfaService;
  }

  async previewSeeds(_file: unknown, options: ReadSeedFileOptions = {}): Promise<SeedFilePreview> {
    this.previews.push(copied(options));
    return this.onPreview(options);
  }

  async importSeeds(_file: unknown, options: ImportSeedsOptions = {}): Promise<ImportReport> {
    this.imports.push(copied(options));
    const report = await this.onImport(options);
    this.last = { importId: report.importId, importedAtMs: 1_764_000_000_000, imported: report.imported };
    return report;
  }

  onIdentify: (codes: readonly ObservedCode[], options: IdentifyTokenOptions) => Promise<Identification[]> =
    () => Promise.resolve([]);

  async identifyToken(
    codes: readonly ObservedCode[],
    options: IdentifyTokenOptions = {},
  ): Promise<Identification[]> {
    return this.onIdentify(codes, options);
  }

  retired: RetiredSeed[] = [];
  onRetire: (choice: SeedChoice) => Promise<RetireReport> = () =>
    Promise.resolve({ retireId: "retire-1", retired: 1, kept: 0 });
  restored: unknown[] = [];
  drift: DriftHistory = driftHistoryOf({ observations: [], periodSeconds: 30, t0Seconds: 0 });

  async retiredSeeds(): Promise<RetiredSeed[]> {
    return this.retired;
  }

  async retireSeeds(choice: SeedChoice): Promise<RetireReport> {
    return this.onRetire(choice);
  }

  async restoreSeeds(which: unknown): Promise<RestoreReport> {
    this.restored.push(which);
    this.retired = [];
    return { restored: 1, kept: 0 };
  }

  async labelSeed(serialNumber: string, label: string): Promise<void> {
    this.seeds = this.seeds.map((one) => (one.serialNumber === serialNumber ? { ...one, label } : one));
  }

  async driftHistory(): Promise<DriftHistory> {
    return this.drift;
  }

  async lastImport(): Promise<LastImport | null> {
    return this.last;
  }

  async undoImport(importId: string, options: Pick<LongCallOptions, "onProgress"> = {}): Promise<UndoReport> {
    const report = await this.onUndo(importId, options);
    this.last = null;
    return report;
  }

  async exportSeeds(choice: SeedChoice, password: string, options: LongCallOptions = {}): Promise<Blob> {
    return this.onExport(choice, password, options);
  }

  async listSeeds(query: SeedQuery = {}): Promise<SeedSummary[]> {
    return [...(await this.seedPage(query)).seeds];
  }

  async seedPage(query: SeedPageQuery = {}, options: LongCallOptions = {}): Promise<SeedPage> {
    this.queries.push(query);
    await this.onList?.(query, options);
    const found = this.seeds
      .filter(({ serialNumber }) => serialNumber.toLowerCase().includes((query.text ?? "").toLowerCase()))
      .filter(({ assigned }) => query.assigned === undefined || assigned === query.assigned);
    const { offset = 0, limit = 100 } = query;
    return {
      listId: JSON.stringify([query.text, query.assigned, this.seeds.length]),
      total: found.length,
      isWhole: this.isWhole || query.wait === true,
      seeds: found.slice(offset, offset + limit),
    };
  }
}

function copied<Options extends ReadSeedFileOptions>(options: Options): Options {
  return { ...options, ...(options.key && { key: options.key.slice() }) };
}

/** A token that was found, with as many codes more needed to be sure. */
export function identified(serialNumber: string, furtherCodesNeeded = 0): Identification {
  return {
    serialNumber,
    movingFactor: 58_000_000,
    driftSteps: 0,
    expectedFalseMatches: 1e-6,
    furtherCodesNeeded,
  };
}

/** A reader that answers as many times as there are answers, in their order, and with the last one from then on. */
export function inTurn<T>(...answers: readonly (() => Promise<T>)[]): () => Promise<T> {
  let turn = 0;
  return () => {
    const answer = answers[Math.min(turn, answers.length - 1)];
    turn += 1;
    return answer ? answer() : Promise.reject(new Error("Nothing was scripted."));
  };
}

/** A refusal of the file. */
export function fileError(
  code: SeedFileErrorCode,
  message: string,
  details: SeedFileErrorDetails = {},
): SeedFileError {
  return new SeedFileError(code, message, { details });
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

/** A call that never ends by itself, but rejects as the service does when it is cancelled. */
export function untilAborted({ signal }: { readonly signal?: AbortSignal }): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason as Error));
  });
}
