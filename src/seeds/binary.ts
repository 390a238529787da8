import { SeedFileError } from "./errors.ts";

/** The first bytes of file types that people pick by mistake (Gary Kessler's table of file signatures). */
const SIGNATURES = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], isA: "a ZIP archive or an Excel workbook (.xlsx)" },
  { bytes: [0x50, 0x4b, 0x05, 0x06], isA: "an empty ZIP archive" },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], isA: "an old Excel workbook (.xls)" },
  { bytes: [0x1f, 0x8b], isA: "a gzip archive" },
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], isA: "a PDF document" },
] as const;

/** The pictures that every browser decodes; one may show the QR code of a seed. */
const PICTURES = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x52, 0x49, 0x46, 0x46], // WebP, in a RIFF container
] as const;

const ADVICE = {
  spreadsheet: "Save its sheet as “CSV UTF-8” and import that file, or unpack the archive first.",
  other: "Choose the CSV or PSKC file that came with the tokens.",
} as const;

/** True when the file begins like a picture. */
export function isPicture(head: Uint8Array): boolean {
  return PICTURES.some((bytes) => bytes.every((byte, index) => head[index] === byte));
}

/** Throws {@link SeedFileError} `not-text` when the file begins like a known binary one. */
export function refuseBinary(head: Uint8Array): void {
  const found = SIGNATURES.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (!found) return;
  const advice = /Excel|archive/u.test(found.isA) ? ADVICE.spreadsheet : ADVICE.other;
  throw new SeedFileError("not-text", `The file is ${found.isA}, not text. ${advice}`);
}

/**
 * Throws {@link SeedFileError} `not-text` at the first control character other than tab and line ends. `linesBefore` are
 * those of the file that came before this part of it.
 */
export function refuseControls(content: Uint8Array | string, linesBefore = 0): void {
  if (typeof content === "string" && !CONTROLS.test(content)) return;
  const at =
    typeof content === "string"
      ? (index: number) => content.charCodeAt(index)
      : (index: number) => content[index] ?? 0;
  let line = linesBefore + 1;
  for (let index = 0; index < content.length; index += 1) {
    const code = at(index);
    if (code === LINE_FEED) line += 1;
    if ((code < 0x20 && code !== TAB && code !== LINE_FEED && code !== CARRIAGE_RETURN) || code === DELETE) {
      throw new SeedFileError(
        "not-text",
        `The file holds control characters, the first on line ${line}, so it is not a text file. ${ADVICE.other}`,
      );
    }
  }
}

const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const DELETE = 0x7f;

// eslint-disable-next-line no-control-regex -- control characters are what is looked for; a loop is ten times slower
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/u;
