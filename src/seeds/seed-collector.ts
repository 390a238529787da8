import { wipe } from "../core/bytes.ts";
import type { Seed } from "../otp/seed.ts";
import { SeedFileError } from "./errors.ts";
import { LIMITS } from "./limits.ts";
import { mayBeSecret } from "./may-be-secret.ts";
import { ownText } from "./own-text.ts";
import type { SeedBlock, SkippedRow } from "./report.ts";
import { RowProblem } from "./row-problem.ts";

/** How one row is read: its serial number first, so that a later problem can name it. */
export interface RowReader {
  readonly serialNumber: () => string;
  readonly seed: (serialNumber: string) => Seed;
}

/** Gathers the seeds of one file and the reasons for the rows that gave none. */
export class SeedCollector {
  readonly #maxRows: number;
  readonly #rowOfSerial = new Map<string, number>();
  #seeds: Seed[] = [];
  #skipped: SkippedRow[] = [];
  #rowsTaken = 0;

  constructor(maxRows: number = LIMITS.rows) {
    this.#maxRows = maxRows;
  }

  /** Rows seen so far, read and skipped, taken out or not. */
  get rows(): number {
    return this.#rowsTaken + this.waiting;
  }

  /** Rows that were not taken out yet. */
  get waiting(): number {
    return this.#seeds.length + this.#skipped.length;
  }

  /** Reads one row; a {@link RowProblem} costs that row only. Throws {@link SeedFileError} `too-large`. */
  add(row: number, reader: RowReader): void {
    if (this.rows >= this.#maxRows) {
      throw new SeedFileError(
        "too-large",
        `The file holds more than ${this.#maxRows} tokens. Split it into smaller files and import them one by one.`,
      );
    }
    let serialNumber: string | undefined;
    try {
      // It outlives the slice of the file that it stands in.
      serialNumber = ownText(reader.serialNumber());
      this.#keep(row, reader.seed(serialNumber));
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      this.#skipped.push({ row, ...nameOf(serialNumber), code: error.code, message: error.message });
    }
  }

  /** Takes out what was gathered since the last time; whoever takes it owns the secrets. */
  take(): SeedBlock {
    const block = { seeds: this.#seeds, skipped: this.#skipped };
    this.#rowsTaken += this.waiting;
    this.#seeds = [];
    this.#skipped = [];
    return block;
  }

  /** Wipes every secret that was not taken out: the file turned out to be unreadable, or nobody waits for it any more. */
  discard(): void {
    for (const seed of this.#seeds.splice(0)) wipe(seed.secret);
  }

  #keep(row: number, seed: Seed): void {
    const firstRow = this.#rowOfSerial.get(seed.serialNumber);
    if (firstRow !== undefined) {
      wipe(seed.secret);
      throw new RowProblem(
        "duplicate-serial",
        `The same serial number stands in row ${firstRow}, which was read. Check which of the two is right.`,
      );
    }
    this.#rowOfSerial.set(seed.serialNumber, row);
    this.#seeds.push(seed);
  }
}

/** Whatever the problem: with columns swapped, it may be found in another cell before the secret is looked at. */
function nameOf(serialNumber: string | undefined): { serialNumber?: string } {
  return serialNumber === undefined || mayBeSecret(serialNumber) ? {} : { serialNumber };
}
