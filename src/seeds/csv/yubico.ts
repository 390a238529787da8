import { DEFAULTS } from "../limits.ts";
import { RowProblem } from "../row-problem.ts";
import { shapeOf } from "../secret-form.ts";
import type { TokenTexts } from "../token-texts.ts";
import { matchRows } from "./best-delimiter.ts";
import type { CsvDialect, TableLayout } from "./dialect.ts";
import type { CsvHead } from "./head.ts";

const LAYOUT: Omit<TableLayout, "delimiter" | "headerLine" | "texts"> = {
  usualForm: "hex",
  isFormFixed: true,
  assumes: { ...DEFAULTS, type: "hotp" },
  hasUnpaddedSerials: true,
};

/**
 * The “Yubico format” of YubiKey's personalization tool: serial, public id, private id, key, access code, date. A private id
 * of 0 means OATH-HOTP; it says nothing of the digits.
 */
export const yubico: CsvDialect = {
  format: "csv-yubico",
  match: (head) => matchRows(head, isYubicoRow, { ...LAYOUT, texts: yubicoTexts }),
};

/**
 * Its “traditional format”, a log: mode, date, slot, public id, private id, key, two access codes, three flags, digits. The
 * serial number of the YubiKey is not in it; the public id, in modhex, takes its place, with the slot where that is not the
 * first, for both slots of one key can have the same.
 */
export const yubicoLog: CsvDialect = { format: "csv-yubico-log", match: matchLog };

function isYubicoRow(cells: readonly string[]): boolean {
  const [serialNumber = "", publicId = "", privateId = "", key = ""] = cells.map((cell) => cell.trim());
  return (
    cells.length >= 4 &&
    /^\d+$/u.test(serialNumber) &&
    MODHEX.test(publicId) &&
    /^(?:0|[0-9a-f]{12})?$/iu.test(privateId) &&
    /^(?:hex|hex-or-base32)$/u.test(shapeOf(key))
  );
}

function yubicoTexts(cells: readonly string[]): TokenTexts {
  requireCells(cells, 4);
  const [serialNumber = "", , privateId = "", secret = ""] = cells;
  if (privateId.trim() !== "0") throw otherMode();
  return { serialNumber, secret, manufacturer: "Yubico" };
}

const MODES = /^(?:oath-hotp|yubico otp|static password|challenge-response)\b/iu;

function matchLog(head: CsvHead): ReturnType<CsvDialect["match"]> {
  const isLog = /^\s*LOGGING START\b/iu.test(head.firstLine);
  const matched = matchRows(head, isLogRow, { ...LAYOUT, texts: logTexts });
  return matched && isLog ? { ...matched, share: 1 } : matched;
}

const LOGGING = /^\s*LOGGING START/iu;

function isLogRow(cells: readonly string[]): boolean {
  const mode = cells[0]?.trim() ?? "";
  return cells.length >= LOG_CELLS ? MODES.test(mode) : cells.length >= 2 && LOGGING.test(mode);
}

/** Up to the key. */
const LOG_CELLS = 6;

function logTexts(cells: readonly string[]): TokenTexts | null {
  const [mode = "", , slot = "", publicId = "", , secret = ""] = cells.map((cell) => cell.trim());
  if (LOGGING.test(mode)) return null;
  requireCells(cells, LOG_CELLS);
  if (!/^oath-hotp\b/iu.test(mode)) throw otherMode();
  const serialNumber = publicId === "" || slot === "" || slot === "1" ? publicId : `${publicId}-${slot}`;
  // A flag of 0 is how six digits were written before eight were possible.
  const digits = cells[11]?.trim() === "0" ? "" : cells[11];
  return { serialNumber, secret, digits, manufacturer: "Yubico" };
}

/** Hex in letters that keyboards of all countries have in the same place; blank where there is none. */
const MODHEX = /^[cbdefghijklnrtuv]*$/iu;

function requireCells(cells: readonly string[], least: number): void {
  if (cells.length >= least) return;
  throw new RowProblem(
    "too-few-columns",
    `The row has ${cells.length} cells where ${least} or more are expected. Check it against the original file.`,
  );
}

function otherMode(): RowProblem {
  return new RowProblem(
    "unsupported-algorithm",
    "The row sets up a YubiKey for something other than OATH-HOTP. Such a slot shows no codes of this kind.",
  );
}
