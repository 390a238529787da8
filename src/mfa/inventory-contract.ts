import type { LongCallOptions } from "./vault-contract.ts";

/** A token of the inventory, without its secret. */
export interface SeedSummary {
  readonly serialNumber: string;
  readonly type: "totp" | "hotp";
  readonly algorithm: "SHA1" | "SHA256" | "SHA512";
  readonly digits: number;
  readonly periodSeconds: number;
  readonly manufacturer?: string;
  readonly model?: string;
  /** What the administrator calls it. */
  readonly label?: string;
  /** True when a user has it. */
  readonly assigned: boolean;
}

/** Which tokens; all of them unless told. */
export interface SeedFilter {
  /** Part of the serial number, manufacturer, model or label, any case. */
  readonly text?: string;
  readonly assigned?: boolean;
}

/** Tokens by their serial numbers, or all that fit a filter, but for some. */
export type SeedChoice = readonly string[] | (SeedFilter & { readonly except?: readonly string[] });

export interface SeedQuery extends SeedFilter {
  /** Rows to leave out at the start; 0 unless told. */
  readonly offset?: number;
  /** Rows at the most; 100 unless told. */
  readonly limit?: number;
}

/** Which piece of a list to read. */
export interface SeedPageQuery extends SeedQuery {
  /** The list that an earlier page was of; where it still stands, this page is of the same moment. */
  readonly listId?: string;
  /** True: also waits for manufacturers, models and labels to be looked through, which at first may take seconds. */
  readonly wait?: boolean;
}

/** A piece of a list of tokens, in the order of their serial numbers. */
export interface SeedPage {
  /** Another one than asked for: the inventory changed, and with it perhaps every place. */
  readonly listId: string;
  /** Tokens in the whole list. */
  readonly total: number;
  /** False: only serial numbers were looked through yet; ask again with `wait`. */
  readonly isWhole: boolean;
  readonly seeds: readonly SeedSummary[];
}

/** Characters of a label at the most. */
export const LONGEST_LABEL = 64;

/** What taking tokens out of use did. */
export interface RetireReport {
  /** Names it, so that it can be taken back as a whole. */
  readonly retireId: string;
  readonly retired: number;
  /** Left, for somebody has them. */
  readonly kept: number;
}

/** What bringing retired tokens back did. */
export interface RestoreReport {
  readonly restored: number;
  /** Not brought back: an import brought their serial numbers meanwhile. */
  readonly kept: number;
}

/** A token out of use. */
export interface RetiredSeed extends Omit<SeedSummary, "assigned"> {
  readonly retireId: string;
  /** Unix milliseconds. */
  readonly retiredAtMs: number;
}

/** What lists the inventory, and changes what is in it. */
export interface InventoryService {
  /**
   * A PSKC file of these tokens, encrypted with a password of 8 characters or more (`exportPskc`); each with the drift or
   * counter it has now. Rejects with a `SeedExportError`, with `unknown-serial`, and with `vault-locked`.
   */
  exportSeeds(tokens: SeedChoice, password: string, options?: LongCallOptions): Promise<Blob>;
  listSeeds(query?: SeedQuery): Promise<SeedSummary[]>;
  /**
   * Any piece of a list of any length: places are looked up in an index that the worker holds, so that the end of a million
   * tokens is read as fast as their beginning. Rejects with `busy` when the inventory keeps changing. Cancelled, it rejects at
   * once. Progress is told in tokens looked through.
   */
  seedPage(query?: SeedPageQuery, options?: LongCallOptions): Promise<SeedPage>;
  /**
   * Gives a token another label, of up to {@link LONGEST_LABEL} characters in one line; an empty one takes it away. Rejects with
   * `unknown-serial`.
   */
  labelSeed(serialNumber: string, label: string): Promise<void>;
  /**
   * Takes tokens out of use: they are found and enrolled no more, and come back by `restoreSeeds` only. One that is assigned
   * stays. Rejects with `vault-locked`, and with `busy` while an import runs. Stopped in the middle, some of them are retired.
   */
  retireSeeds(tokens: SeedChoice, options?: LongCallOptions): Promise<RetireReport>;
  /** Brings retired tokens back, by serial numbers or those of one `retireSeeds`. Rejects as that does. */
  restoreSeeds(
    tokens: readonly string[] | Pick<RetireReport, "retireId">,
    options?: LongCallOptions,
  ): Promise<RestoreReport>;
  /** The tokens taken out of use, in the order of their serial numbers. */
  retiredSeeds(): Promise<RetiredSeed[]>;
}
