import { isPicture, refuseBinary, refuseControls } from "./binary.ts";
import { SeedFileError } from "./errors.ts";
import { LIMITS, type Syntax } from "./limits.ts";
import { readBytes, sizeOf, type Source } from "./source.ts";
import { countLineFeeds, detectTextEncoding, SliceDecoder, type TextEncoding } from "./text-encoding.ts";

/** A text file that was judged by its first bytes and its size. Its text can be read as often as needed. */
export interface SourceText {
  readonly syntax: Syntax;
  /** About how many characters it has: a file's bytes, of which UTF-16 takes two each. */
  readonly size: number;
  /**
   * The whole text in slices, without a byte-order mark. Rejects with {@link SeedFileError} `empty-file`, `not-readable`,
   * `not-text` or `unsupported-text-encoding`, and with the signal's reason.
   */
  slices(): AsyncGenerator<string, void>;
}

/** What a file is: text, or a picture that may show a QR code. */
export type OpenedSource =
  | { readonly kind: "text"; readonly source: SourceText }
  | { readonly kind: "picture"; readonly file: Blob | Uint8Array };

interface OpenOptions {
  readonly syntax?: Syntax | undefined;
  /** In place of the limit of the file's kind. */
  readonly maxFileBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks at a file's first bytes and its size, before any of it is read. Rejects with {@link SeedFileError} `not-readable`,
 * `not-text`, `unsupported-text-encoding` or `too-large`.
 */
export async function openSource(file: Source, options: OpenOptions): Promise<OpenedSource> {
  const { signal } = options;
  if (typeof file === "string") {
    const syntax = options.syntax ?? detectSyntax(file.slice(0, LIMITS.headBytes));
    refuseSize(file, syntax, options.maxFileBytes);
    return { kind: "text", source: { syntax, size: file.length, slices: () => sliceText(file, signal) } };
  }
  const head = await readBytes(file, [0, LIMITS.headBytes], signal);
  if (isPicture(head)) {
    refuseSize(file, "image", options.maxFileBytes);
    return { kind: "picture", file };
  }
  refuseBinary(head);
  const encoding = detectTextEncoding(head);
  // A character cut in two at the end of the head does not matter.
  const syntax = options.syntax ?? detectSyntax(new TextDecoder(encoding).decode(head));
  refuseSize(file, syntax, options.maxFileBytes);
  const slices = () => sliceBytes(file, encoding, signal);
  return { kind: "text", source: { syntax, size: sizeOf(file) / (encoding === "utf-8" ? 1 : 2), slices } };
}

function detectSyntax(head: string): Syntax {
  return /^[\s\uFEFF]*</u.test(head) ? "xml" : "text";
}

async function* sliceBytes(
  file: Blob | Uint8Array,
  encoding: TextEncoding,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void> {
  const size = sizeOf(file);
  const decoder = new SliceDecoder(encoding);
  const checks = new SliceChecks();
  for (let start = 0; start < size; start += LIMITS.sliceBytes) {
    const bytes = await readBytes(file, [start, start + LIMITS.sliceBytes], signal);
    const text = decode(decoder, bytes, { isLast: start + LIMITS.sliceBytes >= size, encoding, checks });
    checks.check(text);
    yield text;
  }
  checks.end();
}

/** What has control characters is binary, whatever its other bytes are. */
function decode(
  decoder: SliceDecoder,
  bytes: Uint8Array,
  { isLast, encoding, checks }: { isLast: boolean; encoding: TextEncoding; checks: SliceChecks },
): string {
  try {
    return decoder.decode(bytes, isLast);
  } catch (error) {
    if (encoding === "utf-8") refuseControls(bytes, checks.lines);
    throw error;
  }
}

async function* sliceText(text: string, signal: AbortSignal | undefined): AsyncGenerator<string, void> {
  const checks = new SliceChecks();
  const first = text.startsWith("\uFEFF") ? 1 : 0;
  for (let start = first; start < text.length; start += LIMITS.sliceBytes) {
    signal?.throwIfAborted();
    const slice = text.slice(start, start + LIMITS.sliceBytes);
    checks.check(slice);
    yield slice;
  }
  checks.end();
}

/** What every slice must pass, and the file as a whole. */
class SliceChecks {
  lines = 0;
  #blank = true;

  check(slice: string): void {
    refuseControls(slice, this.lines);
    this.lines += countLineFeeds(slice);
    this.#blank &&= slice.trim() === "";
  }

  end(): void {
    if (!this.#blank) return;
    throw new SeedFileError("empty-file", "The file is empty. Choose the file that came with the tokens.");
  }
}

function refuseSize(
  file: Source,
  kind: keyof typeof LIMITS.fileBytes,
  limit: number = LIMITS.fileBytes[kind],
): void {
  if (sizeOf(file) <= limit) return;
  const names = { xml: "XML", text: "text", image: "a picture" } as const;
  throw new SeedFileError(
    "too-large",
    `The file is larger than ${limit / 1_000_000} MB, the most that is read of ${names[kind]}. Split it and import the parts one by one.`,
  );
}
