import { raceWithSignal } from "../core/abort.ts";
import { refuseBinary, refuseControls } from "./binary.ts";
import { SeedFileError } from "./errors.ts";
import { LIMITS, type Syntax } from "./limits.ts";
import { decodeUtf8, refuseUtf16 } from "./text-encoding.ts";

/** What `readSeedFile` accepts: a file, its bytes, or its text. */
export type SeedFileSource = Blob | Uint8Array | ArrayBuffer | string;

/** The same with all bytes in one form. */
type Source = Blob | Uint8Array | string;

/** The text of a file, and whether it is XML. */
export interface SourceText {
  readonly text: string;
  readonly syntax: Syntax;
}

/**
 * Reads a file as UTF-8, looking at its first bytes and its size before reading it whole. Throws {@link SeedFileError}
 * `not-readable`, `empty-file`, `not-text`, `unsupported-text-encoding`, `too-large`; `TypeError` for what is no file at all.
 */
export async function readSourceText(
  source: SeedFileSource,
  options: { readonly syntax?: Syntax | undefined; readonly signal?: AbortSignal | undefined },
): Promise<SourceText> {
  const file = requireSource(source);
  const head = await readHead(file, options.signal);
  const syntax = options.syntax ?? (/^[\s\uFEFF]*</u.test(head) ? "xml" : "csv");
  refuseSize(sizeOf(file), syntax);
  const text = typeof file === "string" ? file : await readUtf8(file, options.signal);
  refuseControls(text);
  if (text.trim() === "") {
    throw new SeedFileError("empty-file", "The file is empty. Choose the file that came with the tokens.");
  }
  return { text: text.startsWith("\uFEFF") ? text.slice(1) : text, syntax };
}

/** Never by instanceof: a frame's Uint8Array, ArrayBuffer and Blob are other classes than ours. */
function requireSource(source: unknown): Source {
  if (typeof source === "string") return source;
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (isArrayBuffer(source)) return new Uint8Array(source);
  if (isBlob(source)) return source;
  throw new TypeError(
    "readSeedFile takes a File or Blob, its bytes as a Uint8Array or ArrayBuffer, or its text.",
  );
}

function isArrayBuffer(source: unknown): source is ArrayBuffer {
  return Object.prototype.toString.call(source) === "[object ArrayBuffer]";
}

function isBlob(source: unknown): source is Blob {
  if (typeof source !== "object" || source === null || !("size" in source) || !("slice" in source))
    return false;
  return typeof source.size === "number" && typeof source.slice === "function";
}

/** The beginning of the text, for recognition only: a character cut in two at its end does not matter. */
async function readHead(file: Source, signal: AbortSignal | undefined): Promise<string> {
  if (typeof file === "string") return file.slice(0, LIMITS.headBytes);
  const head = await readBytes(file, LIMITS.headBytes, signal);
  refuseUtf16(head);
  refuseBinary(head);
  return new TextDecoder().decode(head);
}

async function readUtf8(file: Blob | Uint8Array, signal: AbortSignal | undefined): Promise<string> {
  const bytes = await readBytes(file, sizeOf(file), signal);
  // Before decoding: what has control characters is binary, whatever its other bytes are.
  refuseControls(bytes);
  return decodeUtf8(bytes);
}

async function readBytes(
  file: Blob | Uint8Array,
  count: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (ArrayBuffer.isView(file)) return file.subarray(0, count);
  const buffer = file
    .slice(0, count)
    .arrayBuffer()
    .catch((error: unknown) => {
      throw new SeedFileError(
        "not-readable",
        "The file can no longer be read. Check that it is still in its place, and choose it again.",
        { cause: error },
      );
    });
  return new Uint8Array(await raceWithSignal(buffer, signal));
}

function sizeOf(file: Source): number {
  if (typeof file === "string") return file.length;
  return ArrayBuffer.isView(file) ? file.byteLength : file.size;
}

function refuseSize(size: number, syntax: Syntax): void {
  const limit = LIMITS.fileBytes[syntax];
  if (size <= limit) return;
  const megabytes = limit / 1_000_000;
  throw new SeedFileError(
    "too-large",
    `The file is larger than ${megabytes} MB, the most that is read of ${syntax.toUpperCase()}. Split it and import the parts one by one.`,
  );
}
