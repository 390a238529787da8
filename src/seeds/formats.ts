import { entra } from "./csv/entra.ts";
import type { CsvHead } from "./csv/head.ts";
import { mapped } from "./csv/mapped.ts";
import { multiOtp } from "./csv/multiotp.ts";
import { named } from "./csv/named.ts";
import { nexus } from "./csv/nexus.ts";
import { oath, privacyIdea } from "./csv/oath.ts";
import { serialKey } from "./csv/serial-key.ts";
import { columnDetails } from "./csv/table-shape.ts";
import { tableReader } from "./csv/table.ts";
import { yubico, yubicoLog } from "./csv/yubico.ts";
import { deepnet } from "./deepnet/deepnet.ts";
import { SeedFileError } from "./errors.ts";
import type { SeedFormatReader, TextFormatReader, XmlFormatReader } from "./format.ts";
import { otpauth } from "./otpauth/otpauth.ts";
import { pamOath } from "./pam-oath/pam-oath.ts";
import { pskc } from "./pskc/pskc.ts";
import type { SeedFormat } from "./report.ts";
import { safenet } from "./safenet/safenet.ts";
import { safeword } from "./safeword/safeword.ts";

/** The formats, in the order in which they are tried: of two that fit equally well the first is taken. */
const FORMATS: readonly SeedFormatReader[] = [
  pskc,
  safenet,
  deepnet,
  otpauth,
  safeword,
  pamOath,
  ...[entra, named, privacyIdea, yubicoLog, yubico, multiOtp, oath, nexus, serialKey, mapped].map(
    tableReader,
  ),
];

const KNOWN =
  "Known are PSKC, SafeNet and Deepnet XML, SafeWord, otpauth URIs, pam_oath users files, and CSV of Entra, privacyIDEA, LinOTP, multiOTP, Yubico, Nexus and Duo, or with a first line that names the columns serial number and secret key.";

/** The reader of a format named by the caller. Throws `RangeError` when there is none: that is a mistake of the program. */
export function requireFormat(format: SeedFormat): SeedFormatReader {
  const reader = FORMATS.find((candidate) => candidate.format === format);
  if (reader) return reader;
  const names = FORMATS.map((known) => `“${known.format}”`).join(", ");
  throw new RangeError(`There is no reader for the format asked for. Known are ${names}.`);
}

/** The reader that knows an XML file by the name of its root. Throws {@link SeedFileError} `unknown-format`. */
export function recogniseXml(root: string | null): XmlFormatReader {
  const reader = FORMATS.filter((candidate) => candidate.syntax === "xml").find(({ roots }) =>
    roots.includes(root ?? ""),
  );
  if (reader) return reader;
  throw new SeedFileError("unknown-format", `This is not a seed file of a known format. ${KNOWN}`);
}

/**
 * The reader that knows the beginning of a text best. Throws {@link SeedFileError} `unknown-format`; for a table its details
 * tell the columns, so that a person can say what is in them.
 */
export function recogniseText(head: CsvHead): TextFormatReader {
  const [best] = FORMATS.filter((reader) => reader.syntax === "text")
    .map((reader) => ({ reader, confidence: reader.confidence(head) }))
    .filter(({ confidence }) => confidence > 0)
    .toSorted((one, other) => other.confidence - one.confidence);
  if (best) return best.reader;
  throw new SeedFileError("unknown-format", `This is not a seed file of a known format. ${KNOWN}`, {
    details: columnDetails(head),
  });
}
