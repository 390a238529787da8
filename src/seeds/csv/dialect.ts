import type { TextForm } from "../../core/text-forms.ts";
import type { SeedFileError } from "../errors.ts";
import type { ReadSeedFileOptions, SeedDefaults, SeedFormat } from "../report.ts";
import type { TokenTexts } from "../token-texts.ts";
import type { CsvHead } from "./head.ts";
import type { Delimiter } from "./records.ts";

/** How the rows of one file are to be read. */
export interface TableLayout {
  readonly delimiter: Delimiter;
  /** Rows up to this line are no tokens; 0 when there is no header. */
  readonly headerLine: number;
  /**
   * The texts of one row; null when it is no token's row and nothing is amiss.
   * Throws `RowProblem` for a row out of shape, or with a kind of token that is not served.
   */
  readonly texts: (cells: readonly string[]) => TokenTexts | null;
  /** The form in which the format has its secrets; null when it says nothing, or nobody keeps to it. */
  readonly usualForm: TextForm | null;
  /** True when the content cannot change the form. */
  readonly isFormFixed?: boolean;
  /** What the name of the secret's column says of its form. */
  readonly namedForm?: TextForm | undefined;
  readonly assumes: SeedDefaults;
  readonly hashByLength?: boolean;
  /** The maker numbers tokens without zeros in front, so that a short number is no damage. */
  readonly hasUnpaddedSerials?: boolean;
  /** The fewest columns that a row must have to be no comment, when it begins with `#`. */
  readonly columns?: number;
}

/** What a dialect finds in the beginning of a file. */
export interface DialectMatch {
  /** How much of the beginning fits, from 0 to 1; 1 for a header. */
  readonly share: number;
  readonly layout: TableLayout;
  /** Why the file cannot be read although it is surely of this dialect. */
  readonly refusal?: SeedFileError;
}

/** One way to write seeds as a table. To add one: write this object, and add a line to the table of formats. */
export interface CsvDialect {
  readonly format: SeedFormat;
  /**
   * Null when the file is none of this dialect, or none of its first rows can be.
   * Throws `SeedFileError` `malformed` when the header names a column twice.
   */
  match(head: CsvHead, options: ReadSeedFileOptions): DialectMatch | null;
}

/** So much of the beginning must fit for a dialect without a header. */
export const LEAST_SHARE = 0.5;
