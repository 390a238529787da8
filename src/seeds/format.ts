import type { CsvHead } from "./csv/head.ts";
import type { Pace } from "./pace.ts";
import type { DecidedEncoding, ReadSeedFileOptions, SeedFormat } from "./report.ts";
import type { SeedCollector } from "./seed-collector.ts";
import type { SourceText } from "./source-text.ts";

/** What every reader works with. */
interface Task {
  readonly collector: SeedCollector;
  readonly pace: Pace;
  readonly options: ReadSeedFileOptions;
}

/** What a reader works with: the text slice by slice, for there may be a million rows. */
export interface SlicedTask extends Task {
  readonly source: SourceText;
  /** The first slice of the text, which a small file has no more than; of XML up to its root's name. */
  readonly head: string;
}

/** What a reader tells besides the seeds. */
export interface ReadingNotes {
  readonly secretEncoding?: DecidedEncoding;
}

/** One seed-file format. To add one: write this object in a file of its own, and add a line to the table of formats. */
export type SeedFormatReader = XmlFormatReader | TextFormatReader;

/** A format in XML. */
export interface XmlFormatReader {
  readonly format: SeedFormat;
  readonly syntax: "xml";
  /** The local names that its first element may have. */
  readonly roots: readonly string[];
  /**
   * Puts every token into the collector. Rejects with `SeedFileError` when the file as a whole cannot be read; the beginning
   * of the file may have been handed over by then.
   */
  read(task: SlicedTask): Promise<void>;
}

/** A format of lines. */
export interface TextFormatReader {
  readonly format: SeedFormat;
  readonly syntax: "text";
  /**
   * How sure it is by the beginning of the file: 1 when a mark or a header says so, else the part of the rows that are of
   * this format; 0 when it cannot be. Close to 0 when it can say what is missing.
   */
  confidence(head: CsvHead): number;
  /** As that of an {@link XmlFormatReader}. */
  read(task: SlicedTask): Promise<ReadingNotes>;
}
