import { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";
import { COMMAND, FIELD } from "./commands.ts";
import { encodeRequest } from "./report.ts";

/** USER_AUTHENTICATE: the user PIN against a temporary password of our choice, which later requests carry. */
export function encodeUserAuthenticate(pin: Bytes, temporaryPassword: Bytes): Bytes {
  if (pin.length === 0 || pin.length > FIELD.PASSWORD) {
    throw new RangeError(`A PIN has 1 to ${FIELD.PASSWORD} bytes.`);
  }
  if (temporaryPassword.length !== FIELD.PASSWORD) {
    throw new RangeError(`A temporary password has ${FIELD.PASSWORD} bytes.`);
  }
  const padded = new Uint8Array(FIELD.PASSWORD);
  padded.set(pin);
  const request = encodeRequest(COMMAND.USER_AUTHENTICATE, padded, temporaryPassword);
  padded.fill(0);
  return request;
}

/** GET_USER_PIN_RETRIES. */
export function encodeGetPinRetries(): Bytes {
  return encodeRequest(COMMAND.GET_USER_PIN_RETRIES);
}

/** Tries left before the card blocks its user PIN. */
export function decodeGetPinRetries(result: Bytes): number {
  return new ByteReader(result).u8();
}
