import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BridgeError } from "../../../src/core/bridge-error.ts";
import { concatBytes, type Bytes } from "../../../src/core/bytes.ts";
import {
  CCID_HEADER_LENGTH,
  CCID_MESSAGE,
  CcidAssembler,
  encodePowerOn,
  encodeXfrBlock,
  type CcidAnswer,
} from "../../../src/transports/ccid.ts";
import { FUZZ_RUNS } from "../../support/fuzz-runs.ts";
import { bytes, text } from "./outcome.ts";

/** The answer of a recorded SELECT, as a card reader's driver got it. */
const SELECTED = bytes("8011000000004d00810079030600007108f83744cff79a6a689000");
const ATR = bytes("801100000000000081003bf71100008131fe6543616e6f6b657999");
const EXTENSION = bytes("80000000000005800100");

function takeAll(assembler: CcidAssembler): CcidAnswer[] {
  const answers: CcidAnswer[] = [];
  for (let answer = assembler.take(); answer; answer = assembler.take()) answers.push(answer);
  return answers;
}

function assemble(...packets: readonly Bytes[]): CcidAnswer[] {
  const assembler = new CcidAssembler();
  return packets.flatMap((packet) => {
    assembler.push(packet);
    return takeAll(assembler);
  });
}

describe("commands", () => {
  it("are the worked bytes", () => {
    expect(text(encodePowerOn(0))).toBe("62000000000000000000");
    expect(text(encodeXfrBlock(1, bytes("00a4040007a000000527210100")))).toBe(
      "6f0d000000000100000000a4040007a000000527210100",
    );
  });

  it.each<[string, () => unknown]>([
    ["no command", () => encodeXfrBlock(1, new Uint8Array(0))],
    ["a command of 4097 bytes", () => encodeXfrBlock(1, new Uint8Array(4097))],
    ["a sequence of 256", () => encodePowerOn(256)],
    ["a negative sequence", () => encodePowerOn(-1)],
    ["a broken sequence", () => encodePowerOn(1.5)],
  ])("%s is the caller's mistake", (_, encode) => {
    expect(encode).toThrow(RangeError);
  });
});

describe("answers", () => {
  const answer = {
    type: CCID_MESSAGE.DATA_BLOCK,
    sequence: 0x4d,
    outcome: "ok",
    error: 0x81,
    data: bytes("79030600007108f83744cff79a6a689000"),
  };

  it("come in one packet, with empty ones around", () => {
    expect(assemble(new Uint8Array(0), SELECTED, new Uint8Array(0))).toEqual([answer]);
  });

  it("come split at any byte, and byte by byte", () => {
    const whole = assemble(SELECTED);
    for (let cut = 0; cut <= SELECTED.length; cut += 1) {
      expect(assemble(SELECTED.slice(0, cut), SELECTED.slice(cut))).toEqual(whole);
    }
    expect(assemble(...Array.from(SELECTED, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it("cut at any byte are not there yet", () => {
    for (let length = 0; length < SELECTED.length; length += 1) {
      expect(assemble(SELECTED.slice(0, length))).toEqual([]);
    }
  });

  it("come several in one packet", () => {
    const answers = assemble(
      concatBytes(EXTENSION, EXTENSION, SELECTED, SELECTED.slice(0, 12)),
      SELECTED.slice(12),
    );
    expect(answers.map(({ outcome }) => outcome)).toEqual(["time-extension", "time-extension", "ok", "ok"]);
  });

  it("tell how much is missing", () => {
    const assembler = new CcidAssembler();
    expect(assembler.missing).toBe(CCID_HEADER_LENGTH);
    assembler.push(SELECTED.slice(0, 4));
    expect(assembler.missing).toBe(6);
    assembler.push(SELECTED.slice(4, 12));
    expect(assembler.missing).toBe(15);
    assembler.push(SELECTED.slice(12));
    expect(assembler.missing).toBe(0);
  });

  it("may fail, or be of another kind", () => {
    expect(assemble(bytes("80000000000007 40 e0 00"))).toMatchObject([{ outcome: "failed", error: 0xe0 }]);
    expect(assemble(bytes("81000000000007 01 81 00"))).toMatchObject([{ type: 0x81, outcome: "ok" }]);
    expect(assemble(ATR)[0]?.data[0]).toBe(0x3b);
  });

  it.each([
    ["a host's message", "6f000000000001000000"],
    ["an unknown type", "00000000000001000000"],
    ["a notification of the interrupt endpoint", "50030000000001000000"],
    ["another slot", "80000000000101000000"],
    ["a reserved outcome", "80000000000001c00000"],
    ["more data than a token holds", "80011000000001000000"],
    ["4 GB of data", "80ffffffff0001000000"],
  ])("%s is none, and is forgotten", (_, hex) => {
    const assembler = new CcidAssembler();
    assembler.push(bytes(hex));
    expect(() => assembler.take()).toThrow(BridgeError);
    assembler.push(SELECTED);
    expect(takeAll(assembler)).toHaveLength(1);
  });

  it("take 4096 bytes and no more", () => {
    const largest = concatBytes(bytes("80001000000001000000"), new Uint8Array(4096));
    expect(assemble(largest)[0]?.data).toHaveLength(4096);
  });
});

describe("whatever the packets", () => {
  const header = fc
    .tuple(
      fc.constantFrom(0x80, 0x81, 0x82, 0x6f),
      fc.nat(20),
      fc.nat(255),
      fc.constantFrom(0x00, 0x40, 0x80, 0xc0),
    )
    .map(([type, length, sequence, status]) =>
      Uint8Array.of(type, length, 0, 0, 0, 0, sequence, status, 0, 0),
    );
  const packet = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    header,
    fc.tuple(header, fc.uint8Array({ maxLength: 20 })).map(([head, data]) => Uint8Array.of(...head, ...data)),
    fc.constant(SELECTED),
  );

  it("D3 ends in answers, patience or a BridgeError, and holds little", () => {
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 8 }), (packets) => {
        const assembler = new CcidAssembler();
        for (const each of packets) {
          assembler.push(Uint8Array.from(each));
          try {
            for (const { data, type } of takeAll(assembler)) {
              expect(data.length).toBeLessThanOrEqual(4096);
              expect([0x80, 0x81, 0x82]).toContain(type);
            }
            expect(assembler.missing).toBeLessThanOrEqual(CCID_HEADER_LENGTH + 4096);
          } catch (error) {
            expect(error).toBeInstanceOf(BridgeError);
          }
        }
      }),
      FUZZ_RUNS,
    );
  });

  it("what was sent comes out again, however it is cut", () => {
    const payload = fc.uint8Array({ minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(
        fc.array(payload, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 64 }),
        (datas, size) => {
          const stream = concatBytes(
            ...datas.map((data, index) => {
              const message = encodeXfrBlock(index, Uint8Array.from(data));
              message[0] = CCID_MESSAGE.DATA_BLOCK;
              return message;
            }),
          );
          const packets: Bytes[] = [];
          for (let at = 0; at < stream.length; at += size) packets.push(stream.slice(at, at + size));
          const answers = assemble(...packets);
          expect(answers.map(({ sequence }) => sequence)).toEqual(datas.map((_, index) => index));
          expect(answers.map(({ data }) => text(data))).toEqual(
            datas.map((data) => text(Uint8Array.from(data))),
          );
        },
      ),
      FUZZ_RUNS,
    );
  });
});
