import { wipe } from "../core/bytes.ts";
import type { Seed } from "../otp/seed.ts";
import { checkOptions } from "./check-options.ts";
import { CsvHead } from "./csv/head.ts";
import { SeedFileError } from "./errors.ts";
import type {
  ReadingNotes,
  SeedFormatReader,
  SlicedTask,
  TextFormatReader,
  XmlFormatReader,
} from "./format.ts";
import { recogniseText, recogniseXml, requireFormat } from "./formats.ts";
import { Pace } from "./pace.ts";
import { readQrCode } from "./qr/qr-code.ts";
import type {
  ReadSeedFileOptions,
  SeedBlock,
  SeedFileReport,
  SeedFileSummary,
  SkippedRow,
} from "./report.ts";
import { SeedCollector } from "./seed-collector.ts";
import { openSource, type SourceText } from "./source-text.ts";
import { requireSource, type SeedFileSource, type Source } from "./source.ts";
import { refuseDoctype } from "./xml/doctype.ts";
import { findRootName, readXmlHead } from "./xml/root-name.ts";

/** Rows in a block: so many that handing them over costs little, so few that they need little memory. */
const BLOCK_ROWS = 1024;

/**
 * Reads a seed file: every token that can be read, and for every other row the reason. Whoever receives the report owns
 * the secrets in it and wipes them.
 * Rejects with `SeedFileError` when the file cannot be read at all, and with the signal's reason when it is aborted; in
 * both cases nothing is kept. A mistake of the program, too, is told by rejecting: `RangeError` for an option that has no
 * meaning, `TypeError` for a `file` that is none.
 */
export async function readSeedFile(
  file: SeedFileSource,
  options: ReadSeedFileOptions = {},
): Promise<SeedFileReport> {
  const seeds: Seed[] = [];
  const skipped: SkippedRow[] = [];
  try {
    const summary = await readSeedBlocks(file, options, (block) => {
      for (const seed of block.seeds) seeds.push(seed);
      for (const row of block.skipped) skipped.push(row);
      return Promise.resolve();
    });
    return { ...summary, seeds, skipped };
  } catch (error) {
    for (const { secret } of seeds) wipe(secret);
    throw error;
  }
}

/**
 * Reads a seed file as {@link readSeedFile} does, and hands its rows over in blocks of some thousand while it reads: a
 * million tokens are then never in memory at once. It waits for `take` before it reads on, and rejects with what `take`
 * rejects with. When it rejects, blocks may have been handed over already: whoever took them undoes what was done with them.
 */
export async function readSeedBlocks(
  file: SeedFileSource,
  options: ReadSeedFileOptions,
  take: (block: SeedBlock) => Promise<void>,
): Promise<SeedFileSummary> {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  checkOptions(options);
  const asked = askedFormat(options);
  const { maxFileBytes, maxTokens } = options;
  const opening = { syntax: asked?.syntax, maxFileBytes, signal };
  const source = await openText(requireSource(file), opening);
  const collector = new SeedCollector(maxTokens);
  const atPause = async () => {
    if (collector.waiting >= BLOCK_ROWS) await take(collector.take());
  };
  try {
    const task = { collector, pace: new Pace({ signal, onProgress, atPause }), options };
    const { reader, notes } = await read(source, asked, task);
    if (collector.waiting > 0) await take(collector.take());
    onProgress?.(collector.rows, collector.rows);
    return { format: reader.format, ...notes };
  } catch (error) {
    collector.discard();
    throw error;
  }
}

/** With columns named there is only one format that they can be for. */
function askedFormat({ format, columns }: ReadSeedFileOptions): SeedFormatReader | undefined {
  if (format !== undefined) return requireFormat(format);
  return columns === undefined ? undefined : requireFormat("csv-columns");
}

/** The text of a file; that of a picture is in its QR code. */
async function openText(file: Source, options: Parameters<typeof openSource>[1]): Promise<SourceText> {
  const opened = await openSource(file, options);
  if (opened.kind === "text") return opened.source;
  const decoded = await openSource(await readQrCode(opened.file), options);
  if (decoded.kind === "text") return decoded.source;
  throw new TypeError("A text is no picture.");
}

interface Reading {
  readonly reader: SeedFormatReader;
  readonly notes: ReadingNotes;
}

type Task = Omit<SlicedTask, "source" | "head">;

async function read(source: SourceText, asked: SeedFormatReader | undefined, task: Task): Promise<Reading> {
  const isXml = asked ? asked.syntax === "xml" : source.syntax === "xml";
  return isXml
    ? await readXml(source, asked?.syntax === "xml" ? asked : undefined, task)
    : await readText(source, asked?.syntax === "text" ? asked : undefined, task);
}

async function readXml(source: SourceText, asked: XmlFormatReader | undefined, task: Task): Promise<Reading> {
  const head = await readXmlHead(source);
  // Before the name of the root is asked for: web pages begin with one.
  refuseDoctype(head);
  const root = findRootName(head);
  const reader = asked ?? recogniseXml(root);
  if (!reader.roots.includes(root ?? "")) throw otherRoot(reader.roots);
  await reader.read({ ...task, source, head });
  return { reader, notes: {} };
}

function otherRoot(roots: readonly string[]): SeedFileError {
  return new SeedFileError(
    "unknown-format",
    `The first element of the file is not ${roots.join(" or ")}, as the format asked for has it. Let the format be recognised, or choose another.`,
  );
}

async function readText(
  source: SourceText,
  asked: TextFormatReader | undefined,
  task: Task,
): Promise<Reading> {
  const head = await readHead(source);
  const reader = asked ?? recogniseText(new CsvHead(head));
  const notes = await reader.read({ ...task, source, head });
  return { reader, notes };
}

/** The first slice. Rejects with `SeedFileError` `empty-file` when it and all others are blank. */
async function readHead(source: SourceText): Promise<string> {
  let head: string | undefined;
  for await (const slice of source.slices()) {
    head ??= slice;
    if (slice.trim() !== "") break;
  }
  return head ?? "";
}
