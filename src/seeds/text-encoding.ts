import { SeedFileError } from "./errors.ts";

/** The encodings that are read, by their names in the Encoding standard. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

/**
 * The encoding of a file by its first bytes: UTF-16 by its byte-order mark or its NULs, anything else should be UTF-8.
 * Throws {@link SeedFileError} `unsupported-text-encoding` for UTF-32, which the Encoding standard forbids to decode.
 */
export function detectTextEncoding(head: Uint8Array): TextEncoding {
  const [first, second, third, fourth] = head;
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) throw utf32();
  if (first === 0xff && second === 0xfe) {
    if (third === 0 && fourth === 0) throw utf32();
    return "utf-16le";
  }
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return detectUtf16ByNuls(head) ?? "utf-8";
}

/** ASCII written as UTF-16 has a NUL in every other place and none in between: the second of each two is little-endian. */
function detectUtf16ByNuls(head: Uint8Array): TextEncoding | null {
  const pairs = Math.floor(head.length / 2);
  const nuls = [0, 0];
  for (let index = 0; index < pairs * 2; index += 1) {
    if (head[index] === 0) nuls[index & 1] = (nuls[index & 1] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = nuls;
  if (Math.min(even, odd) > 0 || Math.max(even, odd) * 2 <= pairs) return null;
  return even > odd ? "utf-16be" : "utf-16le";
}

/**
 * Decodes a file slice by slice, without its byte-order mark. Never puts U+FFFD in the place of what it cannot read.
 */
export class SliceDecoder {
  readonly #decoder: TextDecoder;
  readonly #encoding: TextEncoding;
  #linesBefore = 0;

  constructor(encoding: TextEncoding) {
    this.#encoding = encoding;
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  /** The text of the next bytes. Throws {@link SeedFileError} `unsupported-text-encoding`, naming the line. */
  decode(bytes: Uint8Array, isLast: boolean): string {
    try {
      const text = this.#decoder.decode(bytes, { stream: !isLast });
      this.#linesBefore += countLineFeeds(text);
      return text;
    } catch {
      // The error says nothing of the place; a second, forgiving decoding finds it.
      const before = new TextDecoder(this.#encoding).decode(bytes).split("\uFFFD", 1)[0] ?? "";
      const line = this.#linesBefore + countLineFeeds(before) + 1;
      throw this.#encoding === "utf-8"
        ? unsupported(`The text is not UTF-8: line ${line} holds bytes of another encoding.`)
        : unsupported(`The text begins as UTF-16, but line ${line} is damaged or of another encoding.`);
    }
  }
}

/** Line feeds in a text. */
export function countLineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

function utf32(): SeedFileError {
  return unsupported("The text is UTF-32, not UTF-8.");
}

function unsupported(problem: string): SeedFileError {
  return new SeedFileError(
    "unsupported-text-encoding",
    `${problem} Open it in a text editor or spreadsheet, save it as UTF-8, and import that file.`,
  );
}
