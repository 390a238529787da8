import { base32nopad, base64, hex } from "@scure/base";
import type { Bytes } from "./bytes.ts";
import { OathError } from "./errors.ts";

/** The textual forms in which secrets are shipped. */
export type TextForm = "hex" | "base32" | "base64";

/** What is wrong with a text: a character the form does not have, or a length that cannot be. */
export type TextFormErrorCode = "illegal-character" | "impossible-length";

/** A text is not in the form it should be. The message names at most the one character that does not belong. */
export class TextFormError extends OathError {
  override readonly name = "TextFormError";
  readonly code: TextFormErrorCode;

  constructor(code: TextFormErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const ALPHABETS = {
  hex: /[^0-9a-f]/iu,
  base32: /[^a-z2-7]/iu,
  base64: /[^a-z0-9+/]/iu,
} as const;

/**
 * Decodes hex (any case; optional `0x`; blanks, colons and hyphens between bytes).
 * Throws {@link TextFormError}.
 */
export function parseHex(text: string): Bytes {
  const digits = text.replace(/^\s*0x/iu, "").replace(/[\s:-]/gu, "");
  requireAlphabet("hex", digits);
  return decode("hex", () => hex.decode(digits.toLowerCase()));
}

/**
 * Decodes base32 (RFC 4648 section 6; any case, padding optional; blanks and hyphens between groups). Bits of the last
 * letter that belong to no byte are dropped, as most readers do (section 3.5 leaves it open), for secrets in use have them.
 * Throws {@link TextFormError}.
 */
export function parseBase32(text: string): Bytes {
  const letters = text.replace(/[\s-]/gu, "").replace(/=+$/u, "");
  requireAlphabet("base32", letters);
  return decode("base32", () => base32nopad.decode(withoutSpareBits(letters.toUpperCase())));
}

/** Decodes base64 (RFC 4648 section 4; padding optional; blanks and line breaks anywhere). Throws {@link TextFormError}. */
export function parseBase64(text: string): Bytes {
  const letters = text.replace(/\s/gu, "").replace(/={1,2}$/u, "");
  requireAlphabet("base64", letters);
  return decode("base64", () => base64.decode(letters + "=".repeat(-letters.length & 3)));
}

/** Lower-case hex of `bytes`. */
export function formatHex(bytes: Bytes): string {
  return hex.encode(bytes);
}

/** Upper-case base32 of `bytes`, without padding. */
export function formatBase32(bytes: Bytes): string {
  return base32nopad.encode(bytes);
}

/** Base64 of `bytes`, padded. */
export function formatBase64(bytes: Bytes): string {
  return base64.encode(bytes);
}

const BASE32_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The text with the spare bits of its last letter set to zero: five bits a letter, eight a byte. */
function withoutSpareBits(letters: string): string {
  const spareBits = (letters.length * 5) % 8;
  const last = BASE32_LETTERS.indexOf(letters.at(-1) ?? "");
  if (letters === "" || last < 0 || spareBits >= 5) return letters;
  return letters.slice(0, -1) + (BASE32_LETTERS[(last >> spareBits) << spareBits] ?? "");
}

function requireAlphabet(form: TextForm, text: string): void {
  const found = ALPHABETS[form].exec(text);
  if (found) {
    throw new TextFormError(
      "illegal-character",
      `The character “${found[0]}” at position ${found.index + 1} does not occur in ${form}.`,
    );
  }
}

function decode(form: TextForm, decoder: () => Uint8Array): Bytes {
  try {
    return Uint8Array.from(decoder());
  } catch {
    // The library's message quotes its input, which may be a secret: it is not kept as the cause.
    throw new TextFormError("impossible-length", `The text has a length that ${form} cannot have.`);
  }
}
