import { describe, expect, it } from "vitest";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { utf8Bytes } from "../../../src/core/bytes.ts";
import { encodeGetCode } from "../../../src/nitrokey/get-code.ts";
import { encodeGetStatus } from "../../../src/nitrokey/get-status.ts";
import { encodeReadSlotName } from "../../../src/nitrokey/read-slot-name.ts";
import { encodeReadSlot } from "../../../src/nitrokey/read-slot.ts";
import { encodeRequest, requestCrc, stm32Crc } from "../../../src/nitrokey/report.ts";
import { encodeSetTime } from "../../../src/nitrokey/set-time.ts";
import { encodeGetPinRetries, encodeUserAuthenticate } from "../../../src/nitrokey/user-authenticate.ts";

import { frame } from "./frame.ts";

const TEMPORARY = Uint8Array.from({ length: 25 }, (_, index) => index + 1);

describe("the STM32 CRC", () => {
  it.each([
    ["one zero word", "00000000", 0xc704dd7b],
    ["the word 0x12345678", "78563412", 0xdf8a8a2b],
    ["60 zero bytes", "00".repeat(60), 0xef6eb7df],
  ])("of %s", (_, bytes, crc) => {
    expect(stm32Crc(parseHex(bytes))).toBe(crc);
  });

  it("does not guess at part of a word", () => {
    expect(() => stm32Crc(new Uint8Array(3))).toThrow(RangeError);
  });
});

describe("requests", () => {
  it.each([
    ["GET_STATUS", encodeGetStatus(), "00", "dfb76eef"],
    ["READ_SLOT_NAME TOTP 0", encodeReadSlotName(0x20), "0220", "e98113fd"],
    ["READ_SLOT_NAME HOTP 0", encodeReadSlotName(0x10), "0210", "3ae26197"],
    ["READ_SLOT TOTP 0", encodeReadSlot(0x20), "0320", "2ecf432e"],
    ["SET_TIME 59", encodeSetTime({ unixSeconds: 59, force: false }), "0b003b", "2c5fb5f8"],
    [
      "SET_TIME 1111111109",
      encodeSetTime({ unixSeconds: 1_111_111_109, force: false }),
      "0b00c5353a42",
      "69711c85",
    ],
    [
      "SET_TIME 1700000000",
      encodeSetTime({ unixSeconds: 1_700_000_000, force: false }),
      "0b0000f15365",
      "78e0675c",
    ],
    [
      "SET_TIME 1700000000, forced",
      encodeSetTime({ unixSeconds: 1_700_000_000, force: true }),
      "0b0100f15365",
      "484af110",
    ],
    ["GET_CODE TOTP 0", encodeGetCode({ slot: 0x20 }), `0420${"00".repeat(16)}1e`, "b8199bc7"],
    ["GET_CODE TOTP 0, bare", encodeGetCode({ slot: 0x20, intervalSeconds: 0 }), "0420", "151c701f"],
    ["GET_CODE HOTP 0, bare", encodeGetCode({ slot: 0x10, intervalSeconds: 0 }), "0410", "c67f0275"],
    [
      "GET_CODE TOTP 0 for the Storage",
      encodeGetCode({ slot: 0x20, unixSeconds: 1_700_000_000 }),
      "042000f153650000000000f15365000000001e",
      "860d59c9",
    ],
    [
      "GET_CODE TOTP 0 with a temporary password",
      encodeGetCode({ slot: 0x20, temporaryPassword: TEMPORARY }),
      `0420${"00".repeat(16)}1e${formatHex(TEMPORARY)}`,
      "c6d47248",
    ],
    [
      "USER_AUTHENTICATE",
      encodeUserAuthenticate(utf8Bytes("123456"), TEMPORARY),
      `0e313233343536${"00".repeat(19)}${formatHex(TEMPORARY)}`,
      "198653b0",
    ],
  ])("%s", (_, request, head, crc) => {
    expect(formatHex(request)).toBe(formatHex(frame(head, crc)));
    expect(requestCrc(request)).toBe(stm32Crc(request.slice(0, 60)));
  });

  it("asks the Storage for a binary counter, and for the tries left", () => {
    expect(encodeReadSlot(0x10, { binaryCounter: true }).slice(0, 3)).toEqual(Uint8Array.of(3, 0x10, 1));
    expect(encodeGetPinRetries()[0]).toBe(0x0f);
  });

  it.each<[string, () => unknown]>([
    ["a slot below the first", () => encodeReadSlotName(0x0f)],
    ["the reserved HOTP slot", () => encodeGetCode({ slot: 0x13 })],
    ["a slot above the last", () => encodeReadSlot(0x2f)],
    ["half a slot", () => encodeReadSlotName(32.5)],
    ["a negative time", () => encodeSetTime({ unixSeconds: -1, force: false })],
    ["a broken second", () => encodeSetTime({ unixSeconds: 0.5, force: false })],
    ["an interval of two bytes", () => encodeGetCode({ slot: 0x20, intervalSeconds: 256 })],
    [
      "a short temporary password",
      () => encodeGetCode({ slot: 0x20, temporaryPassword: new Uint8Array(24) }),
    ],
    ["no PIN", () => encodeUserAuthenticate(new Uint8Array(0), TEMPORARY)],
    ["a PIN of 26 bytes", () => encodeUserAuthenticate(new Uint8Array(26), TEMPORARY)],
    ["a short password for the PIN", () => encodeUserAuthenticate(Uint8Array.of(49), new Uint8Array(1))],
    ["60 bytes of payload", () => encodeRequest(0, new Uint8Array(60))],
  ])("%s is the caller's mistake", (_, encode) => {
    expect(encode).toThrow(RangeError);
  });
});
