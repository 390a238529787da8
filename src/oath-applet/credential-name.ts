import { utf8Bytes, type Bytes } from "../core/bytes.ts";
import { formatHex } from "../core/text-forms.ts";
import type { CredentialType } from "./credential.ts";
import { DEFAULT_PERIOD_SECONDS, LIMITS } from "./instructions.ts";

/** What a credential's name says: `[period/][issuer:]account` (YKOATH protocol, Yubico). */
export interface CredentialName {
  readonly issuer: string;
  readonly account: string;
  readonly periodSeconds: number;
}

/** Nine digits at most: a longer run is no number of seconds, so it belongs to the name. */
const PERIOD_PREFIX = /^(\d{1,9})\/(.+)$/su;
const LONGEST_PERIOD = 999_999_999;
const ISSUER_PREFIX = /^([^:]+):(.+)$/su;
const RAW_ID_PREFIX = "hex:";

const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenientDecoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads a name. HOTP credentials have no period. Never fails: what has no issuer is all account. */
export function parseCredentialName(name: Bytes, type: CredentialType): CredentialName {
  const text = lenientDecoder.decode(name);
  const [, prefix = "", afterPrefix = ""] = (type === "totp" && PERIOD_PREFIX.exec(text)) || [];
  const hasPeriod = Number(prefix) > 0;
  const rest = hasPeriod ? afterPrefix : text;
  const [, issuer = "", account = rest] = ISSUER_PREFIX.exec(rest) ?? [];
  return { issuer, account, periodSeconds: hasPeriod ? Number(prefix) : DEFAULT_PERIOD_SECONDS };
}

/**
 * Writes a name. Throws `RangeError` when it is empty or too long, or when its beginning would be read as another period:
 * the token could then never show a right code. A colon inside the issuer is not told apart from the one behind it.
 */
export function formatCredentialName(parts: CredentialName, type: CredentialType): Bytes {
  const { issuer, account, periodSeconds } = parts;
  if (account === "") throw new RangeError("A credential needs an account name");
  if (!Number.isInteger(periodSeconds) || periodSeconds < 1 || periodSeconds > LONGEST_PERIOD) {
    throw new RangeError(`A period is a whole number of seconds from 1 to ${LONGEST_PERIOD}`);
  }
  const hasPeriod = type === "totp" && periodSeconds !== DEFAULT_PERIOD_SECONDS;
  const name = utf8Bytes(
    `${hasPeriod ? `${periodSeconds}/` : ""}${issuer === "" ? "" : `${issuer}:`}${account}`,
  );
  if (name.length > LIMITS.NAME_BYTES) {
    throw new RangeError(`Issuer and account take ${name.length} bytes, a token holds ${LIMITS.NAME_BYTES}`);
  }
  if (type === "totp" && parseCredentialName(name, type).periodSeconds !== periodSeconds) {
    throw new RangeError(
      "Issuer or account begin with digits and a slash, which a token reads as the period",
    );
  }
  return name;
}

/** The name as text, unique for every sequence of bytes: what is no UTF-8 (or looks like this escape) is written in hex. */
export function credentialId(name: Bytes): string {
  try {
    const text = strictDecoder.decode(name);
    if (!text.startsWith(RAW_ID_PREFIX)) return text;
  } catch {
    // Not UTF-8: a token keeps whatever bytes another program wrote.
  }
  return RAW_ID_PREFIX + formatHex(name);
}
