import { wipe } from "../core/bytes.ts";
import type { Algorithm, Seed } from "../otp/seed.ts";
import { parseLabel } from "./label.ts";
import { DEFAULTS, LIMITS } from "./limits.ts";
import type { DecidedEncoding, ReadSeedFileOptions, SeedDefaults } from "./report.ts";
import { RowProblem } from "./row-problem.ts";
import { contradicts } from "./secret-form.ts";
import { parseSecret } from "./secret.ts";
import { parseAlgorithm, parseTokenType, parseDigits } from "./token-kind.ts";
import { parsePeriodSeconds, parseWholeNumber } from "./whole-number.ts";

/** One token as a format of plain texts gives it. What is absent or blank takes the file's assumption. */
export interface TokenTexts {
  readonly serialNumber: string;
  readonly secret: string;
  readonly type?: string | undefined;
  readonly periodSeconds?: string | undefined;
  readonly digits?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly counter?: string | undefined;
  readonly driftSteps?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly model?: string | undefined;
}

/** How the texts of a file are to be read. */
export interface TokenRules {
  readonly encoding: DecidedEncoding;
  readonly options: ReadSeedFileOptions;
  /** What the format assumes where a row is silent; by {@link assumptions} with the caller's own. */
  readonly assumes: SeedDefaults;
  /** Where the file names no hash, the length of the key tells it, as privacyIDEA and LinOTP have it. */
  readonly hashByLength?: boolean;
  /** TOTP: Unix time in seconds from which steps are counted; 0 unless told. */
  readonly t0Seconds?: number;
  /** Reads a manufacturer's or model's name; for a large file one that remembers them. */
  readonly parseLabel?: (text: string | undefined) => string | undefined;
}

/** What the caller says of tokens comes before what the format assumes. */
export function assumptions(format: SeedDefaults, options: ReadSeedFileOptions): SeedDefaults {
  return { ...format, ...options.defaults };
}

/** A seed under construction: one object for each of a million rows, always of the same shape. */
type OpenSeed = { -readonly [Key in keyof Seed]: Seed[Key] };

/** The seed of one token. Throws {@link RowProblem}. */
export function seedFromTexts(serialNumber: string, texts: TokenTexts, rules: TokenRules): Seed {
  const { assumes } = rules;
  const type = parseTokenType(texts.type ?? "") ?? assumes.type ?? "totp";
  const named = parseAlgorithm(texts.algorithm ?? "");
  const digits = parseDigits(texts.digits ?? "") ?? assumes.digits ?? DEFAULTS.digits;
  const periodSeconds = readPeriod(type, texts.periodSeconds ?? "", assumes);
  const counter = type === "hotp" ? readCounter(texts.counter ?? "") : 0;
  const driftSteps = type === "totp" ? readDrift(texts.driftSteps ?? "") : 0;
  // Last, so that no problem above leaves a decoded secret behind.
  const secret = readSecret(texts.secret, rules);
  const seed: OpenSeed = {
    serialNumber,
    type,
    secret,
    algorithm: named ?? hashOf(secret, rules) ?? assumes.algorithm ?? DEFAULTS.algorithm,
    digits,
    periodSeconds,
    t0Seconds: type === "totp" ? (rules.t0Seconds ?? 0) : 0,
    counter,
    driftSteps,
  };
  const label = rules.parseLabel ?? ((text) => parseLabel(text ?? null));
  const manufacturer = label(texts.manufacturer);
  const model = label(texts.model);
  if (manufacturer !== undefined) seed.manufacturer = manufacturer;
  if (model !== undefined) seed.model = model;
  return seed;
}

function readSecret(text: string, { encoding, options }: TokenRules): Seed["secret"] {
  if (contradicts(text, encoding)) {
    throw new RowProblem(
      "bad-secret",
      `The secret key is not in ${encoding.form} like those of the other rows. Check it against the original file.`,
    );
  }
  return parseSecret(text, encoding.form, options.leastSecretBytes);
}

function readPeriod(type: Seed["type"], text: string, assumes: SeedDefaults): number {
  const usual = assumes.periodSeconds ?? DEFAULTS.periodSeconds;
  if (type === "hotp") return usual;
  return text.trim() === "" ? usual : parsePeriodSeconds(text);
}

function readCounter(text: string): number {
  const counter = text.trim() === "" ? 0 : parseWholeNumber(text);
  if (counter !== null && counter >= 0) return counter;
  throw new RowProblem(
    "bad-counter",
    "The counter is not a whole number of 0 or more. Check that the columns are in order.",
  );
}

function readDrift(text: string): number {
  const driftSteps = text.trim() === "" ? 0 : parseWholeNumber(text);
  if (driftSteps !== null && Math.abs(driftSteps) <= LIMITS.driftSteps) return driftSteps;
  throw new RowProblem(
    "bad-drift",
    "The drift is not a whole number of steps. Check that the columns are in order.",
  );
}

/** privacyIDEA and LinOTP: keys of 28, 32, 48 and 64 bytes are for SHA-224, -256, -384 and -512, any other for SHA-1. */
function hashOf(secret: Seed["secret"], { hashByLength }: TokenRules): Algorithm | null {
  if (!hashByLength) return null;
  if (secret.length === 28 || secret.length === 48) {
    wipe(secret);
    throw new RowProblem(
      "unsupported-algorithm",
      "By the length of its key the token uses SHA-224 or SHA-384. Such tokens cannot be used.",
    );
  }
  if (secret.length === 32) return "SHA256";
  return secret.length === 64 ? "SHA512" : null;
}
