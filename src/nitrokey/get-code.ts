import { BridgeError } from "../core/bridge-error.ts";
import { ByteReader } from "../core/byte-reader.ts";
import type { Bytes } from "../core/bytes.ts";
import { COMMAND, FIELD } from "./commands.ts";
import { digitsOf, readTokenId, requireSlot, u64le } from "./fields.ts";
import { encodeRequest } from "./report.ts";

/** No firmware uses the value, but the Storage divides by it first: a zero would stop it. */
const INTERVAL_SECONDS = 30;
const INTERVAL_MAX = 255;

/** What GET_CODE sends. */
export interface CodeRequest {
  readonly slot: number;
  /** Sent as challenge and last time. The token goes by its own clock: see SET_TIME. */
  readonly unixSeconds?: number;
  readonly intervalSeconds?: number;
  /** From USER_AUTHENTICATE, where codes need the PIN. */
  readonly temporaryPassword?: Bytes | null;
}

/** A code, and what the token says of the slot it comes from. */
export interface SlotCode {
  readonly code: string;
  readonly digits: 6 | 8;
  readonly tokenId: string | null;
}

/** GET_CODE. An HOTP slot counts on with every one of them. */
export function encodeGetCode(request: CodeRequest): Bytes {
  const { slot, unixSeconds = 0, intervalSeconds = INTERVAL_SECONDS, temporaryPassword } = request;
  requireSlot(slot);
  if (!Number.isInteger(intervalSeconds) || intervalSeconds < 0 || intervalSeconds > INTERVAL_MAX) {
    throw new RangeError(`The interval ${intervalSeconds} does not fit into a byte.`);
  }
  if (temporaryPassword && temporaryPassword.length !== FIELD.PASSWORD) {
    throw new RangeError(`A temporary password has ${FIELD.PASSWORD} bytes.`);
  }
  const time = u64le(unixSeconds);
  return encodeRequest(
    COMMAND.GET_CODE,
    Uint8Array.of(slot),
    time,
    time,
    Uint8Array.of(intervalSeconds),
    temporaryPassword ?? new Uint8Array(FIELD.PASSWORD),
  );
}

/** The result of GET_CODE. Throws `malformed-answer` for a number that has too many digits. */
export function decodeGetCode(result: Bytes): SlotCode {
  const reader = new ByteReader(result);
  const value = reader.u32le();
  const config = reader.u8();
  const digits = digitsOf(config);
  if (value >= 10 ** digits) {
    throw new BridgeError("malformed-answer", "The token's code has too many digits. Try again.");
  }
  return { code: String(value).padStart(digits, "0"), digits, tokenId: readTokenId(reader, config) };
}
