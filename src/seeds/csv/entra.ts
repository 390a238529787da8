import type { Seed } from "../../otp/seed.ts";
import { SeedFileError } from "../errors.ts";
import type { ReadingTask, Recognition, SeedFormatReader } from "../format.ts";
import { labels } from "../label.ts";
import { DEFAULTS } from "../limits.ts";
import type { ReadSeedFileOptions } from "../report.ts";
import { RowProblem } from "../row-problem.ts";
import { parseSecret } from "../secret.ts";
import { parseSerialNumber } from "../serial-number.ts";
import { parsePeriodSeconds } from "../whole-number.ts";
import { findHeader, type CsvHeader } from "./header.ts";
import { readRecords, type CsvRecord } from "./records.ts";

/**
 * The columns of Microsoft Entra's upload of OATH hardware tokens. Vendors ship the same file without `upn`.
 * https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-manage-oath-tokens
 */
const COLUMNS = ["upn", "serial number", "secret key", "time interval", "manufacturer", "model"] as const;
const REQUIRED = ["serial number", "secret key"] as const;

type Column = (typeof COLUMNS)[number];

/** Few enough that even rows made to be slow do not hold a cancellation up. */
const ROWS_PER_TURN = 100;

/** Reads CSV for Microsoft Entra: TOTP, SHA-1, six digits, secrets in base32. */
export const entraCsv: SeedFormatReader = { format: "csv-entra", syntax: "csv", recognise, read };

function recognise(text: string): Recognition {
  const found = findHeader(text, COLUMNS)?.indexOf;
  if (!found) return "no";
  if (REQUIRED.every((name) => found.has(name))) return "yes";
  return REQUIRED.some((name) => found.has(name)) || found.size > 1 ? "partly" : "no";
}

async function read({ text, collector, pace, options }: ReadingTask): Promise<void> {
  const header = requireHeader(text);
  const total = countLines(text) - header.line;
  let passed = 0;
  for (const record of readRecords(text, header.delimiter)) {
    if (record.line <= header.line) continue;
    passed += 1;
    if (passed % ROWS_PER_TURN === 1) await pace.pause(collector.rows, total);
    if (record.cells?.every((cell) => cell.trim() === "")) continue;
    const row = new EntraRow(header, record, options);
    collector.add(record.line, row);
  }
  if (collector.rows === 0) {
    throw new SeedFileError(
      "empty-file",
      "The file names its columns but has no rows. Add one row for each token.",
    );
  }
}

function requireHeader(text: string): CsvHeader {
  const header = findHeader(text, COLUMNS);
  const missing = REQUIRED.filter((name) => !header?.indexOf.has(name));
  if (header && missing.length === 0) return header;
  throw new SeedFileError(
    "malformed",
    `The first line lacks the column ${missing.map((name) => `“${name}”`).join(" and ")}. It should name the columns ${COLUMNS.join(", ")}.`,
  );
}

/** One row, read in the order in which a person would look: shape, serial number, secret, interval. */
class EntraRow {
  readonly #header: CsvHeader;
  readonly #cells: readonly string[] | null;
  readonly #options: ReadSeedFileOptions;

  constructor(header: CsvHeader, record: CsvRecord, options: ReadSeedFileOptions) {
    this.#header = header;
    this.#cells = record.cells;
    this.#options = options;
  }

  serialNumber = (): string => {
    this.#requireShape();
    return parseSerialNumber(this.#cell("serial number"));
  };

  seed = (serialNumber: string): Seed => ({
    serialNumber,
    type: "totp",
    periodSeconds: parsePeriodSeconds(this.#cell("time interval")),
    secret: parseSecret(
      this.#cell("secret key"),
      this.#options.secretEncoding ?? "base32",
      this.#options.leastSecretBytes,
    ),
    algorithm: DEFAULTS.algorithm,
    digits: DEFAULTS.digits,
    t0Seconds: 0,
    counter: 0,
    driftSteps: 0,
    ...labels({ manufacturer: this.#cell("manufacturer"), model: this.#cell("model") }),
  });

  #cell(column: Column): string {
    const index = this.#header.indexOf.get(column);
    return (index === undefined ? undefined : this.#cells?.[index]) ?? "";
  }

  /** With a cell too many or too few, the others may stand under the wrong names: a secret under the serial number. */
  #requireShape(): void {
    if (this.#cells === null) {
      throw new RowProblem(
        "too-few-columns",
        "A quotation mark in this row is out of place or never closed. Remove it, or close it in the same row.",
      );
    }
    const { columns } = this.#header;
    const filled = this.#cells.findLastIndex((cell) => cell.trim() !== "") + 1;
    if (filled > columns) {
      throw new RowProblem(
        "too-many-columns",
        `The row has ${filled} cells where the first line names ${columns}. Put cells that hold the separator in quotation marks.`,
      );
    }
    // Spreadsheets leave empty cells at the end of a row out; more may not be missing.
    const ofUse = Math.max(...REQUIRED.map((name) => this.#header.indexOf.get(name) ?? 0)) + 1;
    const moved = this.#cells.length < columns && /^\d*$/u.test(this.#cell("secret key").trim());
    if (this.#cells.length < ofUse || moved) {
      throw new RowProblem(
        "too-few-columns",
        `The row has ${this.#cells.length} of ${columns} cells. Add what is missing; leave a cell empty rather than out.`,
      );
    }
  }
}

/** About: a row may take several lines. */
function countLines(text: string): number {
  const separator = text.includes("\n") ? "\n" : "\r";
  let count = 1;
  for (let at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) count += 1;
  return count;
}
