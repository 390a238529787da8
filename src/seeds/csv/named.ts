import { DEFAULTS } from "../limits.ts";
import { assumedType, textsByRoles } from "./by-roles.ts";
import type { CsvDialect, DialectMatch } from "./dialect.ts";
import { DELIMITERS, isOfTableWidth, type CsvHead } from "./head.ts";
import { findRoles, type HeaderRoles } from "./roles.ts";

/** As sure as a header makes, and yet behind the dialects that have one of their own. */
const SHARE = 0.99;

/** Any CSV whose first row names the columns of serial number and secret, such as python-pskc's. */
export const named: CsvDialect = { format: "csv-named", match };

function match(head: CsvHead): DialectMatch | null {
  const found = DELIMITERS.map((delimiter) => ({ delimiter, record: head.rows(delimiter)[0] }))
    .flatMap(({ delimiter, record }) =>
      record && isOfTableWidth(record.cells) ? [{ delimiter, record, roles: findRoles(record.cells) }] : [],
    )
    .filter(({ roles }) => isEnough(roles))
    .toSorted((one, other) => other.roles.indexOf.size - one.roles.indexOf.size)[0];
  if (!found) return null;
  const { delimiter, record, roles } = found;
  const columns = record.cells.length;
  return {
    share: SHARE,
    layout: {
      delimiter,
      headerLine: record.line,
      columns,
      usualForm: null,
      namedForm: roles.form,
      assumes: { ...DEFAULTS, type: assumedType(roles.indexOf) },
      texts: (cells) => textsByRoles(cells, { indexOf: roles.indexOf, columns }),
    },
  };
}

function isEnough({ indexOf }: HeaderRoles): boolean {
  const serialNumber = indexOf.get("serialNumber");
  return serialNumber !== undefined && indexOf.has("secret") && serialNumber !== indexOf.get("secret");
}
