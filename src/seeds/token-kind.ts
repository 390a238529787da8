import type { Algorithm, Digits, Seed } from "../otp/seed.ts";
import { RowProblem } from "./row-problem.ts";

const TYPES: ReadonlyMap<string, Seed["type"]> = new Map([
  ["totp", "totp"],
  ["oathtotp", "totp"],
  ["time", "totp"],
  ["timebased", "totp"],
  ["hotp", "hotp"],
  ["oathhotp", "hotp"],
  ["event", "hotp"],
  ["eventbased", "hotp"],
  ["counter", "hotp"],
  // LinOTP's name.
  ["hmac", "hotp"],
]);

const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([
  ["sha", "SHA1"],
  ["sha1", "SHA1"],
  ["sha256", "SHA256"],
  ["sha512", "SHA512"],
]);

/** Names of other tokens that stand where a type is expected; a row with one is of the format, and skipped. */
const OTHER_TYPES =
  /^(?:ocra2?|motp|pw|spass|yubikey|yubico(?:otp)?|daypassword|dpw|sms|email|radius|u2f|webauthn)$/u;

/** The kind of token in any of its usual names; null when the text is blank. Throws {@link RowProblem} `unsupported-algorithm`. */
export function parseTokenType(text: string): Seed["type"] | null {
  const name = plainName(text);
  if (name === "") return null;
  const type = TYPES.get(name);
  if (type) return type;
  throw new RowProblem(
    "unsupported-algorithm",
    "The token is neither TOTP nor HOTP. Only tokens that show time- or counter-based codes can be used.",
  );
}

/** True when the text names a kind of token, whether we serve it or not. */
export function isTokenType(text: string): boolean {
  const name = plainName(text);
  return TYPES.has(name) || OTHER_TYPES.test(name);
}

/** The hash in any of its usual names; null when the text is blank or a dash. Throws {@link RowProblem} `unsupported-algorithm`. */
export function parseAlgorithm(text: string): Algorithm | null {
  const name = plainName(text).replace(/^hmac(?=.)/u, "");
  if (name === "") return null;
  const algorithm = ALGORITHMS.get(name);
  if (algorithm) return algorithm;
  throw new RowProblem(
    "unsupported-algorithm",
    "The token uses a hash other than SHA-1, SHA-256 and SHA-512. Such tokens cannot be used.",
  );
}

/** The length of a code; null when the text is blank. Throws {@link RowProblem} `unsupported-digits`. */
export function parseDigits(text: string): Digits | null {
  switch (text.trim()) {
    case "":
      return null;
    case "6":
      return 6;
    case "7":
      return 7;
    case "8":
      return 8;
    default:
      throw new RowProblem(
        "unsupported-digits",
        "The token's codes have not 6, 7 or 8 digits. Such tokens cannot be used.",
      );
  }
}

/** `urn:ietf:params:xml:ns:keyprov:pskc:totp`, `OATH-TOTP` and `totp` are one name. */
function plainName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^.*[:#/]/u, "")
    .replace(/[\s_–-]/gu, "");
}
