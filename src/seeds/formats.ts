import { entraCsv } from "./csv/entra.ts";
import { SeedFileError } from "./errors.ts";
import type { SeedFormatReader } from "./format.ts";
import type { Syntax } from "./limits.ts";
import { pskc } from "./pskc/pskc.ts";
import type { SeedFormat } from "./report.ts";

/** The formats, in the order in which they are tried. */
const FORMATS: readonly SeedFormatReader[] = [pskc, entraCsv];

const KNOWN =
  "Known are PSKC (XML whose root is KeyContainer) and CSV whose first line names the columns serial number and secret key.";

/** The reader of a format named by the caller. Throws `RangeError` when there is none: that is a mistake of the program. */
export function requireFormat(format: SeedFormat): SeedFormatReader {
  const reader = FORMATS.find((candidate) => candidate.format === format);
  if (reader) return reader;
  const names = FORMATS.map((known) => `“${known.format}”`).join(" and ");
  throw new RangeError(`There is no reader for the format asked for. Known are ${names}.`);
}

/** The reader that knows the text best. Throws {@link SeedFileError} `unknown-format`. */
export function recogniseFormat(text: string, syntax: Syntax): SeedFormatReader {
  const candidates = FORMATS.filter((reader) => reader.syntax === syntax).map((reader) => ({
    reader,
    recognition: reader.recognise(text),
  }));
  const best =
    candidates.find(({ recognition }) => recognition === "yes") ??
    candidates.find(({ recognition }) => recognition === "partly");
  if (!best) throw new SeedFileError("unknown-format", `This is not a seed file of a known format. ${KNOWN}`);
  return best.reader;
}
