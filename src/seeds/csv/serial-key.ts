import { DEFAULTS } from "../limits.ts";
import { RowProblem } from "../row-problem.ts";
import { shapeOf } from "../secret-form.ts";
import { matchRows } from "./best-delimiter.ts";
import type { CsvDialect } from "./dialect.ts";
import { trimRow } from "./head.ts";
import { isSerialCell } from "./roles.ts";

/**
 * `serial, key` and for HOTP `counter`, as pasted into Duo. What the tokens are stands in Duo's form and not in the file: HOTP
 * with six digits unless `defaults` says otherwise. https://duo.com/docs/administration-devices
 */
export const serialKey: CsvDialect = {
  format: "csv-serial-key",
  match: (head) =>
    matchRows(head, isRow, {
      usualForm: null,
      assumes: { ...DEFAULTS, type: "hotp" },
      texts: (cells) => {
        const row = trimRow(cells);
        if (row.length < 2 || row.length > 3) {
          throw new RowProblem(
            row.length < 2 ? "too-few-columns" : "too-many-columns",
            `The row has ${row.length} cells where serial number, key and perhaps a counter are expected. Check it against the original file.`,
          );
        }
        const [serialNumber = "", secret = "", counter] = row;
        return { serialNumber, secret, counter };
      },
    }),
};

function isRow(cells: readonly string[]): boolean {
  const row = trimRow(cells);
  const [serialNumber = "", key = "", counter = ""] = row;
  return (
    row.length >= 2 &&
    row.length <= 3 &&
    isSerialCell(serialNumber) &&
    shapeOf(key) !== "none" &&
    /^\s*\d*\s*$/u.test(counter)
  );
}
