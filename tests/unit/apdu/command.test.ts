import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCommand, encodeCommand, type CommandApdu } from "../../../src/apdu/command.ts";
import { formatHex, parseHex } from "../../../src/core/text-forms.ts";
import { FUZZ_RUNS, FUZZ_TIMEOUT } from "../../support/fuzz-runs.ts";

const hex = (command: CommandApdu) => formatHex(encodeCommand(command));
const zeros = (length: number) => new Uint8Array(length);

describe("encodeCommand", () => {
  it.each([
    ["case 1", { ins: 0x04, p1: 0xde, p2: 0xad }, "0004dead"],
    ["case 2, all there is", { ins: 0xa1, le: 256 }, "00a1000000"],
    ["case 2, 16 bytes", { ins: 0xa1, le: 16 }, "00a1000010"],
    ["case 3", { cla: 0x10, ins: 0x01, data: Uint8Array.of(7) }, "100100000107"],
    ["case 4", { ins: 0xa2, p2: 1, data: Uint8Array.of(7), le: 256 }, "00a20001010700"],
    ["case 2, extended", { ins: 0xa1, le: 65_536 }, "00a10000000000"],
    ["case 2, extended, 257 bytes", { ins: 0xa1, le: 257 }, "00a10000000101"],
    [
      "case 4, extended for its Le",
      { ins: 0xa4, data: Uint8Array.of(7), le: 65_536 },
      "00a40000000001070000",
    ],
    ["case 3, extended for its data", { ins: 1, data: zeros(256) }, `00010000000100${"00".repeat(256)}`],
  ])("%s", (_case, command, expected) => {
    expect(hex(command)).toBe(expected);
  });

  it("keeps to the short form up to 255 bytes", () => {
    expect(hex({ ins: 1, data: zeros(255) })).toBe(`00010000ff${"00".repeat(255)}`);
  });

  it.each([
    [{ ins: 256 }],
    [{ ins: -1 }],
    [{ ins: 1.5 }],
    [{ cla: 256, ins: 1 }],
    [{ ins: 1, p1: -1 }],
    [{ ins: 1, p2: Number.NaN }],
    [{ ins: 1, le: 0 }],
    [{ ins: 1, le: 65_537 }],
    [{ ins: 1, data: zeros(65_536) }],
  ])("refuses %o", (command) => {
    expect(() => encodeCommand(command)).toThrow(RangeError);
  });
});

describe("decodeCommand", () => {
  it("reads back what was written", FUZZ_TIMEOUT, () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            cla: fc.nat({ max: 255 }),
            ins: fc.nat({ max: 255 }),
            p1: fc.nat({ max: 255 }),
            p2: fc.nat({ max: 255 }),
            data: fc.oneof(
              fc.uint8Array({ maxLength: 8 }),
              fc.uint8Array({ minLength: 250, maxLength: 300 }),
            ),
            le: fc.oneof(fc.integer({ min: 1, max: 258 }), fc.integer({ min: 65_534, max: 65_536 })),
          },
          { requiredKeys: ["cla", "ins", "p1", "p2", "data"] },
        ),
        (raw) => {
          const command = { ...raw, data: Uint8Array.from(raw.data) };
          expect(decodeCommand(encodeCommand(command))).toEqual(command);
        },
      ),
      FUZZ_RUNS,
    );
  });

  it.each([
    ["00a2000000", 256],
    ["00a1000010", 16],
    ["00010000000000", 65_536],
    ["00a10000000101", 257],
  ])("reads the Le of %s", (bytes, le) => {
    expect(decodeCommand(parseHex(bytes)).le).toBe(le);
  });

  it.each([
    "",
    "00",
    "00a100",
    "0001000005010203",
    "000100000101020304",
    "00a100000000",
    "0001000000000207",
    "000100000000010700",
    "00010000000001070000ff",
    "0001000000000000",
  ])("is strict about lengths: %s", (bytes) => {
    expect(() => decodeCommand(parseHex(bytes))).toThrow(RangeError);
  });

  it("ends every sequence of bytes in a command that encodes, or a RangeError", FUZZ_TIMEOUT, () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          const command = decodeCommand(Uint8Array.from(bytes));
          expect(decodeCommand(encodeCommand(command))).toEqual(command);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
      FUZZ_RUNS,
    );
  });
});
