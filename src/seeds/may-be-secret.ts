/** Ten bytes, the shortest secret in ordinary use, in base64 without padding: no other form is as short. */
const SHORTEST_SECRET = 14;

/**
 * What manufacturers print: letters of one case before digits, perhaps in groups (OBDT10000017, 2600123456789,
 * C100-TOTP-0012345); more than 19 digits at a stretch may be a secret in hex behind them. About one random base64 secret in 50 million looks like that, too.
 */
const ORDINARY =
  /^(?:(?:[A-Z]{0,8}\d{0,20}[\s_./:-])*[A-Z]{0,8}|(?:[a-z]{0,8}\d{0,20}[\s_./:-])*[a-z]{0,8})\d{5,19}$/u;
const BETWEEN_GROUPS = /[\s_./:-]/gu;

/** Ten bytes or more; whether the length is one the form can have does not matter, for a letter may be lost. */
const BASE32 = /^[a-z2-7]{16,}$/iu;
const HEX = /^(?:0x)?[0-9a-f]{20,}$/iu;

/**
 * True when the text of a serial number could be a secret that stands in the wrong column, and so must not be shown. Better
 * one long serial number too few in a report than a secret in it; the row is named in any case.
 */
export function mayBeSecret(serialNumber: string): boolean {
  if (serialNumber.replace(/[\s=]/gu, "").length < SHORTEST_SECRET) return false;
  const joined = serialNumber.replace(BETWEEN_GROUPS, "");
  return !ORDINARY.test(serialNumber) || BASE32.test(joined) || HEX.test(joined);
}
