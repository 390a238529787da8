import { BridgeError } from "../core/bridge-error.ts";
import { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";

const STEAM_ALPHABET = "23456789BCDFGHJKMNPQRTVWXY";
const STEAM_ISSUER = "Steam";
/** Most digits a 31-bit number has. */
const MOST_DIGITS = 10;

/** Letters and digits of a Steam code. */
export const STEAM_LENGTH = 5;

/** True for credentials whose codes are Steam's: makers and apps agree on the issuer `Steam`, written so. */
export function isSteam(credential: { readonly issuer: string; readonly type: string }): boolean {
  return credential.type === "totp" && credential.issuer === STEAM_ISSUER;
}

/** RFC 4226 section 5.3. The high bit is masked here as well: not every firmware does it. */
export function maskHighBit(word: number): number {
  return word & 0x7fff_ffff;
}

/** Dynamic truncation of a whole HMAC, RFC 4226 section 5.3. Throws `malformed-answer` when it is too short. */
export function truncate(mac: Bytes): number {
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const reader = new ByteReader(mac);
  reader.take(offset);
  return maskHighBit(reader.u32be());
}

/** The decimal code of a truncated value, leading zeros kept. Throws `malformed-answer` for an impossible number of digits. */
export function decimalCode(truncated: number, digits: number): string {
  if (digits < 1 || digits > MOST_DIGITS) {
    throw new BridgeError("malformed-answer", "The token reports a code of impossible length.");
  }
  return String(maskHighBit(truncated) % 10 ** digits).padStart(digits, "0");
}

/** Steam's code of a truncated value: five letters, the least significant first. */
export function steamCode(truncated: number): string {
  let rest = maskHighBit(truncated);
  let code = "";
  while (code.length < STEAM_LENGTH) {
    code += STEAM_ALPHABET.charAt(rest % STEAM_ALPHABET.length);
    rest = Math.floor(rest / STEAM_ALPHABET.length);
  }
  return code;
}
