import { wipe } from "../../core/bytes.ts";
import { parseBase64, TextFormError } from "../../core/text-forms.ts";
import { DEFAULTS } from "../limits.ts";
import { RowProblem } from "../row-problem.ts";
import { matchRows } from "./best-delimiter.ts";
import type { CsvDialect } from "./dialect.ts";
import { trimRow } from "./head.ts";

/** `serial:key:counter` of Nexus: HOTP; key and counter are bytes in base64, the counter's highest first. */
export const nexus: CsvDialect = {
  format: "csv-nexus",
  match: (head) =>
    matchRows(
      head,
      isRow,
      {
        usualForm: "base64",
        isFormFixed: true,
        assumes: { ...DEFAULTS, type: "hotp" },
        texts: (cells) => {
          const row = trimRow(cells);
          if (row.length < 2 || row.length > 3) {
            throw new RowProblem(
              row.length < 2 ? "too-few-columns" : "too-many-columns",
              `The row has ${row.length} parts where serial number, key and counter are expected. Check it against the original file.`,
            );
          }
          const [serialNumber = "", secret = "", counter = ""] = row;
          return { serialNumber, secret, counter: counterText(counter) };
        },
      },
      [":"],
    ),
};

function isRow(cells: readonly string[]): boolean {
  const [serialNumber = "", key = "", counter = ""] = trimRow(cells);
  return (
    trimRow(cells).length <= 3 &&
    /^\s*[^\s:,;"<>]+\s*$/u.test(serialNumber) &&
    /^\s*[a-z0-9+/]{16,}={0,2}\s*$/iu.test(key) &&
    /^\s*[a-z0-9+/]*={0,2}\s*$/iu.test(counter)
  );
}

/** The bytes of a counter as a decimal number. */
function counterText(base64: string): string {
  try {
    const bytes = parseBase64(base64);
    const counter = bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
    wipe(bytes);
    return counter.toString();
  } catch (error) {
    if (!(error instanceof TextFormError)) throw error;
    throw new RowProblem(
      "bad-counter",
      "The counter is not in base64. Check that the parts of the row are in order.",
    );
  }
}
