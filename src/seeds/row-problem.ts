import { OathError } from "../core/errors.ts";
import type { SeedProblem } from "./report.ts";

/** One row gives no seed. Thrown by the readers of cells and elements, turned into a skipped row by the collector. */
export class RowProblem extends OathError {
  override readonly name = "RowProblem";
  readonly code: SeedProblem;

  constructor(code: SeedProblem, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
