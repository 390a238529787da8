import { SeedFileError } from "../errors.ts";
import { DEFAULTS } from "../limits.ts";
import type { ColumnRole, ReadSeedFileOptions } from "../report.ts";
import { assumedType, textsByRoles } from "./by-roles.ts";
import type { CsvDialect, DialectMatch } from "./dialect.ts";
import { DELIMITERS, isOfTableWidth, type CsvHead, type FilledRecord } from "./head.ts";
import { plainName } from "./header.ts";
import { tableShape } from "./table-shape.ts";
import type { Delimiter } from "./records.ts";

type Columns = NonNullable<ReadSeedFileOptions["columns"]>;

/** Any CSV, with the columns that the caller names in the option `columns`. */
export const mapped: CsvDialect = { format: "csv-columns", match };

function match(head: CsvHead, { columns }: ReadSeedFileOptions): DialectMatch | null {
  if (!columns) return null;
  const places = Object.entries(columns) as readonly [ColumnRole, string | number][];
  const hasNames = places.some(([, place]) => typeof place === "string");
  const found = hasNames ? byNames(head, places) : byIndexes(head, places);
  const { indexOf } = found;
  return {
    share: 1,
    layout: {
      delimiter: found.delimiter,
      headerLine: found.headerLine,
      ...(found.columns !== null && { columns: found.columns }),
      usualForm: null,
      assumes: { ...DEFAULTS, type: assumedType(indexOf) },
      texts: (cells) => textsByRoles(cells, { indexOf, columns: found.columns }),
    },
    ...(found.missing.length > 0 && { refusal: lacking(found.missing, head) }),
  };
}

interface Found {
  readonly delimiter: Delimiter;
  readonly headerLine: number;
  readonly columns: number | null;
  readonly indexOf: ReadonlyMap<ColumnRole, number>;
  /** Names that the first row does not have. */
  readonly missing: readonly string[];
}

type Places = readonly (readonly [role: ColumnRole, place: string | number])[];

function byNames(head: CsvHead, places: Places): Found {
  const [best] = DELIMITERS.flatMap((delimiter) => {
    const record = head.rows(delimiter)[0];
    return record && isOfTableWidth(record.cells) ? [findNames(delimiter, record, places)] : [];
  }).toSorted((one, other) => one.missing.length - other.missing.length);
  return (
    best ?? { delimiter: ",", headerLine: 0, columns: null, indexOf: new Map(), missing: namesOf(places) }
  );
}

function findNames(delimiter: Delimiter, { line, cells }: FilledRecord, places: Places): Found {
  const plain = cells.map(plainName);
  const indexOf = new Map<ColumnRole, number>();
  const missing: string[] = [];
  for (const [role, place] of places) {
    const index = typeof place === "number" ? place : plain.indexOf(plainName(place));
    if (index >= 0 && index < cells.length) indexOf.set(role, index);
    else missing.push(String(place));
  }
  return { delimiter, headerLine: line, columns: cells.length, indexOf, missing };
}

function byIndexes(head: CsvHead, places: Places): Found {
  const indexOf = new Map(places.map(([role, place]) => [role, Number(place)] as const));
  const { delimiter } = tableShape(head);
  return { delimiter, headerLine: 0, columns: null, indexOf, missing: [] };
}

function namesOf(places: Places): string[] {
  return places.map(([, place]) => String(place));
}

function lacking(missing: readonly string[], head: CsvHead): SeedFileError {
  const names = missing.map((name) => `“${name}”`).join(" and ");
  const { columnCount, columnNames } = tableShape(head);
  return new SeedFileError(
    "malformed",
    `The first line lacks the column ${names}. Choose the columns again.`,
    { details: { needs: "columns", columnCount, ...(columnNames && { columnNames }) } },
  );
}

/** Throws `RangeError` for columns that make no sense: that is a mistake of the program. */
export function checkColumns(columns: Columns): void {
  const places = Object.entries(columns);
  const known = places.every(
    ([role, place]) =>
      ROLES.has(role) &&
      (typeof place === "string" ? place.trim() !== "" : Number.isSafeInteger(place) && place >= 0),
  );
  if (known && columns.serialNumber !== undefined && columns.secret !== undefined) return;
  throw new RangeError(
    `columns takes, for serialNumber, secret and others of ${[...ROLES].join(", ")}, the name of a column or its index from 0.`,
  );
}

const ROLES: ReadonlySet<string> = new Set<ColumnRole>([
  "serialNumber",
  "secret",
  "type",
  "periodSeconds",
  "digits",
  "algorithm",
  "counter",
  "driftSteps",
  "manufacturer",
  "model",
]);
