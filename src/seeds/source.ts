import { raceWithSignal } from "../core/abort.ts";
import { SeedFileError } from "./errors.ts";

/** What `readSeedFile` accepts: a file, its bytes, or its text. */
export type SeedFileSource = Blob | Uint8Array | ArrayBuffer | string;

/** The same with all bytes in one form. */
export type Source = Blob | Uint8Array | string;

/**
 * A source in one form. Never by instanceof: a frame's Uint8Array, ArrayBuffer and Blob are other classes than ours.
 * Throws `TypeError` for what is no file at all.
 */
export function requireSource(source: unknown): Source {
  if (typeof source === "string") return source;
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  if (isArrayBuffer(source)) return new Uint8Array(source);
  if (isBlob(source)) return source;
  throw new TypeError(
    "readSeedFile takes a File or Blob, its bytes as a Uint8Array or ArrayBuffer, or its text.",
  );
}

/** Bytes of a file, or characters of a text. */
export function sizeOf(file: Source): number {
  if (typeof file === "string") return file.length;
  return ArrayBuffer.isView(file) ? file.byteLength : file.size;
}

/** Some bytes of a file. Rejects with {@link SeedFileError} `not-readable`, or with the signal's reason. */
export async function readBytes(
  file: Blob | Uint8Array,
  [start, end]: readonly [start: number, end: number],
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (ArrayBuffer.isView(file)) return file.subarray(start, end);
  const buffer = file
    .slice(start, end)
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

function isArrayBuffer(source: unknown): source is ArrayBuffer {
  return Object.prototype.toString.call(source) === "[object ArrayBuffer]";
}

function isBlob(source: unknown): source is Blob {
  if (typeof source !== "object" || source === null || !("size" in source) || !("slice" in source))
    return false;
  return typeof source.size === "number" && typeof source.slice === "function";
}
