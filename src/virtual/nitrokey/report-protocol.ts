import { ByteReader } from "../../core/byte-reader.ts";
import { type Bytes, utf8Bytes } from "../../core/bytes.ts";
import { u32le } from "../usb/little-endian.ts";
import { stm32Checksum } from "./checksum.ts";
import type { HostSetClock } from "./clock.ts";
import { isSlot, isTotp, type NitrokeySlots } from "./slots.ts";
import { COMMAND, COMMAND_STATUS, LAYOUT } from "./tables.ts";
import type { UserPin } from "./user-pin.ts";

/** What the protocol works on. */
export interface NitrokeyParts {
  readonly model: "pro" | "storage";
  readonly firmware: { readonly major: number; readonly minor: number };
  readonly cardSerial: number;
  /** Whether codes need the user PIN. */
  readonly codesNeedPin: boolean;
  readonly slots: NitrokeySlots;
  readonly clock: HostSetClock;
  readonly pin: UserPin;
}

interface Outcome {
  readonly status?: number;
  readonly result?: readonly number[];
}

const NO_SLOT_TYPES = 0xff;
const ADMIN_TRIES = 3;

/** Answers one command report with one report, byte 0 left at zero (the checksum counts it so). */
export async function answerReport(parts: NitrokeyParts, report: Bytes): Promise<Bytes> {
  const checksum = stm32Checksum(report.slice(0, LAYOUT.CHECKSUM));
  const sent = new ByteReader(report.slice(LAYOUT.CHECKSUM)).u32le();
  const { status = COMMAND_STATUS.OK, result = [] } =
    checksum === sent ? await perform(parts, report) : { status: COMMAND_STATUS.WRONG_CRC };
  const answer = new Uint8Array(LAYOUT.LENGTH);
  answer.set(report.slice(0, 1), 1);
  answer.set(u32le(checksum), LAYOUT.COMMAND_CHECKSUM);
  answer[LAYOUT.COMMAND_STATUS] = status;
  answer.set(result, LAYOUT.RESULT);
  answer.set(u32le(stm32Checksum(answer.slice(0, LAYOUT.CHECKSUM))), LAYOUT.CHECKSUM);
  return answer;
}

function perform(parts: NitrokeyParts, report: Bytes): Promise<Outcome> | Outcome {
  const reader = new ByteReader(report);
  switch (reader.u8()) {
    case COMMAND.GET_STATUS:
      return { result: describe(parts) };
    case COMMAND.READ_SLOT_NAME:
      return readSlot(parts, reader, false);
    case COMMAND.READ_SLOT:
      return readSlot(parts, reader, true);
    case COMMAND.GET_CODE:
      return getCode(parts, reader);
    case COMMAND.SET_TIME:
      return setTime(parts, reader);
    case COMMAND.USER_AUTHENTICATE: {
      const pin = reader.take(LAYOUT.PASSWORD_LENGTH);
      const isRight = parts.pin.authenticate(pin, reader.take(LAYOUT.PASSWORD_LENGTH));
      return { status: isRight ? COMMAND_STATUS.OK : COMMAND_STATUS.WRONG_PASSWORD };
    }
    case COMMAND.USER_RETRIES:
      return { result: [parts.pin.triesLeft] };
    case COMMAND.ADMIN_RETRIES:
      return { result: [ADMIN_TRIES] };
    case COMMAND.LOCK_DEVICE:
      parts.pin.lock();
      return {};
    default:
      return { status: COMMAND_STATUS.UNKNOWN_COMMAND };
  }
}

function describe({ model, firmware, cardSerial, codesNeedPin }: NitrokeyParts): readonly number[] {
  const typed = [NO_SLOT_TYPES, NO_SLOT_TYPES, NO_SLOT_TYPES];
  // A Storage does not tell its card's serial number here.
  const serial = u32le(model === "pro" ? cardSerial : 0);
  return [firmware.minor, firmware.major, ...serial, ...typed, codesNeedPin ? 1 : 0];
}

function readSlot({ model, slots }: NitrokeyParts, reader: ByteReader, isWhole: boolean): Outcome {
  const number = reader.u8();
  if (!isSlot(number)) return { status: COMMAND_STATUS.WRONG_SLOT };
  const slot = slots.find(number);
  if (slot === null) return { status: COMMAND_STATUS.NOT_PROGRAMMED };
  if (!isWhole) return { result: [...slot.name] };
  const asksForBinary = reader.u8() === 1;
  const value = isTotp(number) ? slot.periodSeconds : slot.counter;
  // A Storage writes counters as text, unless asked not to.
  const isText = model === "storage" && !isTotp(number) && !asksForBinary;
  const last = isText ? [...utf8Bytes(String(value))] : u64le(value);
  return { result: [...slot.name, slot.config, ...slot.tokenId, ...last] };
}

async function getCode(
  { slots, clock, pin, codesNeedPin }: NitrokeyParts,
  reader: ByteReader,
): Promise<Outcome> {
  const number = reader.u8();
  // Challenge, last time and interval: ignored since the time is set by SET_TIME.
  reader.take(8 + 8 + 1);
  if (codesNeedPin && !pin.accepts(reader.take(LAYOUT.PASSWORD_LENGTH))) {
    return { status: COMMAND_STATUS.NOT_AUTHORISED };
  }
  if (!isSlot(number)) return { status: COMMAND_STATUS.WRONG_SLOT };
  const slot = slots.find(number);
  if (slot === null) return { status: COMMAND_STATUS.NOT_PROGRAMMED };
  const code = await slots.code(number, clock.seconds);
  return { result: [...u32le(code), slot.config, ...slot.tokenId] };
}

function setTime({ clock }: NitrokeyParts, reader: ByteReader): Outcome {
  const isForced = reader.u8() === 1;
  const seconds = reader.u32le() + reader.u32le() * 2 ** 32;
  return { status: clock.set(seconds, isForced) ? COMMAND_STATUS.OK : COMMAND_STATUS.TIME_REFUSED };
}

function u64le(value: number): readonly number[] {
  return [...u32le(value % 2 ** 32), ...u32le(Math.floor(value / 2 ** 32))];
}
