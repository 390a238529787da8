import { DEFAULTS } from "../limits.ts";
import { RowProblem } from "../row-problem.ts";
import { shapeOf } from "../secret-form.ts";
import { isTokenType } from "../token-kind.ts";
import type { TokenTexts } from "../token-texts.ts";
import { matchRows } from "./best-delimiter.ts";
import type { CsvDialect, TableLayout } from "./dialect.ts";
import { trimRow } from "./head.ts";
import { isSerialCell } from "./roles.ts";

/** Serial, key, type, digits, step or counter, hash; LinOTP has a seventh that is not in use. */
const MOST_COLUMNS = 7;

/**
 * `serial, key, type, digits, step` as privacyIDEA, LinOTP and NetIQ read it: HOTP and six digits where a row says no more.
 * The fifth cell is the counter of a HOTP token, the sixth the hash (LinOTP).
 * https://privacyidea.readthedocs.io/en/latest/workflows_and_tools/import/index.html
 */
export const oath: CsvDialect = {
  format: "csv-oath",
  match: (head) => {
    const layout = { ...OATH_LAYOUT, texts: (cells: readonly string[]) => oathTexts(cells, 0) };
    const matched = matchRows(head, isOathRow, layout);
    if (matched) return matched;
    const short = matchRows(head, isShortRow, layout);
    return short && { ...short, share: short.share * SHORT_ROWS };
  },
};

/**
 * The same behind `user, resolver, realm`: privacyIDEA's second version, named in the first line. The user is left out: who
 * has a token is not for a seed file to say.
 */
export const privacyIdea: CsvDialect = {
  format: "csv-privacyidea",
  match: (head) => {
    if (!/^\s*#\s*version\s*:\s*2\s*$/iu.test(head.firstLine)) return null;
    const matched = matchRows(head, (cells) => isOathRow(cells.slice(3)), {
      ...OATH_LAYOUT,
      texts: (cells) => oathTexts(cells, 3),
    });
    return matched && { ...matched, share: 1 };
  },
};

const OATH_LAYOUT: Omit<TableLayout, "delimiter" | "headerLine" | "texts"> = {
  usualForm: null,
  assumes: { ...DEFAULTS, type: "hotp" },
  hashByLength: true,
};

/** Serial number and key alone are Duo's way as well: this one counts only where it is asked for. */
const SHORT_ROWS = 0.1;

function isShortRow(cells: readonly string[]): boolean {
  const [serialNumber = "", key = ""] = cells;
  return trimRow(cells).length === 2 && isSerialCell(serialNumber) && shapeOf(key) !== "none";
}

function isOathRow(cells: readonly string[]): boolean {
  const [serialNumber = "", key = "", type = "", digits = ""] = cells;
  return (
    isSerialCell(serialNumber) &&
    trimRow(cells).length <= MOST_COLUMNS &&
    shapeOf(key) !== "none" &&
    isTokenType(type) &&
    /^\s*\d?\s*$/u.test(digits)
  );
}

function oathTexts(cells: readonly string[], first: number): TokenTexts {
  const row = trimRow(cells);
  if (row.length < first + 2) {
    throw new RowProblem(
      "too-few-columns",
      `The row has ${row.length} cells and needs ${first + 2} at the least, serial number and key. Add what is missing.`,
    );
  }
  if (row.length > first + MOST_COLUMNS) {
    throw new RowProblem(
      "too-many-columns",
      `The row has ${row.length} cells, more than the ${first + MOST_COLUMNS} of this format. Put cells that hold the separator in quotation marks.`,
    );
  }
  const [serialNumber = "", secret = "", type, digits, moving, algorithm] = row.slice(first);
  return { serialNumber, secret, type, digits, periodSeconds: moving, counter: moving, algorithm };
}
