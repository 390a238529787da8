import type { Algorithm, Digits, Seed } from "../../otp/seed.ts";
import { DEFAULTS } from "../limits.ts";
import type { ReadSeedFileOptions } from "../report.ts";
import { RowProblem } from "../row-problem.ts";
import { parseSerialNumber } from "../serial-number.ts";
import type { XmlElement } from "../xml/element.ts";
import { readCounter, readDriftSteps, readPeriodSeconds, readSecret, requireZeroTime } from "./data.ts";
import { findAttribute, findChild, findText, lastPart } from "./elements.ts";
import { readValidity, requirePolicy } from "./policy.ts";
import type { Protection } from "./protection.ts";

/** The serial number of the device, else the key's id. Throws {@link RowProblem}. */
export function readSerialNumber(keyPackage: XmlElement, key: XmlElement): string {
  return parseSerialNumber(
    findText(findChild(keyPackage, "DeviceInfo"), "SerialNo") ?? findAttribute(key, "Id") ?? "",
  );
}

/** What else a key is read with. */
export interface KeyContext {
  readonly protection: Protection;
  readonly options: ReadSeedFileOptions;
  /** Reads a manufacturer's or model's name, and remembers it: all keys of a file have the same few. */
  readonly parseLabel: (text: string | undefined) => string | undefined;
}

/**
 * The seed of one Key element (RFC 6030 section 4.3). Throws {@link RowProblem}, and `SeedFileError` when its encryption
 * shows that the file as a whole cannot be trusted or opened.
 */
export function readKey(
  keyPackage: XmlElement,
  key: XmlElement,
  serialNumber: string,
  { protection, options, parseLabel }: KeyContext,
): Seed {
  const device = findChild(keyPackage, "DeviceInfo");
  const parameters = findChild(key, "AlgorithmParameters");
  const data = findChild(key, "Data");
  const manufacturer = parseLabel(findText(device, "Manufacturer") ?? undefined);
  const model = parseLabel(findText(device, "Model") ?? undefined);
  const type = requireType(key);
  requirePolicy(key);
  if (type === "totp") requireZeroTime(data, protection);
  return {
    serialNumber,
    type,
    algorithm: requireAlgorithm(findChild(parameters, "Suite")),
    digits: requireDigits(findChild(parameters, "ResponseFormat")),
    periodSeconds: type === "totp" ? readPeriodSeconds(data, protection) : DEFAULTS.periodSeconds,
    t0Seconds: 0,
    counter: type === "hotp" ? readCounter(data, protection) : 0,
    driftSteps: type === "totp" ? readDriftSteps(data, protection) : 0,
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(model === undefined ? {} : { model }),
    ...readValidity(key, device),
    // Last, so that no problem above leaves a decoded secret behind.
    secret: readSecret(data, protection, options.leastSecretBytes),
  };
}

function requireType(key: XmlElement): Seed["type"] {
  const name = lastPart(findAttribute(key, "Algorithm") ?? "");
  if (name === "totp" || name === "hotp") return name;
  throw new RowProblem(
    "unsupported-algorithm",
    name === "pin"
      ? "The key is a PIN, not a token. There is nothing to do: the token's own key stands beside it."
      : "The key is neither TOTP nor HOTP. Only tokens that show time- or counter-based codes can be used.",
  );
}

const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map([
  ["sha1", "SHA1"],
  ["sha256", "SHA256"],
  ["sha512", "SHA512"],
]);

/** `HMAC-SHA256`, `sha256` and the like; one exporter (privacyIDEA) writes `<Suite hashalgo="sha256"/>`. */
function requireAlgorithm(suite: XmlElement | null): Algorithm {
  const name = suite?.text.trim() || findAttribute(suite, "hashalgo");
  if (!name) return DEFAULTS.algorithm;
  const algorithm = ALGORITHMS.get(
    lastPart(name)
      .replace(/[\s_-]/gu, "")
      .replace(/^hmac/u, ""),
  );
  if (algorithm) return algorithm;
  throw new RowProblem(
    "unsupported-algorithm",
    "The key's Suite names a hash other than SHA-1, SHA-256 and SHA-512. Such tokens cannot be used.",
  );
}

/** RFC 6030 section 4.3.4: length, encoding and check digit of the codes. */
function requireDigits(format: XmlElement | null): Digits {
  const encoding = findAttribute(format, "Encoding") ?? "DECIMAL";
  if (encoding.toUpperCase() !== "DECIMAL") {
    throw new RowProblem(
      "unsupported-encoding",
      "The token does not show its codes as decimal digits (ResponseFormat Encoding). Such tokens cannot be used.",
    );
  }
  // The schema says CheckDigits, the text of the RFC also CheckDigit.
  const check = findAttribute(format, "CheckDigits") ?? findAttribute(format, "CheckDigit") ?? "false";
  if (!["false", "0"].includes(check.toLowerCase())) {
    throw new RowProblem(
      "unsupported-encoding",
      "The token adds a check digit to its codes (ResponseFormat CheckDigits). Such tokens cannot be used.",
    );
  }
  switch (findAttribute(format, "Length")) {
    case null:
    case "6":
      return 6;
    case "7":
      return 7;
    case "8":
      return 8;
    default:
      throw new RowProblem(
        "unsupported-digits",
        "The token's codes have not 6, 7 or 8 digits (ResponseFormat Length). Such tokens cannot be used.",
      );
  }
}
