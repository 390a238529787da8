import { HOTP, URI, type TOTP } from "otpauth";
import { wipe, type Bytes } from "../../core/bytes.ts";
import type { Algorithm, Digits, Seed } from "../../otp/seed.ts";
import { labels } from "../label.ts";
import { DEFAULTS, LIMITS } from "../limits.ts";
import type { SeedProblem } from "../report.ts";
import { RowProblem } from "../row-problem.ts";
import { requireSecretLength } from "../secret.ts";

/** A URI that was taken apart; nothing in it was judged so far but its form. */
export interface ParsedUri {
  /** The account's name. */
  readonly label: string;
  /** The secret, which whoever does not ask for the seed wipes. */
  readonly secret: Bytes;
  /** What its token is. Throws {@link RowProblem}, and wipes the secret then. */
  readonly seed: (serialNumber: string, leastSecretBytes?: number) => Seed;
}

/** Takes one otpauth URI apart. Throws {@link RowProblem}, without anything of the URI in its message. */
export function parseUri(text: string): ParsedUri {
  const otp = parse(text.trim());
  const secret = Uint8Array.from(otp.secret.bytes);
  otp.secret.bytes.fill(0);
  return {
    label: otp.label,
    secret,
    seed: (serialNumber, leastSecretBytes) => {
      try {
        return { serialNumber, ...kindOf(otp), secret: requireSecretLength(secret, leastSecretBytes) };
      } catch (error) {
        wipe(secret);
        throw error;
      }
    },
  };
}

function kindOf(otp: HOTP | TOTP): Omit<Seed, "serialNumber" | "secret"> {
  const isHotp = otp instanceof HOTP;
  return {
    type: isHotp ? "hotp" : "totp",
    algorithm: requireAlgorithm(otp.algorithm),
    digits: requireDigits(otp.digits),
    periodSeconds: isHotp ? DEFAULTS.periodSeconds : requirePeriod(otp.period),
    t0Seconds: 0,
    counter: isHotp ? requireCounter(otp.counter) : 0,
    driftSteps: 0,
    ...labels({ manufacturer: otp.issuer, model: null }),
  };
}

function parse(uri: string): HOTP | TOTP {
  if (/^otpauth-migration:/iu.test(uri)) {
    throw new RowProblem(
      "bad-uri",
      "The line is an export of Google Authenticator with several accounts in one. Export or scan the accounts one by one.",
    );
  }
  if (uri === "" || uri.length > LIMITS.charactersPerRow) throw problem(undefined);
  try {
    return URI.parse(uri);
  } catch (error) {
    // The package's messages are fixed sentences that name the parameter; the error itself may hold the URI.
    const parameter = /'(\w+)' parameter/u.exec(error instanceof Error ? error.message : "")?.[1];
    throw problem(parameter);
  }
}

const PROBLEMS: ReadonlyMap<string, readonly [code: SeedProblem, message: string]> = new Map([
  [
    "secret",
    ["bad-secret", "The URI's secret is absent or not in base32. Check it against the original file."],
  ],
  [
    "counter",
    ["bad-counter", "The URI of a HOTP token lacks its counter. Ask the sender for the complete URI."],
  ],
  [
    "period",
    ["bad-interval", "The URI's period is not a whole number of seconds. Most tokens use 30 or 60."],
  ],
  ["digits", ["unsupported-digits", "The URI's digits are not 6, 7 or 8. Such tokens cannot be used."]],
  [
    "algorithm",
    [
      "unsupported-algorithm",
      "The URI names a hash other than SHA1, SHA256 and SHA512. Such tokens cannot be used.",
    ],
  ],
]);

function problem(parameter: string | undefined): RowProblem {
  const [code, message] = PROBLEMS.get(parameter ?? "") ?? [
    "bad-uri",
    "The line is not a whole otpauth URI. Check it against the original file.",
  ];
  return new RowProblem(code, message);
}

function requireAlgorithm(name: string): Algorithm {
  if (name === "SHA1" || name === "SHA256" || name === "SHA512") return name;
  throw problem("algorithm");
}

function requireDigits(digits: number): Digits {
  if (digits === 6 || digits === 7 || digits === 8) return digits;
  throw problem("digits");
}

function requirePeriod(seconds: number): number {
  if (Number.isSafeInteger(seconds) && seconds >= 1 && seconds <= LIMITS.periodSeconds) return seconds;
  throw problem("period");
}

function requireCounter(counter: number): number {
  if (Number.isSafeInteger(counter) && counter >= 0) return counter;
  throw problem("counter");
}
