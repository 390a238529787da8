import type { SeedFileErrorDetails } from "../errors.ts";
import { mayBeSecret } from "../may-be-secret.ts";
import { DELIMITERS, isOfTableWidth, trimRow, type CsvHead } from "./head.ts";
import type { Delimiter } from "./records.ts";
import { isRoleName } from "./roles.ts";

/** What may be told of a table that nobody knows: its width and, where they are surely no data, its columns' names. */
export interface TableShape {
  readonly delimiter: Delimiter;
  /** Columns of most rows. */
  readonly columnCount: number;
  readonly columnNames?: readonly string[];
}

/** A name is not longer than this. */
const NAME_CHARACTERS = 40;

/** The shape of a table by the delimiter that gives most rows the same width, the widest first. */
export function tableShape(head: CsvHead): TableShape {
  const shapes = DELIMITERS.map((delimiter) => ({ delimiter, ...commonWidth(head, delimiter) }));
  const [best] = shapes.toSorted((one, other) => other.rows * (other.width - 1) - one.rows * (one.width - 1));
  const { delimiter = ",", width: columnCount = 1 } = best ?? {};
  const columnNames = safeNames(head.rows(delimiter)[0]?.cells ?? []);
  return { delimiter, columnCount, ...(columnNames && { columnNames }) };
}

/** What a refusal says of a table, so that a person can tell what its columns hold; nothing where it is no table. */
export function columnDetails(
  head: CsvHead,
): Pick<SeedFileErrorDetails, "needs" | "columnCount" | "columnNames"> {
  const { columnCount, columnNames } = tableShape(head);
  return columnCount > 1 ? { needs: "columns", columnCount, ...(columnNames && { columnNames }) } : {};
}

function commonWidth(head: CsvHead, delimiter: Delimiter): { width: number; rows: number } {
  const counts = new Map<number, number>();
  for (const { cells } of head.rows(delimiter)) {
    const width = trimRow(cells).length;
    if (isOfTableWidth(cells)) counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  const [common] = [...counts].toSorted((one, other) => other[1] - one[1] || other[0] - one[0]);
  return { width: common?.[0] ?? 1, rows: common?.[1] ?? 0 };
}

/**
 * The cells of a first row that is surely a header: two of them or more are names that columns have. A cell that could be a
 * secret all the same is left empty.
 */
function safeNames(cells: readonly string[]): readonly string[] | undefined {
  const row = trimRow(cells).map((cell) => cell.trim());
  if (row.filter(isRoleName).length < 2) return undefined;
  return row.map((name) => (isSafeName(name) ? name : ""));
}

function isSafeName(name: string): boolean {
  if (isRoleName(name)) return true;
  return (
    name.length <= NAME_CHARACTERS &&
    /^[\p{L}\p{N} ._/()#-]*$/u.test(name) &&
    name.split(/[^\p{L}\p{N}]+/u).every(isSafeWord) &&
    !mayBeSecret(name)
  );
}

/** A word of a name, not a group of a secret's characters. */
function isSafeWord(word: string): boolean {
  return (
    word.length < WORD_CHARACTERS && (!/\d/u.test(word) || /^(?:\d{1,2}|base\d\d|sha\d{1,3})$/iu.test(word))
  );
}

/** Ten bytes in base64 without padding. */
const WORD_CHARACTERS = 14;
