import type { Syntax } from "./limits.ts";
import type { Pace } from "./pace.ts";
import type { ReadSeedFileOptions, SeedFormat } from "./report.ts";
import type { SeedCollector } from "./seed-collector.ts";

/** How sure a reader is that a text is its own; `partly`: it can say what is missing. */
export type Recognition = "yes" | "partly" | "no";

/** What a reader works with. */
export interface ReadingTask {
  readonly text: string;
  readonly collector: SeedCollector;
  readonly pace: Pace;
  readonly options: ReadSeedFileOptions;
}

/** One seed-file format. To add one: write this object in a file of its own, and add a line to the table of formats. */
export interface SeedFormatReader {
  readonly format: SeedFormat;
  readonly syntax: Syntax;
  /** Looks at the beginning only. */
  recognise(text: string): Recognition;
  /** Puts every row into the collector. Rejects with `SeedFileError` when the file as a whole cannot be read. */
  read(task: ReadingTask): Promise<void>;
}
