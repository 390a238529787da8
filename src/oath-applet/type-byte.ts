import type { Algorithm } from "../otp/seed.ts";
import type { CredentialType } from "./credential.ts";
import { ALGORITHM, TYPE } from "./instructions.ts";

const TYPES: readonly CredentialType[] = ["hotp", "totp"];
const ALGORITHMS: readonly Algorithm[] = ["SHA1", "SHA256", "SHA512"];

/** The byte that holds type and algorithm of a credential. */
export function encodeTypeByte(type: CredentialType, algorithm: Algorithm): number {
  return TYPE[type] | ALGORITHM[algorithm];
}

/** Reads the type byte. Null for what gives no one-time code: reverse HOTP, HMAC and password entries of Trussed tokens. */
export function decodeTypeByte(byte: number): { type: CredentialType; algorithm: Algorithm } | null {
  const type = TYPES.find((one) => TYPE[one] === (byte & 0xf0));
  const algorithm = ALGORITHMS.find((one) => ALGORITHM[one] === (byte & 0x0f));
  return type && algorithm ? { type, algorithm } : null;
}
