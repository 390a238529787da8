import { SeedFileError } from "../errors.ts";
import { DEFAULTS } from "../limits.ts";
import type { CsvDialect, DialectMatch } from "./dialect.ts";
import type { CsvHead } from "./head.ts";
import { findHeader } from "./header.ts";
import { requireShape } from "./row-shape.ts";
import { columnDetails } from "./table-shape.ts";

/**
 * The columns of Microsoft Entra's upload of OATH hardware tokens. Vendors ship the same file without `upn`.
 * https://learn.microsoft.com/entra/identity/authentication/how-to-mfa-manage-oath-tokens
 */
const COLUMNS = ["upn", "serial number", "secret key", "time interval", "manufacturer", "model"] as const;
const REQUIRED = ["serial number", "secret key"] as const;

type Column = (typeof COLUMNS)[number];

/** A header that has some of the names: enough to say what it lacks. */
const PARTLY = 0.01;

/** CSV for Microsoft Entra: TOTP, SHA-1, six digits, secrets in base32. */
export const entra: CsvDialect = { format: "csv-entra", match };

function match(head: CsvHead): DialectMatch | null {
  const header = findHeader(head, COLUMNS);
  if (!header) return null;
  const missing = REQUIRED.filter((name) => !header.indexOf.has(name));
  if (missing.length === REQUIRED.length && header.indexOf.size < 2) return null;
  const indexOf = (column: Column) => header.indexOf.get(column) ?? -1;
  const shape = {
    columns: header.columns,
    secret: indexOf("secret key"),
    serialNumber: indexOf("serial number"),
  };
  return {
    ...(missing.length === 0 ? { share: 1 } : { share: PARTLY, refusal: lacking(missing, head) }),
    layout: {
      delimiter: header.delimiter,
      headerLine: header.line,
      columns: header.columns,
      usualForm: "base32",
      assumes: { ...DEFAULTS, type: "totp" },
      texts: (cells) => {
        requireShape(cells, shape);
        return {
          serialNumber: cells[shape.serialNumber] ?? "",
          secret: cells[shape.secret] ?? "",
          periodSeconds: cells[indexOf("time interval")],
          manufacturer: cells[indexOf("manufacturer")],
          model: cells[indexOf("model")],
        };
      },
    },
  };
}

function lacking(missing: readonly string[], head: CsvHead): SeedFileError {
  return new SeedFileError(
    "malformed",
    `The first line lacks the column ${missing.map((name) => `“${name}”`).join(" and ")}. It should name the columns ${COLUMNS.join(", ")}.`,
    { details: columnDetails(head) },
  );
}
