import { DEFAULTS } from "../limits.ts";
import { RowProblem } from "../row-problem.ts";
import { shapeOf } from "../secret-form.ts";
import { isTokenType } from "../token-kind.ts";
import { matchRows } from "./best-delimiter.ts";
import type { CsvDialect } from "./dialect.ts";
import { trimRow } from "./head.ts";
import { isSerialCell } from "./roles.ts";

const COLUMNS = 6;

/**
 * `serial; manufacturer; algorithm; key; digits; step or counter` of multiOTP, where the algorithm is HOTP or TOTP.
 * https://github.com/multiOTP/multiotp
 */
export const multiOtp: CsvDialect = {
  format: "csv-multiotp",
  match: (head) =>
    matchRows(head, isRow, {
      usualForm: "hex",
      assumes: { ...DEFAULTS, type: "totp" },
      texts: (cells) => {
        const row = trimRow(cells);
        if (row.length < 4 || row.length > COLUMNS) {
          throw new RowProblem(
            row.length < 4 ? "too-few-columns" : "too-many-columns",
            `The row has ${row.length} cells where 4 to ${COLUMNS} are expected. Check it against the original file.`,
          );
        }
        const [serialNumber = "", manufacturer, type, secret = "", digits, moving] = row;
        return { serialNumber, manufacturer, type, secret, digits, periodSeconds: moving, counter: moving };
      },
    }),
};

function isRow(cells: readonly string[]): boolean {
  const [serialNumber = "", , type = "", key = "", digits = ""] = cells;
  return (
    isSerialCell(serialNumber) && isTokenType(type) && shapeOf(key) !== "none" && /^\s*\d?\s*$/u.test(digits)
  );
}
