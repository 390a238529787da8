import type { Bytes } from "../core/bytes.ts";

/** Bytes of a moving factor, RFC 4226 section 5.1. A CanoKey hashes a challenge as it is, so all eight are sent. */
export const MOVING_FACTOR_BYTES = 8;

/** A moving factor as the challenge of CALCULATE: eight bytes, big-endian. Throws `RangeError` for what is no counter. */
export function encodeChallenge(movingFactor: number): Bytes {
  if (!Number.isSafeInteger(movingFactor) || movingFactor < 0) {
    throw new RangeError(`A moving factor is a whole number from 0 on, not ${movingFactor}`);
  }
  const challenge = new Uint8Array(MOVING_FACTOR_BYTES);
  new DataView(challenge.buffer).setBigUint64(0, BigInt(movingFactor));
  return challenge;
}
