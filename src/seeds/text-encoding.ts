import { SeedFileError } from "./errors.ts";

const ADVICE = "Open it in a text editor or spreadsheet, save it as UTF-8, and import that file.";

/** Throws {@link SeedFileError} `unsupported-text-encoding` for UTF-16 and UTF-32, with and without a byte-order mark. */
export function refuseUtf16(head: Uint8Array): void {
  const [first, second] = head;
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (marked || hasNulPattern(head)) {
    throw new SeedFileError("unsupported-text-encoding", `The text is UTF-16, not UTF-8. ${ADVICE}`);
  }
}

/**
 * The text of UTF-8 bytes, without a byte-order mark. Never puts U+FFFD in the place of what it cannot read: throws
 * {@link SeedFileError} `unsupported-text-encoding`.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // The error says nothing of the place; a second, forgiving decoding finds it.
    const before = new TextDecoder().decode(bytes).split("\uFFFD", 1)[0] ?? "";
    const line = before.split("\n").length;
    throw new SeedFileError(
      "unsupported-text-encoding",
      `The text is not UTF-8: line ${line} holds bytes of another encoding. ${ADVICE}`,
    );
  }
}

/** ASCII written as UTF-16 has a NUL in every other place and none in between. */
function hasNulPattern(head: Uint8Array): boolean {
  const pairs = Math.floor(head.length / 2);
  if (pairs === 0) return false;
  const nuls = [0, 0];
  for (let index = 0; index < pairs * 2; index += 1) {
    if (head[index] === 0) nuls[index & 1] = (nuls[index & 1] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = nuls;
  return Math.min(even, odd) === 0 && Math.max(even, odd) * 2 > pairs;
}
