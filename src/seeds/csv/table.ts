import { SeedFileError } from "../errors.ts";
import type { ReadingNotes, SlicedTask, TextFormatReader } from "../format.ts";
import { estimateLines } from "../marked-slices.ts";
import { RecurringLabels } from "../label.ts";
import { RowProblem } from "../row-problem.ts";
import { parseSerialNumber } from "../serial-number.ts";
import { assumptions, seedFromTexts, type TokenRules, type TokenTexts } from "../token-texts.ts";
import type { CsvDialect, TableLayout } from "./dialect.ts";
import { CsvHead } from "./head.ts";
import { learn } from "./learn.ts";
import { columnDetails } from "./table-shape.ts";
import { walkRows } from "./walk-rows.ts";

/** The reader of a dialect of CSV. */
export function tableReader(dialect: CsvDialect): TextFormatReader {
  return {
    format: dialect.format,
    syntax: "text",
    confidence: (head) => dialect.match(head, {})?.share ?? 0,
    read: async (task) => {
      const head = new CsvHead(task.head);
      const match = dialect.match(head, task.options);
      if (!match) throw notOfThisFormat(head);
      if (match.refusal) throw match.refusal;
      return await readTable(task, match.layout);
    },
  };
}

async function readTable(task: SlicedTask, layout: TableLayout): Promise<ReadingNotes> {
  const { collector, options, source, head, pace } = task;
  const total = estimateLines(head, source.size) - layout.headerLine;
  const { encoding, shortSerials } = await learn(task, layout, total);
  const rules: TokenRules = {
    encoding,
    options,
    assumes: assumptions(layout.assumes, options),
    hashByLength: layout.hashByLength ?? false,
    parseLabel: new RecurringLabels().parse,
  };
  await walkRows(task, layout, {
    pause: () => pace.pause(collector.rows, total),
    visit: ({ line, cells }) => {
      const texts = textsOf(cells, layout);
      if (texts === null) return true;
      collector.add(line, {
        serialNumber: () => parseSerialNumber(requireTexts(texts).serialNumber),
        seed: (serialNumber) => {
          shortSerials?.check(serialNumber);
          return seedFromTexts(serialNumber, requireTexts(texts), rules);
        },
      });
      return true;
    },
  });
  if (collector.rows === 0) throw withoutRows();
  return { secretEncoding: encoding };
}

function textsOf(cells: readonly string[] | null, layout: TableLayout): TokenTexts | RowProblem | null {
  try {
    return layout.texts(requireCells(cells));
  } catch (error) {
    if (error instanceof RowProblem) return error;
    throw error;
  }
}

function requireTexts(texts: TokenTexts | RowProblem): TokenTexts {
  if (texts instanceof RowProblem) throw texts;
  return texts;
}

function requireCells(cells: readonly string[] | null): readonly string[] {
  if (cells) return cells;
  throw new RowProblem(
    "too-few-columns",
    "A quotation mark in this row is out of place or never closed. Remove it, or close it in the same row.",
  );
}

function notOfThisFormat(head: CsvHead): SeedFileError {
  return new SeedFileError(
    "malformed",
    "The first rows are not as this format has them. Let the format be recognised, or choose another.",
    { details: columnDetails(head) },
  );
}

function withoutRows(): SeedFileError {
  return new SeedFileError(
    "empty-file",
    "The file names its columns but has no rows. Add one row for each token.",
  );
}
