import { APDU_LIMITS, type CommandApdu } from "../apdu/command.ts";
import type { Bytes } from "../core/bytes.ts";
import { readTlvs } from "../tlv/reader.ts";
import { INS, OATH_AID, PARAMETER, TAG } from "./instructions.ts";

/** SELECT of the OATH applet, by its identifier. */
export const SELECT_COMMAND: CommandApdu = {
  ins: INS.SELECT,
  p1: PARAMETER.SELECT_P1_BY_NAME,
  data: OATH_AID,
  le: APDU_LIMITS.SHORT_LE,
};

/** What SELECT tells. Everything is missing on CanoKey firmware before 1.5.2, which answers with a bare status word. */
export interface SelectAnswer {
  /** Three bytes; four on Trussed tokens; none on old CanoKeys. */
  readonly version: readonly number[];
  /** Salts the password; changes when the applet is reset. */
  readonly deviceId: Bytes;
  /** Present when a password is set. */
  readonly challenge: Bytes | null;
  /** The token has a PIN instead of, or besides, a password. */
  readonly hasPin: boolean;
}

/** Reads SELECT's answer by tag; unknown tags vary from maker to maker and are passed over. */
export function decodeSelect(data: Bytes): SelectAnswer {
  const fields = new Map([...readTlvs(data)].map(({ tag, value }) => [tag, value]));
  return {
    version: [...(fields.get(TAG.VERSION) ?? [])],
    deviceId: fields.get(TAG.NAME) ?? new Uint8Array(0),
    challenge: fields.get(TAG.CHALLENGE) ?? null,
    hasPin: fields.has(TAG.PIN_RETRIES),
  };
}
