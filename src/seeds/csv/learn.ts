import type { SlicedTask } from "../format.ts";
import type { DecidedEncoding } from "../report.ts";
import { RowProblem } from "../row-problem.ts";
import { byCaller, byColumnName, byFormat, SecretFormEvidence } from "../secret-form.ts";
import type { TokenTexts } from "../token-texts.ts";
import type { TableLayout } from "./dialect.ts";
import { ShortSerials } from "./short-serials.ts";
import { walkRows } from "./walk-rows.ts";

/** Rows from which the usual length of a serial number is learnt. */
const ROWS_TO_LEARN_FROM = 1000;

/** What only several rows together tell. */
export interface Learnt {
  readonly encoding: DecidedEncoding;
  readonly shortSerials: ShortSerials | null;
}

/**
 * Looks at the file before it is read: at a thousand rows, or at all of them when those leave the form of the secrets open.
 * `total` is about how many there are.
 * Rejects with `SeedFileError` `ambiguous-encoding`.
 */
export async function learn(task: SlicedTask, layout: TableLayout, total: number): Promise<Learnt> {
  const { options, pace } = task;
  const known = knownEncoding(task, layout);
  const shortSerials = layout.hasUnpaddedSerials || options.acceptShortSerials ? null : new ShortSerials();
  const evidence = new SecretFormEvidence();
  let rows = 0;
  await walkRows(task, layout, {
    pause: () => pace.pause(0, total),
    visit: ({ cells }) => {
      rows += 1;
      const texts = cells && textsOf(cells, layout);
      if (!texts) return true;
      if (known === null) evidence.add(texts.secret);
      if (rows <= ROWS_TO_LEARN_FROM) shortSerials?.add(texts.serialNumber);
      return rows < ROWS_TO_LEARN_FROM || !(known !== null || evidence.isSure);
    },
  });
  if (known) return { encoding: known, shortSerials };
  // A file without a single row is told so by whoever reads it.
  if (rows === 0) return { encoding: byFormat(layout.usualForm ?? "hex"), shortSerials };
  return { encoding: evidence.decide(layout.usualForm), shortSerials };
}

function knownEncoding({ options }: SlicedTask, layout: TableLayout): DecidedEncoding | null {
  if (options.secretEncoding) return byCaller(options.secretEncoding);
  if (layout.isFormFixed && layout.usualForm) return byFormat(layout.usualForm);
  return layout.namedForm ? byColumnName(layout.namedForm) : null;
}

function textsOf(cells: readonly string[], layout: TableLayout): TokenTexts | null {
  try {
    return layout.texts(cells);
  } catch (error) {
    if (!(error instanceof RowProblem)) throw error;
    return null;
  }
}
