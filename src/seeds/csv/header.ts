import { SeedFileError } from "../errors.ts";
import { LIMITS } from "../limits.ts";
import { DELIMITERS, isOfTableWidth, type CsvHead } from "./head.ts";
import type { Delimiter } from "./records.ts";

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
 * Throws {@link SeedFileError} `malformed` for a name that stands twice.
 */
export function findHeader(head: CsvHead, known: readonly string[]): CsvHeader | null {
  const headers = DELIMITERS.map((delimiter) => headerBy(head, delimiter, known)).filter(
    (header) => header !== null,
  );
  headers.sort((one, other) => other.indexOf.size - one.indexOf.size);
  return headers[0] ?? null;
}

function headerBy(head: CsvHead, delimiter: Delimiter, known: readonly string[]): CsvHeader | null {
  const record = head.rows(delimiter)[0];
  if (!record || !isOfTableWidth(record.cells)) return null;
  const indexOf = new Map<string, number>();
  for (const [index, cell] of record.cells.entries()) {
    const name = known.find((candidate) => plainName(candidate) === plainName(cell));
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

/** A column's name without what people write differently; empty when it is too long to be one. */
export function plainName(name: string): string {
  return name.length > LIMITS.characters.columnName ? "" : name.toLowerCase().replace(/[\s_-]/gu, "");
}
