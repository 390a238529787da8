import Papa from "papaparse";
import { SeedFileError } from "../errors.ts";
import { LIMITS } from "../limits.ts";

/** One row of a CSV file. */
export interface CsvRecord {
  /** The line of the file on which it begins, from 1. */
  readonly line: number;
  /** Null when a quotation mark in it is out of place or never closed. */
  readonly cells: readonly string[] | null;
}

export type Delimiter = "," | ";" | "\t";

/**
 * The rows in order (RFC 4180), blank lines included as a row of one empty cell. A row with a broken quotation mark costs
 * its first line only: the next row begins on the next line, so that it never swallows good ones.
 * Throws {@link SeedFileError} `too-large` for more lines than a seed file has, blank ones included.
 */
export function* readRecords(text: string, delimiter: Delimiter): Generator<CsvRecord> {
  const lines = new LineReader(text);
  for (let first = lines.next(); first !== null; first = lines.next()) {
    const line = lines.line;
    let row = first;
    let outcome = splitRow(row, delimiter);
    const restart = lines.mark();
    while (outcome === "open" && lines.line - line + 1 < LIMITS.linesPerRow) {
      const next = lines.next();
      if (next === null) break;
      row = `${row}\n${next}`;
      outcome = splitRow(row, delimiter);
    }
    if (typeof outcome === "string") lines.reset(restart);
    yield { line, cells: typeof outcome === "string" ? null : outcome };
  }
}

/** `open`: it may go on in the next line; `broken`: it may not. */
function splitRow(row: string, delimiter: Delimiter): readonly string[] | "open" | "broken" {
  if (row.length > LIMITS.charactersPerRow) return "broken";
  if (!row.includes('"')) return row.split(delimiter);
  // The line end after it lets blanks follow the last closing quotation mark.
  const { data, errors } = Papa.parse<string[]>(`${row}\n`, { delimiter, newline: "\n", quoteChar: '"' });
  if (errors.some(({ code }) => code === "InvalidQuotes")) return "broken";
  if (errors.some(({ code }) => code === "MissingQuotes")) return "open";
  return data[0] ?? [];
}

/** Lines one by one, whatever their ends; any CR, LF or CRLF counts as one. */
class LineReader {
  /** Number of the line given last, from 1. */
  line = 0;
  #position = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  next(): string | null {
    if (this.#position >= this.#text.length) return null;
    const pattern = /([^\r\n]*)(?:\r\n|\r|\n|$)/uy;
    pattern.lastIndex = this.#position;
    const content = pattern.exec(this.#text)?.[1] ?? "";
    this.#position = pattern.lastIndex;
    this.line += 1;
    if (this.line > LIMITS.lines) throw tooManyLines();
    return content;
  }

  mark(): readonly [line: number, position: number] {
    return [this.line, this.#position];
  }

  reset([line, position]: readonly [line: number, position: number]): void {
    this.line = line;
    this.#position = position;
  }
}

function tooManyLines(): SeedFileError {
  return new SeedFileError(
    "too-large",
    `The file has more than ${LIMITS.lines} lines, blank ones included. Remove blank lines, or split it into smaller files.`,
  );
}
