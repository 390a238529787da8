import type { CommandApdu } from "../apdu/command.ts";
import { concatBytes, type Bytes } from "../core/bytes.ts";
import { encodeTlv } from "../tlv/writer.ts";
import { INS, TAG } from "./instructions.ts";
import { encodeTypeByte } from "./type-byte.ts";

/** The key's type byte as makers' programs write it; tokens look at the algorithm only. */
const ACCESS_KEY_TYPE = encodeTypeByte("totp", "SHA1");

/** SET CODE: the access key, a challenge, and the proof that we can use the one on the other. Holds the key: wipe it. */
export function encodeSetCode(accessKey: Bytes, challenge: Bytes, proof: Bytes): CommandApdu {
  return {
    ins: INS.SET_CODE,
    data: concatBytes(
      encodeTlv(TAG.KEY, Uint8Array.of(ACCESS_KEY_TYPE), accessKey),
      encodeTlv(TAG.CHALLENGE, challenge),
      encodeTlv(TAG.RESPONSE, proof),
    ),
  };
}

/** SET CODE with an empty key: no password any more. */
export const CLEAR_CODE_COMMAND: CommandApdu = { ins: INS.SET_CODE, data: encodeTlv(TAG.KEY) };
