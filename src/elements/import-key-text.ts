import { type Bytes, wipe } from "../core/bytes.ts";
import { parseBase64, parseHex } from "../core/text-forms.ts";

/** What is wrong with a password or key as it was typed. */
export type KeyTextProblem = "password-missing" | "key-missing" | "unreadable" | "wrong-length";

/** A typed password or key cannot be the file's. Neither the message nor the cause holds what was typed. */
export class KeyTextError extends Error {
  override readonly name = "KeyTextError";
  readonly problem: KeyTextProblem;
  /** `wrong-length`: bytes of what was typed. */
  readonly bytes: number;
  /** Bytes that the file's key has, where that is known. */
  readonly keyBytes: number | null;

  constructor(problem: KeyTextProblem, bytes = 0, keyBytes: number | null = null) {
    super(`The typed key cannot be used: ${problem}.`);
    this.problem = problem;
    this.bytes = bytes;
    this.keyBytes = keyBytes;
  }
}

/** Bytes of an AES key (FIPS 197), the only keys that PSKC files are read with. */
const AES_KEY_BYTES: readonly number[] = [16, 24, 32];

/**
 * Reads a pre-shared key typed as hex or base64. Text that is hex as a whole is hex: base64 of a random key has a letter
 * beyond F in all but one of 10^14 cases. The caller wipes the bytes. Throws {@link KeyTextError}.
 */
export function parseKeyText(text: string, keyBytes: number | null): Bytes {
  if (text.trim() === "") throw new KeyTextError("key-missing");
  const key = decode(text);
  const isRight = keyBytes === null ? AES_KEY_BYTES.includes(key.length) : key.length === keyBytes;
  if (isRight) return key;
  const { length } = key;
  wipe(key);
  throw new KeyTextError("wrong-length", length, keyBytes);
}

function decode(text: string): Bytes {
  for (const parse of [parseHex, parseBase64]) {
    try {
      return parse(text);
    } catch {
      // Its error names a character of the key. The next form may fit.
    }
  }
  throw new KeyTextError("unreadable");
}
