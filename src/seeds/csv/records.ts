import Papa from "papaparse";
import { LIMITS } from "../limits.ts";
import { LineReader } from "../lines.ts";

/** One row of a CSV file. */
export interface CsvRecord {
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  /** Null when a quotation mark in it is out of place or never closed. */
  readonly cells: readonly string[] | null;
}

/** What stands between cells; `:` in one format only. */
export type Delimiter = "," | ";" | "\t" | "|" | ":";

/**
 * The rows of a text in order (RFC 4180), blank lines included as a row of one empty cell. A row with a broken quotation
 * mark costs its first line only: the next row begins on the next line, so that it never swallows good ones. What
 * spreadsheets wrap is unwrapped: a whole row in one cell, and `="0012"`, which keeps its zeros.
 * Throws {@link SeedFileError} `too-large` for more lines than a seed file has, blank ones included.
 */
export function* readRecords(text: string, delimiter: Delimiter): Generator<CsvRecord> {
  yield* new RecordReader(delimiter).push(text, true);
}

/** Takes a text in slices and gives its rows; a row that is not whole yet waits for the next slice. */
export class RecordReader {
  readonly #lines = new LineReader();
  readonly #delimiter: Delimiter;

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter;
  }

  /** The rows that end in this slice. The generator is to be read to its end before the next slice is pushed. */
  *push(slice: string, isLast: boolean): Generator<CsvRecord> {
    const lines = this.#lines;
    lines.push(slice, isLast);
    for (let record = this.#next(); record !== null; record = this.#next()) yield record;
  }

  /** Null when the row may go on in the next slice. */
  #next(): CsvRecord | null {
    const lines = this.#lines;
    const start = lines.mark();
    const first = lines.next();
    if (first === null) return null;
    const line = first.number;
    if (first.text === null) return { line, cells: null };
    let row = first.text;
    let outcome = splitRow(row, this.#delimiter);
    const restart = lines.mark();
    while (outcome === "open" && lines.number - line + 1 < LIMITS.linesPerRow) {
      const next = lines.next();
      if (next === null && !lines.isLast && lines.pending <= LIMITS.charactersPerRow) {
        lines.reset(start);
        return null;
      }
      if (next === null || next.text === null) break;
      row = `${row}\n${next.text}`;
      outcome = splitRow(row, this.#delimiter);
    }
    if (typeof outcome !== "string") return { line, cells: outcome };
    lines.reset(restart);
    return { line, cells: null };
  }
}

/** `open`: it may go on in the next line; `broken`: it may not. */
function splitRow(row: string, delimiter: Delimiter): readonly string[] | "open" | "broken" {
  if (row.length > LIMITS.charactersPerRow) return "broken";
  if (!row.includes('"')) return row.split(delimiter);
  const wrapped = WRAPPED_ROW.exec(row)?.[1]?.replaceAll('""', '"');
  if (wrapped?.includes(delimiter)) {
    const unwrapped = splitRow(wrapped, delimiter);
    // Else it was no wrapped row, and what is open or broken in its cell is its own text.
    if (typeof unwrapped !== "string") return unwrapped;
  }
  // The line end after it lets blanks follow the last closing quotation mark.
  const { data, errors } = Papa.parse<string[]>(`${row}\n`, { delimiter, newline: "\n", quoteChar: '"' });
  if (errors.some(({ code }) => code === "InvalidQuotes")) return "broken";
  if (errors.some(({ code }) => code === "MissingQuotes")) return "open";
  return data[0]?.map((cell) => WRAPPED_TEXT.exec(cell)?.[1] ?? cell) ?? [];
}

/**
 * A row in its first cell, with nothing in the others: so a spreadsheet saves a CSV that was pasted into one column
 * (github.com/MicrosoftDocs/entra-docs/issues/482).
 */
const WRAPPED_ROW = /^"((?:[^"]|"")*)"[,;\t|]*$/u;

/** The formula by which people keep a spreadsheet from taking a text for a number. */
const WRAPPED_TEXT = /^="([^"]*)"$/u;
