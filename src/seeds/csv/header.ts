import { SeedFileError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { readRecords, type CsvRecord, type Delimiter } from "./records.ts";

const DELIMITERS: readonly Delimiter[] = [",", ";", "\t"];

/** Where the known columns stand. A list, not an object: names from a file never become keys. */
export interface CsvHeader {
  readonly line: number;
  readonly delimiter: Delimiter;
  /** How many columns there are, known or not. */
  readonly columns: number;
  /** Index of a column by its name; undefined when the header does not have it. */
  readonly indexOf: ReadonlyMap<string, number>;
}

/**
 * The header among the first rows: the first row that is not blank, split by the delimiter that finds the most of `known`.
 * Names count in any case, and with blanks, hyphens or underscores between their words. Null when it has none of them.
 * Throws {@link SeedFileError} `malformed` for a name that stands twice, `too-large` for too many lines before the names.
 */
export function findHeader(text: string, known: readonly string[]): CsvHeader | null {
  const headers = DELIMITERS.map((delimiter) => headerBy(text, delimiter, known)).filter(
    (header) => header !== null,
  );
  headers.sort((one, other) => other.indexOf.size - one.indexOf.size);
  return headers[0] ?? null;
}

function headerBy(text: string, delimiter: Delimiter, known: readonly string[]): CsvHeader | null {
  const record = firstFilled(text, delimiter);
  if (!record?.cells || record.cells.length > LIMITS.columns) return null;
  const indexOf = new Map<string, number>();
  for (const [index, cell] of record.cells.entries()) {
    const name = known.find((candidate) => plain(candidate) === plain(cell));
    if (name === undefined) continue;
    if (indexOf.has(name)) {
      throw new SeedFileError(
        "malformed",
        `The first line names the column “${name}” twice. Remove the one that is wrong.`,
      );
    }
    indexOf.set(name, index);
  }
  return indexOf.size === 0 ? null : { line: record.line, delimiter, columns: record.cells.length, indexOf };
}

function firstFilled(text: string, delimiter: Delimiter): CsvRecord | null {
  for (const record of readRecords(text, delimiter)) {
    if (!record.cells || record.cells.some((cell) => cell.trim() !== "")) return record;
  }
  return null;
}

function plain(name: string): string {
  return name.length > LIMITS.characters.columnName ? "" : name.toLowerCase().replace(/[\s_-]/gu, "");
}
