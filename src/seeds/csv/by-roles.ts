import type { ColumnRole } from "../report.ts";
import { RowProblem } from "../row-problem.ts";
import { isTokenType } from "../token-kind.ts";
import type { TokenTexts } from "../token-texts.ts";
import { requireShape } from "./row-shape.ts";

/** Where the columns of a file stand. */
export interface RoleColumns {
  readonly indexOf: ReadonlyMap<ColumnRole, number>;
  /** How many the header names; null when there is no header. */
  readonly columns: number | null;
}

/** Reads the cells of a row by the roles of their columns. Throws {@link RowProblem} for a row out of shape. */
export function textsByRoles(cells: readonly string[], { indexOf, columns }: RoleColumns): TokenTexts {
  const secret = indexOf.get("secret") ?? -1;
  const serialNumber = indexOf.get("serialNumber") ?? -1;
  if (columns !== null) requireShape(cells, { columns, secret, serialNumber });
  else requireCells(cells, Math.max(secret, serialNumber) + 1);
  const cell = (role: ColumnRole) => cells[indexOf.get(role) ?? -1];
  const algorithm = cell("algorithm");
  const type = cell("type");
  // A column “algorithm” holds the hash in some files and TOTP or HOTP in others.
  const isType = (type ?? "").trim() === "" && algorithm !== undefined && isTokenType(algorithm);
  return {
    serialNumber: cells[serialNumber] ?? "",
    secret: cells[secret] ?? "",
    type: isType ? algorithm : type,
    algorithm: isType ? undefined : algorithm,
    periodSeconds: cell("periodSeconds"),
    digits: cell("digits"),
    counter: cell("counter"),
    driftSteps: cell("driftSteps"),
    manufacturer: cell("manufacturer"),
    model: cell("model"),
  };
}

/** What the tokens are when no column says: with a counter and no interval they can only be HOTP. */
export function assumedType(indexOf: RoleColumns["indexOf"]): "totp" | "hotp" {
  return indexOf.has("counter") && !indexOf.has("periodSeconds") ? "hotp" : "totp";
}

function requireCells(cells: readonly string[], least: number): void {
  if (cells.length >= least) return;
  throw new RowProblem(
    "too-few-columns",
    `The row has ${cells.length} cells where ${least} or more are expected. Add what is missing; leave a cell empty rather than out.`,
  );
}
