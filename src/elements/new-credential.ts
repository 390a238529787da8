import type { NewCredential } from "../bridge/contract.ts";
import type { Bytes } from "../core/bytes.ts";
import { parseBase32 } from "../core/text-forms.ts";
import type { TokenMessages } from "./token-messages.ts";

/** What is wrong with a pasted secret. */
export type SecretProblem = keyof TokenMessages["secretProblems"];

/** A pasted secret cannot be used. The message and the cause are kept free of it. */
export class SecretInputError extends Error {
  override readonly name = "SecretInputError";
  readonly problem: SecretProblem;

  constructor(problem: SecretProblem) {
    super(`The pasted secret cannot be used: ${problem}.`);
    this.problem = problem;
  }
}

/** A credential to be written, with its secret: the caller wipes it. */
export interface ParsedSecret extends NewCredential {
  readonly secret: Bytes;
}

/** Sites in use go down to 80 bits, though RFC 4226, R6 asks for 128. Tokens take a SHA-1 block at the most. */
const SECRET_BYTES = { min: 10, max: 64 } as const;
/** RFC 4226, R6: 160 bits are recommended. */
const FRESH_BYTES = 20;

const ALGORITHMS = ["SHA1", "SHA256", "SHA512"] as const;
const DIGITS = [6, 7, 8] as const;

const PLAIN = {
  issuer: "",
  account: "",
  type: "totp",
  algorithm: "SHA1",
  digits: 6,
  periodSeconds: 30,
} as const;

/** True for the link of an authenticator page, as opposed to a bare key. */
export function isOtpauthUri(text: string): boolean {
  return /^\s*otpauth:/iu.test(text);
}

/** Reads an `otpauth:` link or a base32 key as pasted from a site. Rejects with {@link SecretInputError}. */
export async function parseSecretInput(text: string): Promise<ParsedSecret> {
  if (text.trim() === "") throw new SecretInputError("missing");
  if (isOtpauthUri(text)) return parseUri(text.trim());
  return { ...PLAIN, secret: checked(decodeKey(text)) };
}

/** A new secret that no site has seen yet. `random` fills an array, as `crypto.getRandomValues` does. */
export function freshSecret(random: (bytes: Bytes) => Bytes): ParsedSecret {
  return { ...PLAIN, secret: random(new Uint8Array(FRESH_BYTES)) };
}

async function parseUri(uri: string): Promise<ParsedSecret> {
  const { HOTP, URI } = await import("otpauth");
  let otp: ReturnType<typeof URI.parse>;
  try {
    otp = URI.parse(uri);
  } catch {
    // The library's errors may quote the link, and the link holds the secret.
    throw new SecretInputError("bad-uri");
  }
  const algorithm = ALGORITHMS.find((known) => known === otp.algorithm);
  const digits = DIGITS.find((known) => known === otp.digits);
  if (!algorithm || !digits) throw new SecretInputError("unsupported");
  const common = { issuer: otp.issuer, account: otp.label, algorithm, digits };
  const secret = checked(Uint8Array.from(otp.secret.bytes));
  return otp instanceof HOTP
    ? { ...common, type: "hotp", periodSeconds: PLAIN.periodSeconds, counter: otp.counter, secret }
    : { ...common, type: "totp", periodSeconds: otp.period, secret };
}

function decodeKey(text: string): Bytes {
  try {
    return parseBase32(text);
  } catch {
    throw new SecretInputError("not-base32");
  }
}

function checked(secret: Bytes): Bytes {
  if (secret.length < SECRET_BYTES.min) throw new SecretInputError("too-short");
  if (secret.length > SECRET_BYTES.max) throw new SecretInputError("too-long");
  return secret;
}
