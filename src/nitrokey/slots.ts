import { BridgeError } from "../core/bridge-error.ts";
import { requireOk } from "./command-errors.ts";
import { COMMAND_STATUS, SLOT } from "./commands.ts";
import { slotType } from "./fields.ts";
import { decodeReadSlot, encodeReadSlot } from "./read-slot.ts";
import { decodeReadSlotName, encodeReadSlotName } from "./read-slot-name.ts";
import type { NitrokeyModel, ReportChannel } from "./report-channel.ts";

/** Longest period a slot can hold: two bytes. Source: nitrokey-pro-firmware, src/inc/hotp.h. */
const PERIOD_MAX = 0xffff;
const HOTP_PERIOD_SECONDS = 30;

/** One programmed slot. */
export interface NitrokeySlot {
  /** 0x10–0x12 HOTP, 0x20–0x2e TOTP. */
  readonly number: number;
  readonly type: "hotp" | "totp";
  readonly name: string;
  readonly digits: 6 | 8;
  /** TOTP; 30 for HOTP. */
  readonly periodSeconds: number;
  /** HOTP: the next counter; null for TOTP, and where the firmware does not tell. */
  readonly counter: number | null;
  readonly tokenId: string | null;
}

/** The number of every slot, TOTP first. */
export const SLOT_NUMBERS: readonly number[] = [
  ...Array.from({ length: SLOT.TOTP_COUNT }, (_, index) => SLOT.TOTP_FIRST + index),
  ...Array.from({ length: SLOT.HOTP_COUNT }, (_, index) => SLOT.HOTP_FIRST + index),
];

/** Reads one slot; null when it is empty. */
export async function readSlot(
  channel: ReportChannel,
  model: NitrokeyModel,
  number: number,
  signal: AbortSignal | undefined,
): Promise<NitrokeySlot | null> {
  const named = await channel.exchange(encodeReadSlotName(number), signal);
  if (named.commandStatus === COMMAND_STATUS.SLOT_NOT_PROGRAMMED) return null;
  const nameless = named.commandStatus === COMMAND_STATUS.NO_NAME;
  if (!nameless) requireOk("reading the name of a slot", named);

  const read = await channel.exchange(encodeReadSlot(number, { binaryCounter: model === "storage" }), signal);
  requireOk("reading a slot", read);
  const { digits, tokenId, counterOrPeriod } = decodeReadSlot(read.result);
  const type = slotType(number) ?? "totp";
  return {
    number,
    type,
    name: nameless ? "" : decodeReadSlotName(named.result),
    digits,
    periodSeconds: type === "hotp" ? HOTP_PERIOD_SECONDS : requirePeriod(counterOrPeriod),
    counter: type === "hotp" ? counterOrPeriod : null,
    tokenId,
  };
}

function requirePeriod(seconds: number | null): number {
  if (seconds === null || seconds < 1 || seconds > PERIOD_MAX) {
    throw new BridgeError("malformed-answer", "A slot of the token has an impossible period. Write it anew.");
  }
  return seconds;
}
