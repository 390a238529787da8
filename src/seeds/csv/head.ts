import { LIMITS } from "../limits.ts";
import { RecordReader, type CsvRecord, type Delimiter } from "./records.ts";

/** The delimiters of tables; of two that fit equally well the first is taken. */
export const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];

/** Rows looked at to recognise a format. */
const SAMPLE_ROWS = 100;

/** Characters looked at to recognise a format: a hundred rows and a good many blank lines. */
const SAMPLE_CHARACTERS = 65_536;

/** A row without a broken quotation mark and with something in it. */
export interface FilledRecord extends CsvRecord {
  readonly cells: readonly string[];
}

/** The beginning of a table, for recognising it. */
export class CsvHead {
  readonly #text: string;
  readonly #rows = new Map<Delimiter, readonly FilledRecord[]>();

  constructor(text: string) {
    this.#text = text.slice(0, SAMPLE_CHARACTERS);
  }

  /** The first line, comment or not. */
  get firstLine(): string {
    return /[^\r\n]*/u.exec(this.#text)?.[0] ?? "";
  }

  /** The first line that is not blank. */
  get firstFilledLine(): string {
    return /[^\r\n]*/u.exec(this.#text.trimStart())?.[0] ?? "";
  }

  /** The first rows by this delimiter, without blank ones and comments. */
  rows(delimiter: Delimiter): readonly FilledRecord[] {
    const known = this.#rows.get(delimiter);
    if (known) return known;
    const rows: FilledRecord[] = [];
    // A row that is cut off at the end of the sample is no row.
    for (const record of new RecordReader(delimiter).push(
      this.#text,
      this.#text.length < SAMPLE_CHARACTERS,
    )) {
      if (!isFilled(record) || isComment(record) || isSeparatorNote(record)) continue;
      rows.push(record);
      if (rows.length >= SAMPLE_ROWS) break;
    }
    this.#rows.set(delimiter, rows);
    return rows;
  }

  /** The part of the first rows, from 0 to 1, that `fits`. */
  share(delimiter: Delimiter, fits: (cells: readonly string[]) => boolean): number {
    const rows = this.rows(delimiter);
    return rows.length === 0 ? 0 : rows.filter(({ cells }) => fits(cells)).length / rows.length;
  }
}

/** The cells without blank ones at the end, which spreadsheets add. */
export function trimRow(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== "") + 1);
}

/** True for a row that begins with `#`, as comments do in every format that has them. */
export function isComment({ cells }: CsvRecord): boolean {
  return cells?.[0]?.trimStart().startsWith("#") ?? false;
}

/** True for Excel's note of its separator, `sep=;`. */
export function isSeparatorNote({ line, cells }: CsvRecord): boolean {
  return line === 1 && cells !== null && /^sep=.?$/iu.test(trimRow(cells).join("").trim());
}

/** True when a cell has something in it. */
export function isFilled(record: CsvRecord): record is FilledRecord {
  return record.cells !== null && record.cells.some((cell) => cell.trim() !== "");
}

/** True when there are not more cells than a table can have. */
export function isOfTableWidth(cells: readonly string[]): boolean {
  return cells.length <= LIMITS.columns;
}
