import { checkOptions } from "./check-options.ts";
import { recogniseFormat, requireFormat } from "./formats.ts";
import { Pace } from "./pace.ts";
import type { ReadSeedFileOptions, SeedFileReport } from "./report.ts";
import { SeedCollector } from "./seed-collector.ts";
import { readSourceText, type SeedFileSource } from "./source-text.ts";
import { refuseDoctype } from "./xml/doctype.ts";

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
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  checkOptions(options);
  const asked = options.format === undefined ? undefined : requireFormat(options.format);
  const { text, syntax } = await readSourceText(file, { syntax: asked?.syntax, signal });
  if (syntax === "xml") refuseDoctype(text);
  const reader = asked ?? recogniseFormat(text, syntax);
  const collector = new SeedCollector();
  try {
    await reader.read({ text, collector, pace: new Pace({ signal, onProgress }), options });
  } catch (error) {
    collector.discard();
    throw error;
  }
  const report = collector.report(reader.format);
  onProgress?.(collector.rows, collector.rows);
  return report;
}
