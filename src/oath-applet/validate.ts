import { APDU_LIMITS, type CommandApdu } from "../apdu/command.ts";
import { BridgeError } from "../core/bridge-error.ts";
import { concatBytes, type Bytes } from "../core/bytes.ts";
import { readTlvs } from "../tlv/reader.ts";
import { encodeTlv } from "../tlv/writer.ts";
import { INS, TAG } from "./instructions.ts";

/** VALIDATE: our proof for the token's challenge, and a challenge of ours for the token. */
export function encodeValidate(proof: Bytes, challenge: Bytes): CommandApdu {
  return {
    ins: INS.VALIDATE,
    data: concatBytes(encodeTlv(TAG.RESPONSE, proof), encodeTlv(TAG.CHALLENGE, challenge)),
    le: APDU_LIMITS.SHORT_LE,
  };
}

/** The token's proof for our challenge. */
export function decodeValidate(data: Bytes): Bytes {
  for (const { tag, value } of readTlvs(data)) if (tag === TAG.RESPONSE) return value;
  throw new BridgeError("malformed-answer", "The token did not prove that it knows the password.");
}
