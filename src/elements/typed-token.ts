/**
 * What a key typed that is more than digits.
 * - `code`: an OATH token identifier with a code of the right length behind it.
 * - `wrong-length`: an identifier with a code of another length.
 * - `yubico-otp`: a one-time password of Yubico's own kind, which is no OATH code.
 */
export type TypedToken =
  | { readonly kind: "code"; readonly identifier: string; readonly code: string }
  | { readonly kind: "wrong-length"; readonly digits: number }
  | { readonly kind: "yubico-otp" };

/**
 * Yubico, "YubiKey Manual", OATH-HOTP: the optional token identifier is OMP (2), TT (2) and MUI (8), as digits or modhex.
 * RFC 4226, 5.3: codes of six digits and more.
 */
const IDENTIFIED_CODE = /^([0-9a-z]{12})(\d{6,8})$/iu;
/** Yubico, "OTPs Explained": 44 letters of modhex. */
const YUBICO_OTP = /^[cbdefghijklnrtuv]{44}$/iu;
/** A YubiKey's identifier as its configuration tool makes it: "ub" for Yubico, "he" for HOTP, then the serial number. */
const YUBIKEY_IDENTIFIER = /^ubhe(\d{8})$/iu;

/** Recognises what a key typed; null for anything else, plain digits included. */
export function recogniseTyped(typed: string, digits: number): TypedToken | null {
  if (YUBICO_OTP.test(typed)) return { kind: "yubico-otp" };
  const [, identifier, code] = IDENTIFIED_CODE.exec(typed) ?? [];
  if (identifier === undefined || code === undefined) return null;
  return code.length === digits
    ? { kind: "code", identifier, code }
    : { kind: "wrong-length", digits: code.length };
}

/** The serial number in a YubiKey's token identifier, as it is printed; null where the identifier has none. */
export function serialNumberOf(identifier: string): string | null {
  const digits = YUBIKEY_IDENTIFIER.exec(identifier)?.[1];
  return digits === undefined ? null : String(Number(digits));
}
