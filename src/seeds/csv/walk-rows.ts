import type { SlicedTask } from "../format.ts";
import { markedSlices } from "../marked-slices.ts";
import type { TableLayout } from "./dialect.ts";
import { isComment, isSeparatorNote, trimRow } from "./head.ts";
import { RecordReader, type CsvRecord } from "./records.ts";

/** Few enough that even rows made to be slow do not hold a cancellation up. */
const ROWS_PER_TURN = 100;

/**
 * Goes through the rows of tokens, without header, comments and blank rows, until `visit` answers false. Gives the thread
 * back every hundred rows; `pause` is then called.
 */
export async function walkRows(
  { source }: Pick<SlicedTask, "source">,
  layout: TableLayout,
  steps: { readonly visit: (record: CsvRecord) => boolean; readonly pause: () => Promise<void> },
): Promise<void> {
  const records = new RecordReader(layout.delimiter);
  let passed = 0;
  for await (const { text, isLast } of markedSlices(source)) {
    for (const record of records.push(text, isLast)) {
      if (record.line <= layout.headerLine) continue;
      if (passed % ROWS_PER_TURN === 0) await steps.pause();
      passed += 1;
      if (isNoToken(record, layout)) continue;
      if (!steps.visit(record)) return;
    }
  }
}

function isNoToken(record: CsvRecord, { columns = Infinity }: TableLayout): boolean {
  if (record.cells === null) return false;
  if (record.cells.every((cell) => cell.trim() === "")) return true;
  // Under a header that names its columns, a row that has them all is no comment.
  if (isComment(record)) return trimRow(record.cells).length < columns;
  return isSeparatorNote(record);
}
