import type { ColumnRole } from "../seeds/report.ts";

/** What a table is known to hold before its columns are: how many there are, and their names, where they have any. */
export interface TableColumns {
  readonly count: number;
  /** Empty where a column has no name; an empty list where the table has none. */
  readonly names: readonly string[];
}

/** What the person says of each column, in the order of the file; null for one that is left out. */
export type ColumnChoice = readonly (ColumnRole | null)[];

/** What is missing in a choice, or wrong with it. */
export type ColumnsProblem = "serial-missing" | "secret-missing" | "twice";

/** What is wrong with a choice, and which columns it is about: an empty list for none in particular. */
export function findColumnsProblem(
  choice: ColumnChoice,
): { readonly problem: ColumnsProblem; readonly columns: readonly number[] } | null {
  if (!choice.includes("serialNumber")) return { problem: "serial-missing", columns: [] };
  if (!choice.includes("secret")) return { problem: "secret-missing", columns: [] };
  const chosen = choice.map((role, index) => ({ role, index }));
  const twice = chosen.filter(
    ({ role, index }) => role !== null && choice.some((other, at) => other === role && at !== index),
  );
  return twice.length === 0 ? null : { problem: "twice", columns: twice.map(({ index }) => index) };
}

/**
 * A choice as the reader takes it: a column by its name where that is the only one of its kind, for the first row is then
 * known to be no token; else by its index.
 */
export function columnsOption(
  choice: ColumnChoice,
  { names }: TableColumns,
): Partial<Record<ColumnRole, string | number>> {
  const columns: Partial<Record<ColumnRole, string | number>> = {};
  const plain = names.map((name) => name.trim().toLowerCase());
  choice.forEach((role, index) => {
    if (role === null) return;
    const name = plain[index] ?? "";
    const isOnly = name !== "" && plain.filter((other) => other === name).length === 1;
    columns[role] = isOnly ? (names[index] ?? index) : index;
  });
  return columns;
}
