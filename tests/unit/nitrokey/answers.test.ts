import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import { utf8Bytes, type Bytes } from "../../../src/core/bytes.ts";
import { decodeGetCode } from "../../../src/nitrokey/get-code.ts";
import { decodeGetStatus, encodeGetStatus } from "../../../src/nitrokey/get-status.ts";
import { decodeReadSlotName, encodeReadSlotName } from "../../../src/nitrokey/read-slot-name.ts";
import { decodeReadSlot } from "../../../src/nitrokey/read-slot.ts";
import { decodeResponse, encodeRequest, requestCrc, stm32Crc } from "../../../src/nitrokey/report.ts";
import { decodeGetPinRetries } from "../../../src/nitrokey/user-authenticate.ts";

import { FUZZ_RUNS } from "../../support/fuzz-runs.ts";
import { frame } from "./frame.ts";

const { numRuns } = FUZZ_RUNS;

const ANSWERS = {
  status: frame("0000dfb76eef000f00115f0000ffffff0000", "01ad8e45"),
  code: frame("0004151c701f006a610400", "bc54f522"),
  name: frame("0002e98113fd0041575320726f6f74", "8ce87e81"),
  empty: frame("0002d92b85b103", "54819a3c"),
};

describe("answers", () => {
  it("GET_STATUS", () => {
    const response = decodeResponse(ANSWERS.status);

    expect(response).toMatchObject({ deviceStatus: 0, command: 0, commandStatus: 0, intact: true });
    expect(response.commandCrc).toBe(requestCrc(encodeGetStatus()));
    expect(decodeGetStatus(response.result)).toEqual({
      firmwareMajor: 0,
      firmwareMinor: 15,
      serialNumber: "00005f11",
      pinForCodes: false,
    });
  });

  it("GET_CODE", () => {
    const response = decodeResponse(ANSWERS.code);

    expect(response.intact).toBe(true);
    expect(decodeGetCode(response.result)).toEqual({ code: "287082", digits: 6, tokenId: null });
  });

  it("READ_SLOT_NAME", () => {
    const response = decodeResponse(ANSWERS.name);

    expect(response.intact).toBe(true);
    expect(decodeReadSlotName(response.result)).toBe("AWS root");
  });

  it("an empty slot", () => {
    const response = decodeResponse(ANSWERS.empty);

    expect(response).toMatchObject({ commandStatus: 3, intact: true });
    expect(response.commandCrc).toBe(requestCrc(encodeReadSlotName(0x21)));
  });

  it("a busy one keeps its CRC", () => {
    const busy = ANSWERS.code.slice();
    busy[0] = 1;
    expect(decodeResponse(busy)).toMatchObject({ deviceStatus: 1, intact: true });
  });

  it("tells a flipped bit anywhere but in the device status", () => {
    for (let bit = 8; bit < 512; bit += 1) {
      const damaged = ANSWERS.status.slice();
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decodeResponse(damaged).intact, `bit ${bit}`).toBe(false);
    }
  });

  it.each(Object.entries(ANSWERS))("%s, cut at every byte and one byte longer", (_, answer) => {
    for (let length = 0; length < 64; length += 1) {
      expect(() => decodeResponse(answer.slice(0, length))).toThrow(BridgeError);
    }
    expect(() => decodeResponse(Uint8Array.of(...answer, 0))).toThrow(BridgeError);
  });

  it("a slot with everything in it", () => {
    const result = new Uint8Array(53);
    result.set(utf8Bytes("ÄÖÜ bank 12345"), 0);
    result[15] = 0x05;
    result.set(utf8Bytes("ubhe12345678"), 16);
    result[29] = 0x2a;
    result[33] = 0x01;
    expect(decodeReadSlot(result)).toEqual({
      name: "ÄÖÜ bank 123",
      digits: 8,
      tokenId: "ubhe12345678",
      counterOrPeriod: 2 ** 32 + 42,
    });
  });

  it("a counter that is no number, and an identifier in use but empty", () => {
    const result = new Uint8Array(53).fill(0xff, 29, 37);
    result[15] = 0x04;
    expect(decodeReadSlot(result)).toMatchObject({ tokenId: null, counterOrPeriod: null });
  });

  it("keeps leading zeros, and refuses a code with too many digits", () => {
    expect(decodeGetCode(Uint8Array.of(7, ...new Uint8Array(52))).code).toBe("000007");
    expect(decodeGetCode(Uint8Array.of(7, 0, 0, 0, 1, ...new Uint8Array(48))).code).toBe("00000007");
    expect(() => decodeGetCode(Uint8Array.of(0x40, 0x42, 0x0f, ...new Uint8Array(50)))).toThrow(BridgeError);
  });
});

const RESULT_READERS: readonly [string, number, (result: Bytes) => unknown][] = [
  ["GET_STATUS", 10, decodeGetStatus],
  ["READ_SLOT_NAME", 15, decodeReadSlotName],
  ["READ_SLOT", 37, decodeReadSlot],
  ["GET_CODE", 18, decodeGetCode],
  ["GET_USER_PIN_RETRIES", 1, decodeGetPinRetries],
];

describe.each(RESULT_READERS)("the result of %s", (_, length, decode) => {
  it("cut at every byte", () => {
    expect(() => decode(new Uint8Array(length))).not.toThrow();
    for (let cut = 0; cut < length; cut += 1) expect(() => decode(new Uint8Array(cut))).toThrow(BridgeError);
  });

  it("whatever the bytes, ends in a value or a BridgeError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          decode(Uint8Array.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(BridgeError);
        }
      }),
      { numRuns },
    );
  });
});

describe("reports", () => {
  it("D5 whatever the bytes, end in a value or a BridgeError", () => {
    const random = fc.uint8Array({ maxLength: 70 });
    const mutated = fc
      .tuple(fc.constantFrom(...Object.values(ANSWERS)), fc.nat(63), fc.nat(255))
      .map(([answer, at, byte]) => {
        const copy = answer.slice();
        copy[at] = byte;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(random, mutated), (bytes) => {
        try {
          expect(decodeResponse(Uint8Array.from(bytes)).result).toHaveLength(53);
          expect(bytes).toHaveLength(64);
        } catch (error) {
          expect(error).toBeInstanceOf(BridgeError);
        }
      }),
      { numRuns },
    );
  });

  it("every request can be read back by its CRC", () => {
    fc.assert(
      fc.property(fc.nat(255), fc.uint8Array({ maxLength: 59 }), (command, payload) => {
        const request = encodeRequest(command, Uint8Array.from(payload));
        expect(request).toHaveLength(64);
        expect(stm32Crc(request.slice(0, 60))).toBe(requestCrc(request));
      }),
      { numRuns: Math.min(numRuns, 500) },
    );
  });
});
