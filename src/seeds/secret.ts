import { wipe, type Bytes } from "../core/bytes.ts";
import { parseBase32, parseBase64, parseHex, TextFormError, type TextForm } from "../core/text-forms.ts";
import { LIMITS } from "./limits.ts";
import { RowProblem } from "./row-problem.ts";
import { SPREADSHEET_NUMBER } from "./serial-number.ts";

const PARSERS = { hex: parseHex, base32: parseBase32, base64: parseBase64 } as const;

/** True for the forms that secrets can be read in. */
export function isTextForm(form: string): form is TextForm {
  return Object.hasOwn(PARSERS, form);
}

/**
 * A secret of `leastBytes` to 256 bytes. Throws {@link RowProblem} `missing-secret` or `bad-secret`, never quoting the
 * secret.
 */
export function parseSecret(text: string, form: TextForm, leastBytes = 1): Bytes {
  if (text.trim() === "") {
    throw new RowProblem("missing-secret", "There is no secret key. Ask the sender for the complete file.");
  }
  if (text.length > LIMITS.characters.secret) throw tooLong();
  if (SPREADSHEET_NUMBER.test(text.trim())) {
    throw new RowProblem(
      "bad-secret",
      "A spreadsheet has taken the secret key for a number and lost digits. Take it from the original file, and open that as text only.",
    );
  }
  return requireSecretLength(decode(text, form), leastBytes);
}

/**
 * The secret itself when it has `leastBytes` to 256 bytes; else it is wiped. Throws {@link RowProblem} `missing-secret` or
 * `bad-secret`.
 */
export function requireSecretLength(secret: Bytes, leastBytes = 1): Bytes {
  if (secret.length === 0) {
    throw new RowProblem("missing-secret", "The secret key is empty. Ask the sender for the complete file.");
  }
  if (secret.length > LIMITS.secretBytes) {
    wipe(secret);
    throw tooLong();
  }
  if (secret.length < leastBytes) {
    wipe(secret);
    throw new RowProblem(
      "bad-secret",
      `The secret key is shorter than ${leastBytes} bytes, so its codes could be guessed. Check that the columns are in order, or ask the sender for the complete keys.`,
    );
  }
  return secret;
}

function decode(text: string, form: TextForm): Bytes {
  try {
    return PARSERS[form](text);
  } catch (error) {
    if (!(error instanceof TextFormError)) throw error;
    const advice = isOddNumber(text, form)
      ? "It is a plain number: a spreadsheet may have removed zeros at its beginning, so take it from the original file."
      : looksHex(text, form)
        ? "It looks like hex: choose hex as the encoding of the secrets and read the file again."
        : "Check it against the original file.";
    throw new RowProblem("bad-secret", `In the secret key: ${lowerFirst(error.message)} ${advice}`, {
      cause: error,
    });
  }
}

function looksHex(text: string, form: TextForm): boolean {
  return form !== "hex" && /^(?:0x)?(?:[0-9a-f]{2})+$/iu.test(text.replace(/[\s:-]/gu, ""));
}

/** An odd number of digits and no letter: of a whole secret in hex hardly one in a million looks so. */
function isOddNumber(text: string, form: TextForm): boolean {
  return form === "hex" && /^[1-9](?:\d\d)*$/u.test(text.trim());
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

function tooLong(): RowProblem {
  return new RowProblem(
    "bad-secret",
    `The secret key is longer than ${LIMITS.secretBytes} bytes. Check that the columns are in order.`,
  );
}
