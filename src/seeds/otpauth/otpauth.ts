import { wipe } from "../../core/bytes.ts";
import { SeedFileError } from "../errors.ts";
import type { ReadingNotes, SlicedTask, TextFormatReader } from "../format.ts";
import type { RowReader } from "../seed-collector.ts";
import { walkLines } from "../seed-lines.ts";
import { parseSerialNumber } from "../serial-number.ts";
import { parseUri, type ParsedUri } from "./parse-uri.ts";

const URI = /^\s*otpauth(?:-migration)?:\/\//iu;

/**
 * otpauth URIs, one a line; blank lines and lines that begin with `#` are passed over. A URI has no serial number: its
 * account name stands for it, as makers of tokens write it there, and its issuer for the manufacturer.
 * https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export const otpauth: TextFormatReader = {
  format: "otpauth",
  syntax: "text",
  confidence: (head) => head.share("\t", ([first = ""]) => URI.test(first)),
  read,
};

async function read(task: SlicedTask): Promise<ReadingNotes> {
  const { collector, options } = task;
  await walkLines(task, ({ number, text }) => {
    if (text !== null && (text.trim() === "" || text.trimStart().startsWith("#"))) return;
    collector.add(number, uriReader(text ?? "", options.leastSecretBytes));
  });
  if (collector.rows === 0) {
    throw new SeedFileError("empty-file", "The file has no line with a URI. Choose another file.");
  }
  return {};
}

/** The URI is parsed once, when its name is asked for. */
function uriReader(text: string, leastSecretBytes: number | undefined): RowReader {
  const uri = { parsed: null as ParsedUri | null };
  return {
    serialNumber: () => {
      const parsed = parseUri(text);
      uri.parsed = parsed;
      try {
        return parseSerialNumber(parsed.label);
      } catch (error) {
        wipe(parsed.secret);
        throw error;
      }
    },
    seed: (serialNumber) => (uri.parsed ?? parseUri(text)).seed(serialNumber, leastSecretBytes),
  };
}
