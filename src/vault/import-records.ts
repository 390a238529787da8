import type { SeedRecord, TokenRecord } from "./records.ts";

/** The last import. There is one at the most: the next one takes its place. */
export interface ImportRecord {
  readonly importId: string;
  /**
   * - `running`: its blocks are being written; without anybody who does, it is what a crash left, and is taken back.
   * - `done`: it can be taken back.
   * - `undoing`: it is being taken back, to the end.
   */
  readonly state: "running" | "done" | "undoing";
  /** Tokens written so far. */
  readonly imported: number;
  /** Unix milliseconds of the last change: of a finished import, when that was. */
  readonly changedAtMs: number;
  /**
   * The inventory's stamp after its last block: as long as it is the same, nothing else has changed any seed since the import
   * began, and its seeds need not be looked at one by one. Empty when something else did while it ran.
   */
  readonly stamp: string;
}

/**
 * What one block of the last import changed: enough to take it back. It is written in the same transaction as the seeds, and
 * holds none that is not sealed.
 */
export interface ImportBlock {
  /** Serial numbers that were new. */
  readonly added: readonly string[];
  readonly replaced: readonly ReplacedSeed[];
}

/** A seed whose place another one took. */
export interface ReplacedSeed {
  readonly before: SeedRecord;
  /** What was known of the token's use then. */
  readonly token?: TokenRecord;
  /** True when both seeds have the same secret. */
  readonly sameSecret: boolean;
}
