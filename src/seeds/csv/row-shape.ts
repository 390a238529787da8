import { RowProblem } from "../row-problem.ts";
import { trimRow } from "./head.ts";

/** What a row must look like to be read under its header. */
export interface RowShape {
  /** Columns that the header names. */
  readonly columns: number;
  /** Index of the secret, and of the serial number. */
  readonly secret: number;
  readonly serialNumber: number;
}

/**
 * Throws {@link RowProblem} `too-many-columns` or `too-few-columns`: with a cell too many or too few, the others may stand
 * under the wrong names, a secret under the serial number.
 */
export function requireShape(cells: readonly string[], { columns, secret, serialNumber }: RowShape): void {
  const filled = trimRow(cells).length;
  if (filled > columns) {
    throw new RowProblem(
      "too-many-columns",
      `The row has ${filled} cells where the first line names ${columns}. Put cells that hold the separator in quotation marks.`,
    );
  }
  // Spreadsheets leave empty cells at the end of a row out; more may not be missing.
  const ofUse = Math.max(secret, serialNumber) + 1;
  const moved = cells.length < columns && /^\d*$/u.test((cells[secret] ?? "").trim());
  if (cells.length < ofUse || moved) {
    throw new RowProblem(
      "too-few-columns",
      `The row has ${cells.length} of ${columns} cells. Add what is missing; leave a cell empty rather than out.`,
    );
  }
}
